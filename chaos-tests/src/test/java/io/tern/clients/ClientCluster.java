package io.tern.clients;

import io.tern.chaos.ClusterSpec;
import io.tern.chaos.NodeProcess;
import io.tern.chaos.TernCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Three nodes behind one {@link Front}, with one data partition, so that one node leads all queues
 * and can be killed knowingly. Started once by {@link RealClientsTest} for all clients.
 */
final class ClientCluster implements AutoCloseable {
  /** The only place where a node tells what it leads. */
  private static final Pattern LEADS = Pattern.compile("leading partition=1 term=(\\d+)");

  private record Term(NodeProcess node, long number) {}

  private final TernCluster cluster;
  private final Front front;

  private ClientCluster(TernCluster cluster, Front front) {
    this.cluster = cluster;
    this.front = front;
  }

  static ClientCluster start() {
    TernCluster cluster =
        TernCluster.start(new ClusterSpec("clients", 3, List.of("--partitions", "1")));
    return new ClientCluster(cluster, Front.open(ports(cluster.nodes())));
  }

  /** The address for clients. */
  URI endpoint() {
    return front.endpoint();
  }

  /** Starts what was killed; {@link #heal} waits for it. */
  void restart() {
    cluster.nodes().stream().filter(node -> !node.isAlive()).forEach(NodeProcess::start);
  }

  /**
   * Makes all three nodes serve and leads new connections past the leader: what a client then sees
   * of the leader's death, it sees through a node that lives.
   */
  void heal() {
    restart();
    cluster.nodes().forEach(NodeProcess::awaitReady);
    NodeProcess leader = leader();
    List<NodeProcess> order = new ArrayList<>(cluster.nodes());
    order.remove(leader);
    order.add(leader);
    front.order(ports(order));
  }

  /** kill -9 for the node that leads the queues. */
  void killLeader() {
    leader().kill();
  }

  @Override
  public void close() {
    front.close();
    cluster.close();
  }

  private NodeProcess leader() {
    return cluster.nodes().stream()
        .flatMap(node -> lastTerm(node).stream())
        .max(Comparator.comparingLong(Term::number))
        .orElseThrow(() -> new IllegalStateException("no node says that it leads partition 1"))
        .node();
  }

  private static Optional<Term> lastTerm(NodeProcess node) {
    try {
      return LEADS
          .matcher(Files.readString(node.log()))
          .results()
          .map((MatchResult match) -> new Term(node, Long.parseLong(match.group(1))))
          .max(Comparator.comparingLong(Term::number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Integer> ports(List<NodeProcess> nodes) {
    return nodes.stream().map(node -> node.address().port()).toList();
  }
}
