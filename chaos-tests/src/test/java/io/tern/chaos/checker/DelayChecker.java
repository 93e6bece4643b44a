package io.tern.chaos.checker;

import io.tern.chaos.history.Call.Send;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.QueueFact;

/**
 * No message comes before its delay is over: its own in a standard queue, the queue's in a FIFO
 * queue. Run by {@link Judgement}.
 */
public final class DelayChecker implements Checker {
  @Override
  public String name() {
    return "delay";
  }

  @Override
  public Verdict check(History history) {
    Findings findings = new Findings();
    Topology topology = Topology.of(history);
    Origins origins = Origins.of(history, topology);
    for (Trail trail : Trails.of(history).all()) {
      for (Seen seen : trail.seen()) {
        long earliest = earliest(trail, seen, topology, origins);
        if (earliest == Times.NEVER) {
          continue;
        }
        findings.checked();
        long early = earliest - seen.ended();
        if (early > 0) {
          findings.violation(
              "came " + Times.millis(early) + " ms before its delay was over: " + seen);
        }
      }
    }
    return findings.verdict(this);
  }

  /** By the send that made it if that is known, or by whichever may have. */
  private static long earliest(Trail trail, Seen seen, Topology topology, Origins origins) {
    boolean isKnown = trail.stored().size() == 1 && !topology.isFifo(seen.queue());
    long earliest = Times.NEVER;
    boolean delayed = false;
    for (Operation operation : isKnown ? trail.stored() : origins.of(seen)) {
      if (!operation.mayHaveHappened()) {
        continue;
      }
      long delay = delaySeconds(operation, topology) * Times.SECOND;
      delayed |= delay > 0;
      earliest =
          Math.min(
              earliest,
              operation.invokedNanos() + delay - (delay > 0 ? Times.tolerance(delay) : 0));
    }
    return delayed ? earliest : Times.NEVER;
  }

  private static long delaySeconds(Operation operation, Topology topology) {
    if (!(operation.call() instanceof Send send)) {
      return 0;
    }
    QueueFact queue = topology.fact(send.target());
    if (!topology.isFifo(send.target())) {
      return send.delaySeconds();
    }
    return queue == null || topology.isChanged(send.target(), "DelaySeconds")
        ? 0
        : queue.delaySeconds();
  }
}
