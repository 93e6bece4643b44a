package io.tern.node;

import io.tern.node.config.Version;
import picocli.CommandLine;

/** The command without a subcommand: says what there is. */
@CommandLine.Command(
    name = "tern",
    mixinStandardHelpOptions = true,
    version = "tern " + Version.NUMBER,
    description = "A durable, clustered message broker that speaks Amazon SQS.")
final class ServerCommand implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
