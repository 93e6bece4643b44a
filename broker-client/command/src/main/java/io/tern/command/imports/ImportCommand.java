package io.tern.command.imports;

import io.tern.command.output.Console;
import io.tern.command.rpc.ClientOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code tern import}. */
@CommandLine.Command(
    name = "import",
    description = {
      "Makes the queues, topics and subscriptions of another broker's configuration file:",
      "ElasticMQ (HOCON) or goaws (YAML), found out from the content. What exists is left",
      "as it is."
    },
    footer = {
      "  tern import elasticmq.conf --dry-run",
      "  tern import goaws.yaml --environment Dev"
    })
public final class ImportCommand implements Callable<Integer> {
  private final Console console;

  @CommandLine.Parameters(paramLabel = "FILE", description = "The configuration file.")
  private Path file = Path.of("");

  @CommandLine.Option(names = "--dry-run", description = "Only says what would be made.")
  private boolean dryRun;

  @CommandLine.Option(
      names = "--environment",
      paramLabel = "NAME",
      defaultValue = "Local",
      description = "The environment of a goaws file (default: ${DEFAULT-VALUE}).")
  private String environment = "Local";

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Plan plan = ConfigurationFile.read(file, environment);
    return client.ask(console, session -> new Importing(session, plan, dryRun).run());
  }
}
