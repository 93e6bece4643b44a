package io.tern.chaos.container;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Network.Ipam;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

/**
 * Three nodes in containers on a network of their own, with fixed addresses, so that a client finds
 * a node again after any fault. Runs start it; nemeses hurt it.
 */
public final class ContainerCluster implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(90);
  private static final int SUBNET_TRIES = 50;

  private final List<ContainerNode> nodes;
  private final Network network;
  private final Links links;

  private ContainerCluster(List<ContainerNode> nodes, Network network, Links links) {
    this.nodes = List.copyOf(nodes);
    this.network = network;
    this.links = links;
  }

  /** Builds the image if need be, starts all nodes and waits until each is ready. */
  public static ContainerCluster start(Machine machine, ClusterOptions options) {
    DockerClient docker = DockerClientFactory.instance().client();
    int number = ThreadLocalRandom.current().nextInt(0x1000, 0x10000);
    String runId = Integer.toHexString(number);
    Path folder = NodeContainers.newFolder(options.name() + "-" + runId);
    String subnet = "";
    for (int attempt = 0; attempt < SUBNET_TRIES; attempt++) {
      subnet = "172.%d.%d".formatted(20 + attempt % 10, ThreadLocalRandom.current().nextInt(256));
      try {
        Network network = network(subnet);
        Links links =
            new Links(machine, runId, subnet + ".0/24", number, folder.resolve("packets.log"));
        NodeContainers maker = new NodeContainers(machine, docker, network, subnet, runId, folder);
        ContainerCluster cluster = new ContainerCluster(maker.make(options), network, links);
        cluster.begin();
        return cluster;
      } catch (DockerException taken) {
        if (!String.valueOf(taken.getMessage()).contains("overlaps")) {
          throw taken;
        }
      }
    }
    throw new IllegalStateException("no free network; the last one tried was " + subnet);
  }

  public List<ContainerNode> nodes() {
    return nodes;
  }

  public Links links() {
    return links;
  }

  /** Node name to the address of the AWS port. */
  public Map<String, URI> endpoints() {
    Map<String, URI> endpoints = new LinkedHashMap<>();
    nodes.forEach(node -> endpoints.put(node.nodeId(), node.endpoint()));
    return endpoints;
  }

  /** The node that leads the most partitions, as the nodes themselves say; of those that answer. */
  public ContainerNode leader() {
    Map<ContainerNode, Long> led = new HashMap<>();
    nodes.forEach(node -> led.put(node, node.led()));
    return Collections.max(nodes, Comparator.comparing(led::get));
  }

  /** Waits until every node says that it is ready. */
  public void awaitReady() {
    awaitReady(READY_WITHIN);
  }

  public void awaitReady(Duration patience) {
    await("all nodes are ready")
        .atMost(patience)
        .pollInterval(Duration.ofMillis(100))
        .failFast(() -> {
          for (ContainerNode node : nodes) {
            if (!node.isRunning()) {
              throw new IllegalStateException(
                  node.nodeId() + " ended with " + node.exitCode() + lastLines(node));
            }
          }
        })
        .until(() -> nodes.stream().allMatch(ContainerNode::isReady));
  }

  private static String lastLines(ContainerNode node) {
    List<String> lines = node.log();
    return ":\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  private void begin() {
    // A run that is interrupted must leave neither containers nor disks behind.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    try {
      nodes.parallelStream().forEach(ContainerNode::create);
      awaitReady();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private boolean closed;

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    nodes.parallelStream().forEach(ContainerNode::remove);
    links.close();
    network.close();
  }

  private static Network network(String subnet) {
    Network network =
        Network.builder()
            .createNetworkCmdModifier(command ->
                command.withIpam(
                    new Ipam()
                        .withConfig(
                            new Ipam.Config()
                                .withSubnet(subnet + ".0/24")
                                .withGateway(subnet + ".1"))))
            .build();
    // Made when its id is first asked for.
    network.getId();
    return network;
  }
}
