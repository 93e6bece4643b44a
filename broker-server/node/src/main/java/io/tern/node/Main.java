package io.tern.node;

import io.tern.command.Branch;
import io.tern.command.TernCommands;
import io.tern.command.output.Console;
import io.tern.node.config.OptionSources;
import io.tern.node.config.Version;
import java.util.List;
import picocli.CommandLine;

/** The process: a node that serves until it is told to stop, or a command that talks to one. */
public final class Main {
  private Main() {}

  /** Runs the command; its exit code tells scripts how it went. */
  public static void main(String[] arguments) {
    int exit = commands(Console.ofProcess()).execute(arguments);
    if (exit != 0) {
      System.exit(exit);
    }
  }

  /** Everything that {@code tern} knows. */
  static TernCommands commands(Console console) {
    return new TernCommands(
        console, Version.NUMBER, List.of(new Branch.Leaf("serve", Main::serve)));
  }

  private static CommandLine serve() {
    return new CommandLine(new ServeCommand())
        .setDefaultValueProvider(new OptionSources(System.getenv()));
  }
}
