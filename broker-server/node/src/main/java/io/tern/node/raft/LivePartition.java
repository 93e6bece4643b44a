package io.tern.node.raft;

import io.tern.disk.AppliedIndex;
import io.tern.disk.Checkpoints;
import io.tern.disk.DamagedCheckpoint;
import io.tern.disk.DiskFault;
import io.tern.disk.MessageReader;
import io.tern.disk.PartitionStore;
import io.tern.disk.StorageFailure;
import io.tern.disk.UnreadableBytes;
import io.tern.state.AppliedEntry;
import io.tern.state.CatalogueImage;
import io.tern.state.Entry;
import io.tern.state.EntryRunner;
import io.tern.state.EntryTime;
import io.tern.state.MachineImage;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.ReplicatedMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open half of a replica: machine and rows, both of the same entry. {@link Replica} opens it
 * from a checkpoint, feeds it entries, and throws it away when a newer checkpoint arrives.
 */
final class LivePartition implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LivePartition.class);

  private final PartitionStore store;
  private final ReplicatedMachine machine;
  private final EntryRunner runner;
  private final AppliedIndex restored;

  /** Used by the apply thread alone. */
  private EntryTime lastTime;

  private LivePartition(
      PartitionStore store,
      ReplicatedMachine machine,
      EntryRunner runner,
      AppliedIndex restored,
      EntryTime lastTime) {
    this.store = store;
    this.machine = machine;
    this.runner = runner;
    this.restored = restored;
    this.lastTime = lastTime;
  }

  /**
   * Opens from the newest checkpoint that is sound, or empty when there is none.
   *
   * @param verifyBytes checkpoints up to this size are read and compared before they are used
   */
  static LivePartition open(
      PartitionId partition,
      Path live,
      Checkpoints checkpoints,
      RaftPorts ports,
      long verifyBytes) {
    for (int damaged = 0; ; damaged++) {
      Optional<Checkpoints.Kept> newest = checkpoints.newest();
      try {
        return open(partition, live, newest, ports, verifyBytes);
      } catch (DamagedCheckpoint e) {
        if (newest.isEmpty() || damaged == Checkpoints.KEPT) {
          throw e;
        }
        LOG.error(
            "A checkpoint of partition {} is put aside: {}", partition.number(), e.getMessage());
        putAside(newest.get().directory());
      }
    }
  }

  private static LivePartition open(
      PartitionId partition,
      Path live,
      Optional<Checkpoints.Kept> newest,
      RaftPorts ports,
      long verifyBytes) {
    Path checkpoint = newest.map(Checkpoints.Kept::directory).orElse(null);
    PartitionStore store = PartitionStore.open(live, checkpoint, ports.rocks(), verifyBytes);
    MachineImage image = image(store, checkpoint);
    ReplicatedMachine machine = ports.machines().make(partition, image);
    return new LivePartition(
        store,
        machine,
        new EntryRunner(machine, ports.ruleFailures()),
        newest.map(Checkpoints.Kept::applied).orElse(AppliedIndex.NONE),
        clockOf(image));
  }

  private static @Nullable MachineImage image(PartitionStore store, @Nullable Path checkpoint) {
    try {
      return store.image().orElse(null);
    } catch (StorageFailure | UnreadableBytes failure) {
      store.close();
      if (checkpoint != null && DiskFault.of(failure).orElse(null) == DiskFault.DAMAGED) {
        throw new DamagedCheckpoint(checkpoint, "its image cannot be read", failure);
      }
      throw failure;
    }
  }

  private static EntryTime clockOf(@Nullable MachineImage image) {
    return switch (image) {
      case null -> EntryTime.ZERO;
      case PartitionImage data -> data.clock();
      case CatalogueImage catalogue -> catalogue.clock();
    };
  }

  private static void putAside(Path checkpoint) {
    try {
      Files.move(checkpoint, checkpoint.resolveSibling(checkpoint.getFileName() + ".damaged"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot put aside " + checkpoint, e);
    }
  }

  /** The checkpoint it was opened from, or {@link AppliedIndex#NONE}. */
  AppliedIndex restored() {
    return restored;
  }

  /** On the apply thread: decides, evolves, and writes the rows of the whole entry at once. */
  AppliedEntry apply(AppliedIndex index, Entry entry) {
    AppliedEntry applied = runner.run(entry);
    store.write(index, applied.changes());
    if (entry.time().queueMillis() > lastTime.queueMillis()) {
      lastTime = entry.time();
    }
    return applied;
  }

  /** On the apply thread: the latest times of the log so far. */
  EntryTime lastTime() {
    return lastTime;
  }

  /** On the apply thread: of the state after the newest entry. */
  long hash() {
    return machine.hash();
  }

  ReplicatedMachine machine() {
    return machine;
  }

  MessageReader reader() {
    return store.reader();
  }

  /** From any thread, a moment before {@link #checkpoint}. */
  void prepareCheckpoint() {
    store.prepareCheckpoint();
  }

  /** On the apply thread. */
  void checkpoint(Path place, AppliedIndex index) {
    store.checkpoint(place, index, machine.image());
  }

  @Override
  public void close() {
    store.close();
  }
}
