package io.tern.chaos.checker;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call.Send;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import java.util.HashMap;
import java.util.Map;

/**
 * What a send was told to be stored is received at least once, and what was received and not
 * deleted is received again: here, as a dead letter, or where a move task took it. Run by {@link
 * Judgement}.
 */
public final class NoLossChecker implements Checker {
  @Override
  public String name() {
    return "no-loss";
  }

  @Override
  public Verdict check(History history) {
    return new Search(history).verdict(this);
  }

  /** One pass over one history. */
  private static final class Search {
    private final History history;
    private final Findings findings = new Findings();
    private final Topology topology;
    private final Trails trails;
    private final Origins origins;
    private final Drains drains;
    private final Map<String, Map<String, Long>> lastSeen = new HashMap<>();

    Search(History history) {
      this.history = history;
      this.topology = Topology.of(history);
      this.trails = Trails.of(history);
      this.origins = Origins.of(history, topology);
      this.drains = Drains.of(history, topology, trails);
    }

    Verdict verdict(Checker checker) {
      for (Trail trail : trails.all()) {
        for (Seen seen : trail.seen()) {
          lastSeen
              .computeIfAbsent(seen.delivery().body(), _ -> new HashMap<>(1))
              .merge(trail.id(), seen.ended(), Math::max);
        }
      }
      for (Operation operation : history.operations()) {
        if (operation.call() instanceof Send send
            && operation.answer() instanceof Answer.Stored stored) {
          findings.checked();
          sent(operation, send, stored.messageId());
        }
      }
      for (Trail trail : trails.all()) {
        if (!trail.seen().isEmpty()) {
          findings.checked();
          received(trail);
        }
      }
      return findings.verdict(checker);
    }

    private void sent(Operation operation, Send send, String id) {
      Trail trail = trails.of(id);
      boolean seen = trail != null && !trail.seen().isEmpty();
      if (seen || (isMoved(send.target()) && lastSeen.containsKey(send.body()))) {
        return;
      }
      long since =
          Math.min(operation.invokedNanos(), origins.firstTried(send.target(), send.body()));
      lost(
          send.target(),
          since,
          "lost: "
              + id
              + " was stored in "
              + send.target()
              + " by operation "
              + operation.id()
              + " and never received");
    }

    private boolean isMoved(String queue) {
      return topology.reach(queue).stream().anyMatch(q -> !topology.moves(q).isEmpty());
    }

    private void received(Trail trail) {
      Seen last = trail.seen().getLast();
      boolean wentOn =
          isMoved(last.queue())
              && lastSeen.getOrDefault(last.delivery().body(), Map.of()).entrySet().stream()
                  .anyMatch(e -> !e.getKey().equals(trail.id()) && e.getValue() > last.ended());
      if (!trail.mayBeDeletedBy(last) && !wentOn) {
        lost(
            last.queue(), last.invoked(), "lost: " + last + " was the last, and nobody deleted it");
      }
    }

    private void lost(String queue, long since, String text) {
      if (topology.mayBeEmptied(queue, since)) {
        return;
      }
      if (drains.isDrained(queue)) {
        findings.violation(text);
      } else {
        findings.undecided(1);
      }
    }
  }
}
