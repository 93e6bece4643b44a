package io.tern.command;

import io.tern.command.output.Console;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;

/** {@code tern completion}. For {@link TernCommands}. */
@CommandLine.Command(
    name = "completion",
    description =
        "Prints a script that teaches bash or zsh to complete tern's commands and options.",
    footer = {"  source <(tern completion)", "  tern completion > /etc/bash_completion.d/tern"})
final class CompletionCommand implements Callable<Integer> {
  private final Console console;
  private final Supplier<CommandLine> everything;

  CompletionCommand(Console console, Supplier<CommandLine> everything) {
    this.console = console;
    this.everything = everything;
  }

  @Override
  public Integer call() {
    console.out().print(AutoComplete.bash("tern", everything.get()));
    console.out().flush();
    return 0;
  }
}
