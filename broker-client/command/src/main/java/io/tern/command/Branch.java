package io.tern.command;

import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * A word of the command line and what it stands for. Commands are made when they are needed: one
 * call needs one of them. {@link TernCommands} makes the tree.
 */
public sealed interface Branch {
  String name();

  /** A command. */
  record Leaf(String name, Supplier<CommandLine> command) implements Branch {
    static Leaf of(String name, Supplier<Object> command) {
      return new Leaf(name, () -> new CommandLine(command.get()));
    }
  }

  /** A word that needs another word after it. */
  record Group(String name, String description, List<Leaf> leaves) implements Branch {
    public Group {
      leaves = List.copyOf(leaves);
    }
  }
}
