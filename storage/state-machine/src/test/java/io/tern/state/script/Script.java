package io.tern.state.script;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** One script file: blocks of comments, commands and the output expected of them. */
record Script(List<Block> blocks) {
  private static final String RULE = "----";

  /** Commands of one block share a log entry. */
  record Block(List<String> comments, List<String> commands, String expected) {}

  static Script parse(String text) {
    List<Block> blocks = new ArrayList<>();
    for (String paragraph : text.strip().split("\n\\s*\n", -1)) {
      blocks.add(block(paragraph));
    }
    return new Script(blocks);
  }

  private static Block block(String paragraph) {
    List<String> comments = new ArrayList<>();
    List<String> commands = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    boolean answer = false;
    for (String line : paragraph.lines().toList()) {
      if (answer) {
        expected.add(line);
      } else if (line.equals(RULE)) {
        answer = true;
      } else if (line.startsWith("#")) {
        comments.add(line);
      } else {
        commands.add(line);
      }
    }
    return new Block(comments, commands, String.join("\n", expected));
  }

  /** The script with each block's expected output replaced. */
  String render(UnaryOperator<Block> answered) {
    StringBuilder text = new StringBuilder();
    for (Block old : blocks) {
      Block block = answered.apply(old);
      List<String> lines = new ArrayList<>(block.comments());
      if (!block.commands().isEmpty()) {
        lines.addAll(block.commands());
        lines.add(RULE);
        lines.add(block.expected());
      }
      text.append(text.isEmpty() ? "" : "\n").append(String.join("\n", lines)).append("\n");
    }
    return text.toString();
  }
}
