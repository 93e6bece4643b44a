package io.tern.simulator;

import io.tern.state.AppliedEntry;
import io.tern.state.CatalogueImage;
import io.tern.state.Entry;
import io.tern.state.EntryRunner;
import io.tern.state.MachineImage;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.ReplicatedMachine;
import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.partition.PartitionMachine;
import org.jspecify.annotations.Nullable;

/** One node's copy of a partition: a machine, how far it applied the log, and its snapshot. */
final class SimulatedReplica {

  /** An image and the number of entries it holds; none at the beginning. */
  record Snapshot(int entries, @Nullable MachineImage image) {
    static final Snapshot NONE = new Snapshot(0, null);
  }

  private final PartitionId partition;
  private final PlantedBug bug;
  private final int number;
  private @Nullable ReplicatedMachine machine;
  private int applied;
  private Snapshot snapshot = Snapshot.NONE;

  SimulatedReplica(PartitionId partition, PlantedBug bug, int number) {
    this.partition = partition;
    this.bug = bug;
    this.number = number;
    restart();
  }

  boolean isUp() {
    return machine != null;
  }

  int applied() {
    return applied;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /** Loses all memory; the snapshot stays. */
  void crash() {
    machine = null;
  }

  /** Comes back from the snapshot; the log does the rest. */
  void restart() {
    machine = load(snapshot.image());
    applied = snapshot.entries();
  }

  void takeSnapshot() {
    snapshot = new Snapshot(applied, new BuggedMachine(up(), bug, number).image());
  }

  /** Another replica's snapshot replaces what is here. */
  void install(Snapshot newer) {
    if (newer.entries() >= applied) {
      snapshot = newer;
      restart();
    }
  }

  AppliedEntry apply(Entry entry) {
    EntryRunner runner =
        new EntryRunner(
            new BuggedMachine(up(), bug, number),
            (command, failure) -> {
              throw new AssertionError("A rule failed at " + command, failure);
            });
    AppliedEntry result = runner.run(entry);
    applied++;
    return result;
  }

  ReplicatedMachine up() {
    if (machine == null) {
      throw new IllegalStateException("The replica is down.");
    }
    return machine;
  }

  long hash() {
    return switch (up()) {
      case PartitionMachine data -> data.hash();
      case CatalogueMachine catalogue -> catalogue.hash();
      default -> throw new IllegalStateException("Unknown machine");
    };
  }

  private ReplicatedMachine load(@Nullable MachineImage image) {
    return switch (image) {
      case null -> partition.isCatalogue() ? CatalogueMachine.empty() : PartitionMachine.empty();
      case PartitionImage data -> PartitionMachine.of(data);
      case CatalogueImage catalogue -> CatalogueMachine.of(catalogue);
    };
  }
}
