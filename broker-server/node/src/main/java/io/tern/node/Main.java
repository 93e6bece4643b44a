package io.tern.node;

import io.tern.node.config.OptionSources;
import picocli.CommandLine;

/** The process: reads what the operator wants and serves until it is told to stop. */
public final class Main {
  private Main() {}

  /** Runs the command; its exit code tells scripts how it went. */
  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new ServerCommand());
    command.addSubcommand("serve", new ServeCommand());
    command
        .getSubcommands()
        .get("serve")
        .setDefaultValueProvider(new OptionSources(System.getenv()))
        .setParameterExceptionHandler(Main::explain);
    command.setParameterExceptionHandler(Main::explain);
    int exit = command.execute(arguments);
    if (exit != 0) {
      System.exit(exit);
    }
  }

  private static int explain(CommandLine.ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    command.getErr().println("tern: " + mistake.getMessage());
    command.getErr().println("Try 'tern serve --help'.");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}
