package io.tern.command.cluster;

import io.tern.command.output.Console;
import io.tern.command.rpc.ClientOptions;
import io.tern.proto.cluster.DescribeClusterRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code tern cluster status}. */
@CommandLine.Command(
    name = "status",
    description = {
      "Says whether the cluster is healthy, as the node that is asked sees it.",
      "Healthy means: every node answers, every partition has a leader, no replica heals."
    },
    footer = "  tern cluster status --endpoint 10.0.0.1:9328")
public final class ClusterStatus implements Callable<Integer> {
  private final Console console;

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public ClusterStatus(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return client.ask(
        console,
        session ->
            new ClusterView(
                    session.cluster().describeCluster(DescribeClusterRequest.getDefaultInstance()))
                .status());
  }
}
