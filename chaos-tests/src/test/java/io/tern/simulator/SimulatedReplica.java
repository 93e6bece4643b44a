package io.tern.simulator;

import io.tern.state.CatalogueImage;
import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.Decision;
import io.tern.state.Entry;
import io.tern.state.MachineImage;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.ReplicatedMachine;
import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.partition.PartitionMachine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One node's copy of a partition: a machine, its rows, how far it applied, and its snapshot. */
final class SimulatedReplica {

  /** An image with its rows and the number of entries it holds; none at the beginning. */
  record Snapshot(int entries, @Nullable MachineImage image, SimulatedRows rows) {}

  private final PartitionId partition;
  private final PlantedBug bug;
  private final int number;
  private @Nullable ReplicatedMachine machine;
  private SimulatedRows rows = new SimulatedRows();
  private int applied;
  private long queueMillis;
  private Snapshot snapshot = new Snapshot(0, null, new SimulatedRows());

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

  SimulatedRows rows() {
    return rows;
  }

  /** Loses all memory; the snapshot stays. */
  void crash() {
    machine = null;
  }

  /** Comes back from the snapshot; the log does the rest. */
  void restart() {
    machine = load(snapshot.image());
    rows = snapshot.rows().copy();
    applied = snapshot.entries();
    queueMillis = clockOf(snapshot.image());
  }

  void takeSnapshot() {
    snapshot = new Snapshot(applied, new BuggedMachine(up(), bug, number).image(), rows.copy());
  }

  /** Another replica's snapshot replaces what is here. */
  void install(Snapshot newer) {
    if (newer.entries() >= applied) {
      snapshot = newer;
      restart();
    }
  }

  /** An entry of which the machine learns nothing. */
  void skip() {
    applied++;
  }

  /** Queue time of the newest entry, as a node remembers it to begin a leadership with. */
  long queueMillis() {
    return queueMillis;
  }

  /** What each command of the entry came to, after what its time came to. */
  List<Decision> apply(Entry entry) {
    BuggedMachine bugged = new BuggedMachine(up(), bug, number);
    List<Decision> decisions = new ArrayList<>(entry.commands().size());
    evolve(bugged, bugged.advance(entry.time()));
    for (Command command : entry.commands()) {
      Decision decision = bugged.decide(command, entry.time());
      evolve(bugged, decision.changes());
      decisions.add(decision);
    }
    applied++;
    queueMillis = Math.max(queueMillis, entry.time().queueMillis());
    return decisions;
  }

  private void evolve(BuggedMachine bugged, List<Change> changes) {
    for (Change change : changes) {
      bugged.evolve(change);
      rows.write(change);
    }
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

  private static long clockOf(@Nullable MachineImage image) {
    return switch (image) {
      case null -> 0;
      case PartitionImage data -> data.clock().queueMillis();
      case CatalogueImage catalogue -> catalogue.clock().queueMillis();
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
