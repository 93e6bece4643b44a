package io.tern.chaos.checker;

import java.util.List;

/** The list of all checkers, in the order of reports; {@link Judgement} runs them. */
public final class Checkers {
  private Checkers() {}

  public static List<Checker> all() {
    return List.of(
        new NoLossChecker(),
        new InventionChecker(),
        new FifoOrderChecker(),
        new LeaseChecker(),
        new DeduplicationChecker(),
        new DeadLetterChecker(),
        new DelayChecker(),
        new DeleteFinalChecker(),
        new FanOutChecker(),
        new PurgeChecker(),
        new AdministrationChecker(),
        new SequenceChecker(),
        new GapsChecker());
  }
}
