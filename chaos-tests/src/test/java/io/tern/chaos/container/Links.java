package io.tern.chaos.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The links between the nodes of one cluster: cut in one direction, or with delay, loss and
 * reordering. Clients reach all nodes all the while. The rules stand in a chain of the cluster's
 * own in front of Docker's, so they outlive a restart of a container.
 */
public final class Links implements AutoCloseable {
  private static final String DOCKER = "DOCKER-USER";

  private final Machine machine;
  private final String chain;
  private final String subnet;
  private final int queue;
  private final Path log;
  private @Nullable Process delays;

  /**
   * @param queue number of the packet queue; another for each cluster of the machine
   */
  Links(Machine machine, String runId, String subnet, int queue, Path log) {
    this.machine = machine;
    this.chain = "TERN-" + runId;
    this.subnet = subnet;
    this.queue = queue;
    this.log = log;
    if (machine.has(Capability.LINKS)) {
      Shell.run("iptables", "-w", "-N", chain);
      Shell.run("iptables", "-w", "-I", DOCKER, "-s", subnet, "-d", subnet, "-j", chain);
    }
  }

  /** Packets from one node to the other vanish; not the other way. */
  public void cut(ContainerNode from, ContainerNode to) {
    Shell.run(
        "iptables", "-w", "-A", chain, "-s", from.address(), "-d", to.address(), "-j", "DROP");
  }

  public void cutBoth(ContainerNode one, ContainerNode other) {
    cut(one, other);
    cut(other, one);
  }

  /** All packets between nodes are delayed and some lost; what is reordered needs jitter. */
  public void worsen(
      long seed, int delayMillis, int jitterMillis, int lossPercent, boolean reorder) {
    try {
      Process started =
          new ProcessBuilder(
                  machine.tool("packet_delay").toString(),
                  Integer.toString(queue),
                  Long.toString(seed & Integer.MAX_VALUE))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      delays = started;
      String line =
          "%d %d %d %d\n".formatted(delayMillis, jitterMillis, lossPercent, reorder ? 1 : 0);
      started.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      started.getOutputStream().flush();
      Shell.run(
          "iptables",
          "-w",
          "-A",
          chain,
          "-j",
          "NFQUEUE",
          "--queue-num",
          Integer.toString(queue),
          "--queue-bypass");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All links are well again. */
  public void heal() {
    if (machine.has(Capability.LINKS)) {
      Shell.run("iptables", "-w", "-F", chain);
    }
    Process running = delays;
    if (running != null) {
      delays = null;
      running.destroy();
      try {
        if (!running.waitFor(5, TimeUnit.SECONDS)) {
          running.destroyForcibly();
        }
      } catch (InterruptedException e) {
        running.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    if (machine.has(Capability.LINKS)) {
      heal();
      Shell.attempt("iptables", "-w", "-D", DOCKER, "-s", subnet, "-d", subnet, "-j", chain);
      Shell.attempt("iptables", "-w", "-X", chain);
    }
  }
}
