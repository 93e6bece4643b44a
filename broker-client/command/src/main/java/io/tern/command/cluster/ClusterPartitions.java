package io.tern.command.cluster;

import io.tern.command.output.Console;
import io.tern.command.rpc.ClientOptions;
import io.tern.proto.cluster.DescribeClusterRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code tern cluster partitions}. */
@CommandLine.Command(
    name = "partitions",
    description = {
      "Lists the partitions: who leads, how many queues live there, and the replicas.",
      "LAG is how many entries the slowest replica is behind the fastest."
    },
    footer = "  tern cluster partitions --output json")
public final class ClusterPartitions implements Callable<Integer> {
  private final Console console;

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public ClusterPartitions(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return client.ask(
        console,
        session ->
            new ClusterView(
                    session.cluster().describeCluster(DescribeClusterRequest.getDefaultInstance()))
                .partitions());
  }
}
