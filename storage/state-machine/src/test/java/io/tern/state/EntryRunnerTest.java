package io.tern.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.ErrorCode;
import io.tern.state.partition.PartitionMachine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rule that throws rejects its command and nothing else; a broken invariant goes up. */
class EntryRunnerTest {

  /** A real machine with one rule that throws. */
  private record Faulty(PartitionMachine real) implements ReplicatedMachine {
    @Override
    public List<Change> advance(EntryTime time) {
      return real.advance(time);
    }

    @Override
    public Decision decide(Command command, EntryTime time) {
      if (command instanceof Command.Tick) {
        throw new IllegalArgumentException("A bug in a rule.");
      }
      return real.decide(command, time);
    }

    @Override
    public void evolve(Change change) {
      real.evolve(change);
    }

    @Override
    public MachineImage image() {
      return real.image();
    }

    @Override
    public long hash() {
      return real.hash();
    }

    @Override
    public long nextWakeUpMillis() {
      return Long.MAX_VALUE;
    }

    @Override
    public List<PartitionId> waitingDestinations() {
      return List.of();
    }

    @Override
    public List<OutboxEntry> waiting(PartitionId destination, long afterNumber, int limit) {
      return List.of();
    }
  }

  @Test
  void aRuleThatThrowsRejectsItsCommandOnly() {
    List<Command> failed = new ArrayList<>();
    EntryRunner runner =
        new EntryRunner(new Faulty(PartitionMachine.empty()), (command, _) -> failed.add(command));
    Command settle = new Command.SettleOutbox(new PartitionId(1), 1);
    AppliedEntry applied =
        runner.run(new Entry(new EntryTime(1, 2), List.of(new Command.Tick(), settle)));
    assertThat(failed).containsExactly(new Command.Tick());
    assertThat(applied.replies())
        .containsExactly(
            new Reply.Rejected(ErrorCode.INTERNAL_FAILURE, "A rule failed."), new Reply.Done());
    assertThat(applied.changes()).containsExactly(new Change.ClockAdvanced(new EntryTime(1, 2), 2));
  }

  @Test
  void aChangeThatCannotBeIsNotSwallowed() {
    PartitionMachine machine = PartitionMachine.empty();
    assertThatThrownBy(() -> machine.evolve(new Change.MessageRemoved(new QueueId(1), 1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> machine.evolve(new Change.DeletionForgotten(new QueueName("a", "b"))))
        .isInstanceOf(IllegalStateException.class);
  }
}
