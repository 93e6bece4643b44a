package io.tern.chaos.checker;

import io.tern.chaos.history.Call.Delete;
import io.tern.chaos.history.Call.Receive;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.Outcome;
import java.util.HashMap;
import java.util.Map;

/**
 * A message whose delete by its newest receipt was acknowledged never comes again. Inside its lease
 * the receipt was certainly the newest; later, a receive in doubt may have made a newer one and is
 * an excuse, as is a dead-letter queue, where the message may be by then. Run by {@link Judgement}.
 */
public final class DeleteFinalChecker implements Checker {
  @Override
  public String name() {
    return "delete-final";
  }

  @Override
  public Verdict check(History history) {
    Findings findings = new Findings();
    Map<String, Long> firstInDoubt = new HashMap<>();
    for (Operation operation : history.operations()) {
      if (operation.outcome() == Outcome.UNKNOWN && operation.call() instanceof Receive receive) {
        firstInDoubt.merge(receive.target(), operation.invokedNanos(), Math::min);
      }
    }
    Topology topology = Topology.of(history);
    for (Trail trail : Trails.of(history).all()) {
      for (Operation delete : trail.deletes()) {
        if (delete.isOk() && delete.call() instanceof Delete call) {
          findings.checked();
          boolean mayLeave =
              topology.hasDeadLetterQueue(call.target())
                  || !topology.moves(call.target()).isEmpty();
          long inDoubt =
              mayLeave ? Times.ALWAYS : firstInDoubt.getOrDefault(call.target(), Times.NEVER);
          trail
              .withReceipt(call.receipt())
              .ifPresent(by -> judge(trail, delete, by, inDoubt, findings));
        }
      }
    }
    return findings.verdict(this);
  }

  private static void judge(
      Trail trail, Operation delete, Seen by, long firstInDoubt, Findings findings) {
    long end = trail.leaseEnd(by, delete.endedNanos(), delete.invokedNanos());
    long leased = end - Times.tolerance(end - by.invoked());
    boolean inLease = delete.endedNanos() <= leased;
    boolean isOlder =
        trail.seen().stream()
            .anyMatch(s -> s.count() > by.count() && s.ended() <= delete.invokedNanos());
    boolean mayBeOlder =
        firstInDoubt < delete.endedNanos()
            || trail.seen().stream()
                .anyMatch(s -> s.count() > by.count() && s.invoked() < delete.endedNanos());
    // A change of visibility by an old receipt is answered well, and holds no lease.
    if (isOlder || (!inLease && mayBeOlder)) {
      return;
    }
    for (Seen seen : trail.seen()) {
      boolean after = inLease ? seen.ended() >= leased : seen.invoked() > delete.endedNanos();
      if (seen.count() > by.count() && after) {
        findings.violation("deleted by operation " + delete.id() + ", but came again: " + seen);
        return;
      }
    }
  }
}
