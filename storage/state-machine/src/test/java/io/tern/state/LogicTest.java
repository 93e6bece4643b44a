package io.tern.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.catalogue.LogicGate;
import io.tern.state.catalogue.NodeAddresses;
import io.tern.state.catalogue.NodeState;
import io.tern.state.catalogue.PeerId;
import io.tern.state.partition.PartitionMachine;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gates, the level that may be proposed, and levels that a version does not know. */
class LogicTest {
  private static final int UNKNOWN = Logic.newest() + 1;

  @Test
  void eachGateHasALevelOfItsOwnADateAndAReason() {
    assertThat(Logic.values()).extracting(Logic::level).doesNotHaveDuplicates();
    for (Logic gate : Logic.values()) {
      assertThat(LocalDate.parse(gate.since())).isAfter("2026-01-01");
      assertThat(gate.reason()).isNotBlank();
      assertThat(gate.in(gate.level() - 1)).isFalse();
      assertThat(gate.in(gate.level())).isTrue();
    }
  }

  @Test
  void aReplicaThatDoesNotKnowTheLevelStops() {
    PartitionMachine machine = PartitionMachine.empty();
    Entry entry = new Entry(EntryTime.ZERO, List.of(new Command.AdvanceLogic(UNKNOWN)));
    assertThatThrownBy(() -> runner(machine).run(entry))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("newer version");
  }

  @Test
  void aSnapshotOfANewerVersionIsRefused() {
    PartitionImage image = PartitionMachine.empty().image();
    PartitionImage newer =
        new PartitionImage(
            image.clock(),
            image.retentionMillis(),
            image.hash(),
            image.queues(),
            image.topics(),
            image.crossing(),
            UNKNOWN);
    assertThatThrownBy(() -> PartitionMachine.of(newer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("newer version");
  }

  @Test
  void theLevelMayRiseToWhatAllWhoMayHaveReplicasKnow() {
    CatalogueMachine machine = CatalogueMachine.empty();
    List<PeerId> members = List.of(new PeerId("a"), new PeerId("b"));
    assertThat(LogicGate.proposable(machine.membership(), members)).isZero();
    register(machine, "a", 9);
    assertThat(LogicGate.proposable(machine.membership(), members)).isZero();
    register(machine, "b", 0);
    assertThat(LogicGate.proposable(machine.membership(), members)).isZero();
    ask(machine, new MembershipCommand.SetNodeState(new PeerId("b"), NodeState.REMOVED));
    assertThat(LogicGate.proposable(machine.membership(), members)).isEqualTo(Logic.newest());
  }

  private static void register(CatalogueMachine machine, String name, int knows) {
    ask(
        machine,
        new MembershipCommand.RegisterNode(
            new PeerId(name), name, "z", new NodeAddresses("p", "r", ""), knows));
  }

  private static void ask(CatalogueMachine machine, Command command) {
    AppliedEntry applied = runner(machine).run(new Entry(EntryTime.ZERO, List.of(command)));
    assertThat(applied.replies()).containsExactly(new Reply.Done());
  }

  private static EntryRunner runner(ReplicatedMachine machine) {
    return new EntryRunner(
        machine,
        (command, failure) -> {
          throw new AssertionError("A rule failed at " + command, failure);
        });
  }
}
