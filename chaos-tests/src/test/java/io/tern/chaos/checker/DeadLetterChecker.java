package io.tern.chaos.checker;

import io.tern.chaos.history.History;
import io.tern.chaos.history.QueueFact;
import java.util.List;

/**
 * Dead letters are exact: a message is received as often as its queue allows and not once more,
 * then in the dead-letter queue only; no receive count is given out twice. That none is lost on the
 * way is the matter of {@link NoLossChecker}. Run by {@link Judgement}.
 */
public final class DeadLetterChecker implements Checker {
  @Override
  public String name() {
    return "dead-letter";
  }

  @Override
  public Verdict check(History history) {
    Findings findings = new Findings();
    Topology topology = Topology.of(history);
    Origins origins = Origins.of(history, topology);
    for (Trail trail : Trails.of(history).all()) {
      counts(trail.seen(), findings);
      for (Seen seen : trail.seen()) {
        QueueFact queue = topology.fact(seen.queue());
        if (queue != null && !topology.isChanged(seen.queue(), "RedrivePolicy")) {
          tooOften(seen, queue, topology, findings);
        }
      }
      moved(trail, topology, origins, findings);
    }
    return findings.verdict(this);
  }

  private static void counts(List<Seen> seen, Findings findings) {
    for (int i = 0; i < seen.size(); i++) {
      findings.checked();
      if (seen.get(i).count() < 1) {
        findings.violation("not counted: " + seen.get(i));
      } else if (i > 0 && seen.get(i - 1).count() == seen.get(i).count()) {
        findings.violation(
            "one receive count twice: " + seen.get(i - 1) + ", and again " + seen.get(i));
      }
    }
  }

  /** A dead letter brings its count along, so a queue that takes some does not begin at one. */
  private static void tooOften(Seen seen, QueueFact queue, Topology topology, Findings findings) {
    String target = queue.deadLetterQueue();
    if (target != null
        && !topology.isDeadLetterQueue(queue.name())
        && !topology.isDeleted(target)
        && seen.count() > queue.maxReceiveCount()) {
      findings.violation("more receives than " + queue.maxReceiveCount() + ": " + seen);
    }
  }

  private static void moved(Trail trail, Topology topology, Origins origins, Findings findings) {
    Seen dead = null;
    for (Seen seen : trail.seen()) {
      if (dead != null && cameBack(dead, seen, topology)) {
        findings.violation("came back from the dead-letter queue: " + dead + ", then " + seen);
        return;
      }
      if (dead == null && topology.isDeadLetterQueue(seen.queue())) {
        dead = seen;
        tooEarly(seen, topology, origins, findings);
      }
    }
  }

  private static boolean cameBack(Seen dead, Seen seen, Topology topology) {
    QueueFact fact = topology.fact(seen.queue());
    return fact != null
        && dead.queue().equals(fact.deadLetterQueue())
        && !topology.isDeleted(dead.queue());
  }

  private static void tooEarly(Seen dead, Topology topology, Origins origins, Findings findings) {
    int least = leastReceives(dead, topology, origins);
    if (dead.count() <= least) {
      findings.violation("a dead letter after fewer than " + least + " receives: " + dead);
    }
  }

  /** How often it was received before it left its queue; 0 where that is not certain. */
  private static int leastReceives(Seen dead, Topology topology, Origins origins) {
    boolean cameOtherwise =
        topology.isMovedInto(dead.queue())
            || !topology.subscriptions(dead.queue()).isEmpty()
            || !origins.attempts(dead.queue(), dead.delivery().body()).isEmpty();
    List<QueueFact> sources = topology.deadLetterSources(dead.queue());
    if (cameOtherwise
        || sources.stream()
            .anyMatch(s ->
                topology.isDeadLetterQueue(s.name())
                    || topology.isChanged(s.name(), "RedrivePolicy"))) {
      return 0;
    }
    return sources.stream().mapToInt(QueueFact::maxReceiveCount).min().orElse(0);
  }
}
