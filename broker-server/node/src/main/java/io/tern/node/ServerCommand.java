package io.tern.node;

import picocli.CommandLine;

/** The command without a subcommand: says what there is. */
@CommandLine.Command(
    name = "tern",
    mixinStandardHelpOptions = true,
    version = "tern 0.1.0",
    description = "A durable, clustered message broker that speaks Amazon SQS.")
final class ServerCommand implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
