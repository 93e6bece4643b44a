package io.tern.state.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.AppliedEntry;
import io.tern.state.Change;
import io.tern.state.Entry;
import io.tern.state.EntryRunner;
import io.tern.state.PartitionId;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.partition.PartitionMachine;
import java.util.List;

/** A partition's machine, a twin of it that never restarts, and the rows of its disk. */
final class Partition {
  final PartitionId id;
  final Rows rows = new Rows();
  private PartitionMachine machine = PartitionMachine.empty();
  private final PartitionMachine twin = PartitionMachine.empty();

  Partition(PartitionId id) {
    this.id = id;
  }

  PartitionMachine machine() {
    return machine;
  }

  void restart() {
    machine = PartitionMachine.of(machine.image());
  }

  AppliedEntry apply(Entry entry) {
    AppliedEntry applied = runner(machine).run(entry);
    assertThat(runner(twin).run(entry)).isEqualTo(applied);
    for (Change change : applied.changes()) {
      rows.keep(change);
    }
    return applied;
  }

  /** What a courier would carry: the oldest that wait, with their rows. */
  List<OutboxEntry> waiting(PartitionId destination, int limit) {
    return machine.waiting(destination, 0, limit).stream()
        .map(entry -> rows.whole(destination, entry))
        .toList();
  }

  void assertReplicasAgree() {
    rows.assertHasBodies();
    assertThat(machine.activeReplays()).isEqualTo(twin.activeReplays());
    assertThat(machine.hash()).isEqualTo(twin.hash());
    assertThat(machine.image()).isEqualTo(twin.image());
    assertThat(PartitionMachine.of(machine.image()).image()).isEqualTo(machine.image());
    assertThat(machine.runningMoveTasks()).isEqualTo(twin.runningMoveTasks());
    assertThat(machine.nextWakeUpMillis()).isEqualTo(twin.nextWakeUpMillis());
  }

  private static EntryRunner runner(PartitionMachine machine) {
    return new EntryRunner(
        new CheckedMachine(machine),
        (command, failure) -> {
          throw new AssertionError("A rule failed at " + command, failure);
        });
  }
}
