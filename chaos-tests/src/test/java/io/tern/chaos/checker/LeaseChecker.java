package io.tern.chaos.checker;

import io.tern.chaos.history.History;

/**
 * A message that was received is given to nobody else before its visibility timeout, however it was
 * changed, is over; nor is it made a dead letter before. Run by {@link Judgement}.
 */
public final class LeaseChecker implements Checker {
  @Override
  public String name() {
    return "lease";
  }

  @Override
  public Verdict check(History history) {
    Findings findings = new Findings();
    for (Trail trail : Trails.of(history).all()) {
      for (int i = 1; i < trail.seen().size(); i++) {
        findings.checked();
        Seen before = trail.seen().get(i - 1);
        Seen after = trail.seen().get(i);
        long end = trail.leaseEnd(before, after.ended(), after.invoked());
        long early = end - Times.tolerance(end - before.invoked()) - after.ended();
        if (early > 0) {
          findings.violation(
              "overlap of " + Times.millis(early) + " ms: " + before + ", then " + after);
        }
      }
    }
    return findings.verdict(this);
  }
}
