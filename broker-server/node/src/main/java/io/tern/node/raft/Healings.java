package io.tern.node.raft;

import io.tern.state.PartitionId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The damaged partitions of a node while they are brought back, each on a thread of its own; the
 * sound ones serve meanwhile. {@link RaftNode} fills it at start and closes it.
 */
final class Healings implements AutoCloseable {
  private static final long CLOSE_SECONDS = 10;

  /** Takes a healed replica into Ratis. */
  @FunctionalInterface
  interface Healed {
    void join(PartitionId partition, Replica replica) throws IOException;
  }

  private final RaftSettings settings;
  private final String self;
  private final List<String> others;
  private final RaftPorts ports;
  private final PartitionExam exam;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("healing-", 0).factory());

  /** What is wrong with each. */
  private final Map<PartitionId, String> damaged = new ConcurrentSkipListMap<>();

  Healings(
      RaftSettings settings, String self, List<Peer> peers, RaftPorts ports, PartitionExam exam) {
    this.settings = settings;
    this.self = self;
    this.others = peers.stream().map(Peer::id).filter(id -> !id.equals(self)).toList();
    this.ports = ports;
    this.exam = exam;
  }

  void add(PartitionId partition, String damage) {
    damaged.put(partition, damage);
  }

  boolean has(PartitionId partition) {
    return damaged.containsKey(partition);
  }

  void start(Healed healed) {
    damaged.forEach((partition, damage) -> threads.execute(() -> heal(partition, damage, healed)));
  }

  private void heal(PartitionId partition, String damage, Healed healed) {
    try {
      PartitionHealing healing =
          new PartitionHealing(partition, settings, self, others, ports, closing);
      if (healing.heal(damage)) {
        switch (exam.examine(partition)) {
          case PartitionExam.Finding.Sound sound -> {
            healed.join(partition, sound.replica());
            damaged.remove(partition);
          }
          case PartitionExam.Finding.Damaged again -> throw again.reason();
        }
      }
    } catch (IOException | RuntimeException failure) {
      if (closing.getCount() > 0) {
        ports.fatal().accept(new ReplicaFailure(partition, failure));
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends what is under way; it goes on at the next start. */
  @Override
  public void close() {
    closing.countDown();
    threads.shutdownNow();
    try {
      var _ = threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }
}
