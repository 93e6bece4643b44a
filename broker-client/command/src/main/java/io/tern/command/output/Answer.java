package io.tern.command.output;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** All that a command has to say, once for people and once for scripts. Commands return it. */
public record Answer(List<String> lines, Value document) {
  public Answer {
    lines = List.copyOf(lines);
  }

  public static Answer of(String line, Value document) {
    return new Answer(List.of(line), document);
  }

  /** The table, or one line when it would be empty. */
  public static Answer of(Table table, String whenEmpty, Value document) {
    return new Answer(table.isEmpty() ? List.of(whenEmpty) : table.lines(), document);
  }

  /** With a line more for people. */
  public Answer andLine(String line) {
    List<String> more = new ArrayList<>(lines);
    more.add(line);
    return new Answer(more, document);
  }

  /** Prints what the format asks for. */
  public void print(OutputFormat format, PrintWriter out) throws IOException {
    switch (format) {
      case TABLE -> lines.forEach(out::println);
      case JSON -> JsonText.write(document, out);
    }
    out.flush();
  }
}
