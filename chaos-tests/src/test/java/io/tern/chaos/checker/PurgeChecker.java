package io.tern.chaos.checker;

import io.tern.chaos.history.Call.Purge;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What was in a queue before a purge does not come after it. That what was sent later stays is the
 * matter of {@link NoLossChecker}. Run by {@link Judgement}.
 */
public final class PurgeChecker implements Checker {
  @Override
  public String name() {
    return "purge";
  }

  @Override
  public Verdict check(History history) {
    Findings findings = new Findings();
    Map<String, NavigableMap<Long, Operation>> purges = purges(history.operations());
    if (!purges.isEmpty()) {
      for (Trail trail : Trails.of(history).all()) {
        judge(trail, purges, findings);
      }
    }
    return findings.verdict(this);
  }

  /** By queue and begin; those in doubt may come at any time and prove nothing. */
  private static Map<String, NavigableMap<Long, Operation>> purges(List<Operation> operations) {
    Map<String, NavigableMap<Long, Operation>> purges = new HashMap<>();
    for (Operation operation : operations) {
      if (operation.isOk() && operation.call() instanceof Purge) {
        purges
            .computeIfAbsent(operation.call().target(), _ -> new TreeMap<>())
            .put(operation.invokedNanos(), operation);
      }
    }
    return purges;
  }

  private static void judge(
      Trail trail, Map<String, NavigableMap<Long, Operation>> purges, Findings findings) {
    for (Seen seen : trail.seen()) {
      NavigableMap<Long, Operation> here = purges.get(seen.queue());
      if (here == null) {
        continue;
      }
      findings.checked();
      // The first purge after the message was there is the one that must have taken it.
      Map.Entry<Long, Operation> first = here.higherEntry(knownIn(trail, seen.queue()));
      if (first != null && first.getValue().endedNanos() < seen.invoked()) {
        findings.violation(
            "purged by operation " + first.getValue().id() + ", but came after it: " + seen);
      }
    }
  }

  /** When the message was certainly in the queue already. */
  private static long knownIn(Trail trail, String queue) {
    long known = Times.NEVER;
    for (Operation stored : trail.stored()) {
      if (stored.call().target().equals(queue)) {
        known = Math.min(known, stored.endedNanos());
      }
    }
    for (Seen seen : trail.seen()) {
      if (seen.queue().equals(queue)) {
        known = Math.min(known, seen.ended());
      }
    }
    return known;
  }
}
