package io.tern.command.cluster;

import io.tern.command.output.Console;
import io.tern.command.rpc.ClientOptions;
import io.tern.proto.cluster.DescribeClusterRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code tern cluster nodes}. */
@CommandLine.Command(
    name = "nodes",
    description = "Lists the nodes, their zones and addresses, and how many partitions each leads.",
    footer = "  tern cluster nodes")
public final class ClusterNodes implements Callable<Integer> {
  private final Console console;

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public ClusterNodes(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return client.ask(
        console,
        session ->
            new ClusterView(
                    session.cluster().describeCluster(DescribeClusterRequest.getDefaultInstance()))
                .nodes());
  }
}
