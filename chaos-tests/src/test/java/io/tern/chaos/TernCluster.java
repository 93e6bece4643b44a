package io.tern.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One to three Tern servers on loopback, each in a zone of its own. Every suite starts its servers
 * here. Logs stay under target/clusters; data is removed when the cluster closes.
 */
public final class TernCluster implements AutoCloseable {
  private static final int PORTS_PER_NODE = 5;

  private final List<NodeProcess> nodes;
  private final Path folder;

  private TernCluster(List<NodeProcess> nodes, Path folder) {
    this.nodes = List.copyOf(nodes);
    this.folder = folder;
  }

  /** Starts all nodes and waits until each is ready. */
  public static TernCluster start(ClusterSpec spec) {
    TernCluster cluster = prepare(spec);
    // A test run that is interrupted must not leave servers behind.
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::endAll));
    cluster.nodes.forEach(NodeProcess::start);
    try {
      cluster.nodes.forEach(NodeProcess::awaitReady);
    } catch (RuntimeException e) {
      cluster.endAll();
      throw e;
    }
    return cluster;
  }

  public List<NodeProcess> nodes() {
    return nodes;
  }

  public NodeProcess node(int index) {
    return nodes.get(index);
  }

  public List<URI> endpoints() {
    return nodes.stream().map(node -> node.address().endpoint()).toList();
  }

  /** Where the nodes serve clients over gRPC. */
  public List<String> grpcTargets() {
    return nodes.stream().map(node -> node.address().grpc()).toList();
  }

  /** Where a node keeps its data. */
  public Path dataOf(NodeProcess node) {
    return dataIn(folder, node.address());
  }

  @Override
  public void close() {
    endAll();
    for (NodeProcess node : nodes) {
      FileTrees.delete(dataOf(node));
    }
  }

  private static TernCluster prepare(ClusterSpec spec) {
    List<NodeAddress> members = members(spec.nodeCount());
    ServerCommand command = ServerCommand.fromBuild();
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    Path folder = newFolder(spec.name());
    List<NodeProcess> nodes = new ArrayList<>();
    for (NodeAddress member : members) {
      List<String> line = command.line(member, members, dataIn(folder, member), spec.extraFlags());
      nodes.add(new NodeProcess(member, line, folder.resolve(member.nodeId() + ".log"), http));
    }
    return new TernCluster(nodes, folder);
  }

  private static List<NodeAddress> members(int count) {
    List<Integer> ports = FreePorts.find(count * PORTS_PER_NODE);
    List<NodeAddress> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = i * PORTS_PER_NODE;
      members.add(
          new NodeAddress(
              "n" + (i + 1),
              "zone-" + (char) ('a' + i),
              ports.get(first),
              ports.get(first + 1),
              ports.get(first + 2),
              ports.get(first + 3),
              ports.get(first + 4)));
    }
    return members;
  }

  private static Path dataIn(Path folder, NodeAddress address) {
    return folder.resolve(address.nodeId()).resolve("data");
  }

  private static Path newFolder(String name) {
    try {
      Path clusters = Files.createDirectories(Path.of("target", "clusters").toAbsolutePath());
      return Files.createTempDirectory(clusters, name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void endAll() {
    nodes.parallelStream().forEach(NodeProcess::end);
  }
}
