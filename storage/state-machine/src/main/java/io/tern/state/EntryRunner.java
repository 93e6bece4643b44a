package io.tern.state;

import io.tern.state.limits.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** Runs one entry through a machine: the same steps on each replica, in tests and in production. */
public final class EntryRunner {

  /** Told of a rule that threw; the command is rejected on every replica alike. */
  @FunctionalInterface
  public interface RuleFailures {
    void ruleFailed(Command command, RuntimeException failure);
  }

  private final ReplicatedMachine machine;
  private final RuleFailures failures;

  public EntryRunner(ReplicatedMachine machine, RuleFailures failures) {
    this.machine = machine;
    this.failures = failures;
  }

  /** Decides and evolves command after command, so that the second sees the first. */
  public AppliedEntry run(Entry entry) {
    List<Reply> replies = new ArrayList<>(entry.commands().size());
    List<Change> changes = new ArrayList<>(2 * entry.commands().size() + 1);
    List<Effect> effects = new ArrayList<>();
    evolveAll(machine.advance(entry.time()), changes);
    for (Command command : entry.commands()) {
      Decision decision = decide(command, entry.time());
      evolveAll(decision.changes(), changes);
      effects.addAll(decision.effects());
      replies.add(decision.reply());
    }
    return new AppliedEntry(replies, changes, effects);
  }

  private void evolveAll(List<Change> facts, List<Change> all) {
    for (Change change : facts) {
      machine.evolve(change);
      all.add(change);
    }
  }

  private Decision decide(Command command, EntryTime time) {
    try {
      return machine.decide(command, time);
    } catch (RuntimeException failure) {
      failures.ruleFailed(command, failure);
      return Decision.reply(new Reply.Rejected(ErrorCode.INTERNAL_FAILURE, "A rule failed."));
    }
  }
}
