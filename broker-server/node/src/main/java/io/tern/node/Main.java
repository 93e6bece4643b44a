package io.tern.node;

import io.tern.node.config.OptionSources;
import io.tern.node.raft.PartitionDamaged;
import java.io.IOException;
import picocli.CommandLine;

/** The process: reads what the operator wants and serves until it is told to stop. */
public final class Main {
  private Main() {}

  /** Runs the command; its exit code tells scripts how it went. */
  public static void main(String[] arguments) {
    CommandLine serve =
        new CommandLine(new ServeCommand())
            .setDefaultValueProvider(new OptionSources(System.getenv()))
            .setParameterExceptionHandler(Main::explain)
            .setExecutionExceptionHandler(Main::explainFailure);
    CommandLine command =
        new CommandLine(new ServerCommand())
            .addSubcommand("serve", serve)
            .setParameterExceptionHandler(Main::explain)
            // The outermost command's handler is asked, whichever command fails.
            .setExecutionExceptionHandler(Main::explainFailure);
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

  /** A start that cannot be is told in one line; anything else is a fault of ours. */
  private static int explainFailure(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
    if (failure instanceof IOException || failure instanceof PartitionDamaged) {
      command.getErr().println("tern: " + LastWords.ofStart(failure));
      return command.getCommandSpec().exitCodeOnExecutionException();
    }
    throw failure;
  }
}
