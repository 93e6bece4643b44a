package io.tern.state.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.Decision;
import io.tern.state.EntryTime;
import io.tern.state.MachineImage;
import io.tern.state.PartitionId;
import io.tern.state.ReplicatedMachine;
import io.tern.state.crossing.OutboxEntry;
import java.util.List;

/** A machine that is watched: deciding must not alter it. */
record CheckedMachine(ReplicatedMachine machine) implements ReplicatedMachine {

  @Override
  public List<Change> advance(EntryTime time) {
    MachineImage before = machine.image();
    List<Change> changes = machine.advance(time);
    assertThat(machine.image()).isEqualTo(before);
    return changes;
  }

  @Override
  public Decision decide(Command command, EntryTime time) {
    MachineImage before = machine.image();
    Decision decision = machine.decide(command, time);
    assertThat(machine.image()).as("after deciding %s", command).isEqualTo(before);
    return decision;
  }

  @Override
  public void evolve(Change change) {
    machine.evolve(change);
  }

  @Override
  public MachineImage image() {
    return machine.image();
  }

  @Override
  public long hash() {
    return machine.hash();
  }

  @Override
  public long nextWakeUpMillis() {
    return machine.nextWakeUpMillis();
  }

  @Override
  public List<PartitionId> waitingDestinations() {
    return machine.waitingDestinations();
  }

  @Override
  public List<OutboxEntry> waiting(PartitionId destination, long afterNumber, int limit) {
    return machine.waiting(destination, afterNumber, limit);
  }
}
