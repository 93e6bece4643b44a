package io.tern.node.raft;

import io.tern.disk.AppliedIndex;
import io.tern.disk.CheckpointManifest;
import io.tern.disk.Checkpoints;
import io.tern.node.config.WallClock;
import io.tern.state.PartitionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of one replica: {@code live/}, {@code checkpoints/}, what is being fetched in {@code
 * incoming/} and what is being sent in {@code outgoing/}. Used by {@link Replica}.
 */
final class CheckpointShelf {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointShelf.class);

  /** A checkpoint may be replaced while it is being linked; the next newest is then taken. */
  private static final int PIN_ATTEMPTS = 3;

  private static final long FORGOTTEN_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final PartitionId partition;
  private final Path live;
  private final Path incoming;
  private final Path outgoing;
  private final Checkpoints checkpoints;
  private final CheckpointFetcher fetcher;
  private final WallClock clock;
  private final AtomicInteger pins = new AtomicInteger();
  private volatile AppliedIndex newest = AppliedIndex.NONE;

  /** A checkpoint that came and that Ratis has not yet had opened; a monotonic time, or null. */
  private volatile @Nullable Long adoptedNanos;

  CheckpointShelf(PartitionId partition, Path folder, RaftPorts ports) {
    this.partition = partition;
    this.live = folder.resolve("live");
    this.incoming = folder.resolve("incoming");
    this.outgoing = folder.resolve("outgoing");
    this.checkpoints = new Checkpoints(folder.resolve("checkpoints"));
    this.fetcher = ports.fetcher();
    this.clock = ports.clock();
  }

  /** Opens the newest sound checkpoint, with nothing half done beside it. */
  LivePartition open(RaftPorts ports) {
    return open(ports, ports.rocks().verifyAtOpenBytes());
  }

  /** The same, comparing checkpoints up to that size with their digests first. */
  LivePartition open(RaftPorts ports, long verifyBytes) {
    try {
      Files.createDirectories(live);
      FileTrees.delete(incoming);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot prepare " + live, e);
    }
    return LivePartition.open(partition, live, checkpoints, ports, verifyBytes);
  }

  /** The replica now stands at this checkpoint. */
  void restored(AppliedIndex index) {
    newest = index;
    adoptedNanos = null;
  }

  /** Ratis forgets a checkpoint that came when the leader changes at the wrong moment. */
  boolean isForgotten(long nowNanos) {
    Long since = adoptedNanos;
    return since != null && nowNanos - since > FORGOTTEN_NANOS;
  }

  /** Whether there is any checkpoint, sound or not. */
  boolean hasCheckpoints() {
    return checkpoints.hasAny();
  }

  /** What the replica was restored from, or wrote since. */
  AppliedIndex newest() {
    return newest;
  }

  Path place(AppliedIndex index) {
    return checkpoints.place(index);
  }

  /** The apply thread wrote a checkpoint at its place. */
  void took(AppliedIndex index) {
    newest = index;
    checkpoints.deleteOld();
  }

  /**
   * Brings the leader's checkpoint onto the shelf, durably: Ratis purges the log right after.
   *
   * @param atLeast a checkpoint of an earlier entry would leave a gap
   */
  CompletableFuture<AppliedIndex> fetch(String leader, long atLeast) {
    LOG.info(
        "Partition {} asks {} for a checkpoint of entry {} or later",
        partition.number(),
        leader,
        atLeast);
    try {
      FileTrees.delete(incoming);
      Files.createDirectories(incoming);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    return fetcher
        .fetch(partition, leader, incoming)
        .thenApplyAsync(_ -> adopt(atLeast))
        .whenComplete((index, failure) -> {
          if (failure != null) {
            LOG.warn(
                "Partition {} got no checkpoint from {}, and asks again: {}",
                partition.number(),
                leader,
                failure.toString());
          } else {
            LOG.info(
                "Partition {} got the checkpoint of entry {} from {}",
                partition.number(),
                index.index(),
                leader);
          }
        });
  }

  private AppliedIndex adopt(long atLeast) {
    Checkpoints.Kept fetched =
        new Checkpoints(incoming)
            .newest()
            .orElseThrow(() -> new IllegalStateException("what came is no checkpoint"));
    if (fetched.applied().index() < atLeast) {
      throw new IllegalStateException("it is only of entry " + fetched.applied().index());
    }
    // Whatever happened on the way or on the other disk: nothing altered is ever put in place.
    CheckpointManifest.read(fetched.directory()).verify(fetched.directory(), Long.MAX_VALUE);
    Path place = checkpoints.place(fetched.applied());
    try {
      FileTrees.delete(place);
      FileTrees.publish(fetched.directory(), place);
      FileTrees.delete(incoming);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep the checkpoint " + place, e);
    }
    adoptedNanos = clock.monotonicNanos();
    return fetched.applied();
  }

  /** The newest checkpoint in files of its own, which stay when the checkpoint is replaced. */
  PinnedCheckpoint pin() {
    for (int attempt = 1; ; attempt++) {
      Checkpoints.Kept kept =
          checkpoints
              .newest()
              .orElseThrow(() -> RaftFailure.unavailable("There is no checkpoint yet"));
      Path folder =
          outgoing
              .resolve(Integer.toString(pins.incrementAndGet()))
              .resolve(kept.directory().getFileName().toString());
      PinnedCheckpoint pinned = new PinnedCheckpoint(folder);
      try {
        FileTrees.link(kept.directory(), folder);
        return pinned;
      } catch (IOException e) {
        pinned.close();
        if (attempt == PIN_ATTEMPTS) {
          throw new UncheckedIOException("Cannot pin " + kept.directory(), e);
        }
      }
    }
  }

  /** At start: nobody fetches from us any more. */
  void forgetPins() {
    try {
      FileTrees.delete(outgoing);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + outgoing, e);
    }
  }
}
