package io.tern.command;

import io.tern.command.output.CommandFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** A word that needs another one, such as {@code tern queue}. For {@link TernCommands}. */
@CommandLine.Command(synopsisSubcommandLabel = "COMMAND")
final class GroupCommand implements Callable<Integer> {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    String name = spec.qualifiedName();
    throw CommandFailure.usage(
        "say what to do: '" + name + " --help' lists the commands of '" + name + "'");
  }
}
