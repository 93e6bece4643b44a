package io.tern.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code tern} without a command: says what there is. For {@link TernCommands}. */
@CommandLine.Command(
    name = "tern",
    mixinStandardHelpOptions = true,
    description = {
      "A durable, clustered message broker that speaks Amazon SQS and SNS.",
      "tern serve runs a node; all other commands talk to a running one."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tern serve --data ./data",
      "  tern queue create orders",
      "  tern queue send orders 'one tea, please'",
      "  tern queue receive orders --delete"
    })
final class RootCommand implements Callable<Integer> {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return 0;
  }
}
