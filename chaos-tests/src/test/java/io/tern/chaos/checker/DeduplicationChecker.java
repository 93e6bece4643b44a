package io.tern.chaos.checker;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call.Publish;
import io.tern.chaos.history.Call.Send;
import io.tern.chaos.history.FaultEvent;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.Outcome;
import io.tern.chaos.history.QueueFact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Within five minutes of the first, sends of one deduplication id to a FIFO queue or topic are one
 * message; after that they make a new one. Run by {@link Judgement}.
 */
public final class DeduplicationChecker implements Checker {
  static final long WINDOW = 300 * Times.SECOND;

  /** What makes repetitions one message. */
  private record Key(String target, @Nullable String group, String id) {}

  /** One message that came of a key: it was accepted between these two. */
  private static final class Accepted {
    private final String id;
    private long earliest = Times.NEVER;
    private long latest = Times.NEVER;

    Accepted(String id) {
      this.id = id;
    }
  }

  /** All tries of a key. */
  private static final class Tries {
    private final Map<String, Accepted> accepted = new HashMap<>(1);
    private final List<Operation> acknowledged = new ArrayList<>(1);
    private long inDoubt = Times.NEVER;

    Accepted of(String id) {
      return accepted.computeIfAbsent(id, Accepted::new);
    }
  }

  @Override
  public String name() {
    return "deduplication";
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
    private final Map<Key, Tries> keys = new HashMap<>();

    Search(History history) {
      this.history = history;
      this.topology = Topology.of(history);
    }

    Verdict verdict(Checker checker) {
      for (Operation operation : history.operations()) {
        Key key = operation.mayHaveHappened() ? key(operation) : null;
        if (key != null) {
          tried(operation, keys.computeIfAbsent(key, _ -> new Tries()));
        }
      }
      delivered();
      keys.forEach((key, tries) -> {
        findings.checked();
        twice(key, tries);
        tooLong(key, tries);
      });
      return findings.verdict(checker);
    }

    private @Nullable Key key(Operation operation) {
      if (operation.call() instanceof Send send) {
        QueueFact queue = topology.fact(send.target());
        if (queue == null || !queue.fifo()) {
          return null;
        }
        String id = send.deduplicationId();
        if (id == null && !queue.contentDeduplication()) {
          return null;
        }
        return new Key(
            send.target(),
            queue.groupDeduplication() ? send.group() : null,
            id == null ? "body " + send.body() : "id " + id);
      }
      // Nobody says what the scope of a topic is; the narrow one is right in both cases.
      return operation.call() instanceof Publish publish && publish.target().endsWith(".fifo")
          ? new Key(
              publish.target(),
              publish.group(),
              publish.deduplicationId() == null
                  ? "body " + publish.body()
                  : "id " + publish.deduplicationId())
          : null;
    }

    private static void tried(Operation operation, Tries tries) {
      if (operation.answer() instanceof Answer.Stored stored) {
        Accepted accepted = tries.of(stored.messageId());
        accepted.earliest = Math.min(accepted.earliest, operation.invokedNanos());
        accepted.latest = Math.min(accepted.latest, operation.endedNanos());
        tries.acknowledged.add(operation);
      } else if (operation.outcome() == Outcome.UNKNOWN) {
        tries.inDoubt = Math.min(tries.inDoubt, operation.invokedNanos());
      }
    }

    /** A message that no sender was told of came of a try in doubt. */
    private void delivered() {
      Origins origins = Origins.of(history, topology);
      for (Trail trail : Trails.of(history).all()) {
        for (Seen seen : trail.seen()) {
          String queue = seen.queue();
          if (topology.isMovedInto(queue) || topology.isDeadLetterQueue(queue)) {
            continue;
          }
          List<Key> from =
              origins.attempts(queue, seen.delivery().body()).stream()
                  .filter(Operation::mayHaveHappened)
                  .map(this::key)
                  .distinct()
                  .toList();
          Key only = from.size() == 1 ? from.getFirst() : null;
          Tries tries = only == null ? null : keys.get(only);
          if (tries != null) {
            Accepted accepted = tries.of(trail.id());
            accepted.latest = Math.min(accepted.latest, seen.ended());
          }
        }
      }
    }

    private void twice(Key key, Tries tries) {
      if (tries.accepted.size() < 2) {
        return;
      }
      List<Accepted> sorted = new ArrayList<>(tries.accepted.values());
      sorted.sort(Comparator.comparingLong(a -> a.latest));
      for (int i = 1; i < sorted.size(); i++) {
        Accepted first = sorted.get(i - 1);
        Accepted second = sorted.get(i);
        long from = Math.min(tries.inDoubt, Math.min(first.earliest, second.earliest));
        long until = second.latest;
        if (from != Times.NEVER
            && until - from < WINDOW - Times.tolerance(WINDOW)
            && !mayBeForgotten(key.target(), from, until)) {
          findings.violation(
              "two messages of " + key + " within five minutes: " + first.id + " and " + second.id);
        }
      }
    }

    /** A purge clears the memory of sends, and so does a new queue of the name. */
    private boolean mayBeForgotten(String target, long from, long until) {
      return topology.emptyings(target).stream()
          .anyMatch(o -> o.invokedNanos() < until && Times.latestEffect(o) > from);
    }

    /** The window stands still while there is no leader, so outages are added to it. */
    private void tooLong(Key key, Tries tries) {
      for (Operation send : tries.acknowledged) {
        if (send.answer() instanceof Answer.Stored stored) {
          long accepted = tries.of(stored.messageId()).latest;
          long over = accepted + WINDOW + Times.tolerance(WINDOW);
          if (send.invokedNanos() > over && send.invokedNanos() > over + outages(accepted)) {
            findings.violation(
                "no new message after five minutes of "
                    + key
                    + ": operation "
                    + send.id()
                    + " was told "
                    + stored.messageId());
          }
        }
      }
    }

    private long outages(long since) {
      long sum = 0;
      for (FaultEvent fault : history.faults()) {
        sum += Math.max(0, fault.recoveredNanos() - Math.max(since, fault.injectedNanos()));
      }
      return sum;
    }
  }
}
