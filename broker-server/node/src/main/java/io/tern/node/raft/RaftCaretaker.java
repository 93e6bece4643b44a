package io.tern.node.raft;

import io.tern.disk.StoreClosed;
import io.tern.node.config.WallClock;
import io.tern.state.PartitionId;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the replicas of this node once a second: has checkpoints taken when the log grew or
 * time went by, helps followers that Ratis leaves behind, and looks whether disk and logs are
 * sound. Started and closed by {@link RaftNode}.
 */
final class RaftCaretaker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RaftCaretaker.class);
  private static final long ROUND_MILLIS = 1_000;
  private static final long CHECKPOINT_TIMEOUT_MILLIS = 60_000;
  private static final long PROBE_MILLIS = 5_000;

  /** Between two readings of a log that nobody asked for: rot is found before it is needed. */
  private static final int LOG_CHECK_ROUNDS = 600;

  private final RaftSettings settings;
  private final RaftNode node;
  private final WallClock clock;
  private final RaftPorts ports;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("raft-caretaker").factory());

  /** When the newest checkpoint of each partition was taken; used by the timer's thread alone. */
  private final Map<PartitionId, Long> takenNanos = new HashMap<>();

  private final Map<PartitionId, StuckFollowers> followers = new HashMap<>();
  private final Map<PartitionId, StalledFollowers> stalled = new HashMap<>();
  private long rounds;

  private volatile boolean closing;

  RaftCaretaker(RaftSettings settings, RaftNode node, RaftPorts ports) {
    this.settings = settings;
    this.node = node;
    this.ports = ports;
    this.clock = ports.clock();
  }

  void start(List<PartitionId> partitions) {
    long startNanos = clock.monotonicNanos();
    var _ =
        timer.scheduleWithFixedDelay(
            () -> {
              rounds++;
              partitions.forEach(partition -> look(partition, startNanos));
            },
            ROUND_MILLIS,
            ROUND_MILLIS,
            TimeUnit.MILLISECONDS);
    DiskProbe probe = new DiskProbe(settings.data());
    var _ =
        timer.scheduleWithFixedDelay(
            () -> probe(probe), PROBE_MILLIS, PROBE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void probe(DiskProbe probe) {
    try {
      probe.probe();
    } catch (IOException failure) {
      if (!closing) {
        ports.fatal().accept(failure);
      }
    }
  }

  private void checkLog(PartitionId partition) {
    boolean due = rounds % LOG_CHECK_ROUNDS == partition.number() % LOG_CHECK_ROUNDS;
    StalledFollowers watched = stalled.computeIfAbsent(partition, _ -> new StalledFollowers());
    if (node.hasStalledFollower(partition, watched) || due) {
      node.replica(partition).checkLog();
    }
  }

  private void look(PartitionId partition, long startNanos) {
    if (node.isHealing(partition)) {
      return;
    }
    try {
      node.helpStuckFollower(
          partition, followers.computeIfAbsent(partition, _ -> new StuckFollowers()));
      checkLog(partition);
      long nowNanos = clock.monotonicNanos();
      node.replica(partition).checkProgress(nowNanos);
      long sinceNanos = nowNanos - takenNanos.getOrDefault(partition, startNanos);
      boolean intervalOver =
          sinceNanos >= TimeUnit.MILLISECONDS.toNanos(settings.snapshotIntervalMillis());
      if (node.replica(partition).checkpointIsDue(settings.snapshotLogBytes(), intervalOver)) {
        takenNanos.put(partition, nowNanos);
        checkpoint(partition).join();
      }
    } catch (RuntimeException failure) {
      if (closing) {
        return;
      }
      // A checkpoint late is no harm; a disk that fails tells the replica too.
      LOG.warn(
          "No checkpoint of partition {} this time: {}", partition.number(), failure.toString());
    }
  }

  CompletableFuture<Void> takeCheckpoint(PartitionId partition) {
    return CompletableFuture.completedFuture(partition).thenComposeAsync(this::checkpoint, timer);
  }

  private CompletableFuture<Void> checkpoint(PartitionId partition) {
    try {
      node.replica(partition).prepareCheckpoint();
    } catch (StoreClosed replaced) {
      return CompletableFuture.failedFuture(
          RaftFailure.unavailable("The replica is being replaced"));
    } catch (RuntimeException failure) {
      ports.fatal().accept(failure);
      return CompletableFuture.failedFuture(failure);
    }
    return node.askForSnapshot(partition, CHECKPOINT_TIMEOUT_MILLIS);
  }

  @Override
  public void close() {
    closing = true;
    timer.shutdownNow();
  }
}
