package io.tern.chaos.checker;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call.Publish;
import io.tern.chaos.history.Call.Send;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Two leaders never acknowledge at once: the sequence numbers of one FIFO queue or topic are
 * unique, stay with their message, and rise with real time. Message ids are unique everywhere. Run
 * by {@link Judgement}.
 */
public final class SequenceChecker implements Checker {
  /** All digits, so the longer is the larger. */
  static final Comparator<String> BY_NUMBER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  /** One message as senders were told of it. */
  private static final class Stored {
    private final String number;
    private final Operation first;

    /** It was stored between these two. */
    private long earliest;

    private long latest;

    Stored(String number, Operation first, long earliest) {
      this.number = number;
      this.first = first;
      this.earliest = earliest;
      this.latest = first.endedNanos();
    }
  }

  @Override
  public String name() {
    return "sequence";
  }

  @Override
  public Verdict check(History history) {
    return new Search().verdict(history, this);
  }

  /** One pass over one history. */
  private static final class Search {
    private final Findings findings = new Findings();

    /** Begins of tries in doubt, by the key that makes repetitions one message. */
    private final Map<String, Long> inDoubt = new HashMap<>();

    private final Map<String, Map<String, Stored>> targets = new HashMap<>();
    private final Map<String, Operation> ids = new HashMap<>();

    Verdict verdict(History history, Checker checker) {
      Topology topology = Topology.of(history);
      for (Operation operation : history.operations()) {
        String key = key(operation);
        if (key != null && operation.outcome() == Outcome.UNKNOWN) {
          inDoubt.merge(key, operation.invokedNanos(), Math::min);
        }
      }
      for (Operation operation : history.operations()) {
        String key = key(operation);
        if (key != null && operation.answer() instanceof Answer.Stored stored) {
          stored(operation, key, stored);
        }
      }
      targets.forEach((target, messages) -> {
        if (!topology.isDeleted(target)) {
          rising(target, new ArrayList<>(messages.values()));
        }
      });
      delivered(history, topology);
      return findings.verdict(checker);
    }

    private static @Nullable String key(Operation operation) {
      if (operation.call() instanceof Send send) {
        return send.target() + " " + either(send.deduplicationId(), send.body());
      }
      return operation.call() instanceof Publish publish
          ? publish.target() + " " + either(publish.deduplicationId(), publish.body())
          : null;
    }

    private static String either(@Nullable String deduplicationId, String body) {
      return deduplicationId == null ? body : deduplicationId;
    }

    private void stored(Operation operation, String key, Answer.Stored stored) {
      findings.checked();
      Operation other = ids.putIfAbsent(stored.messageId(), operation);
      boolean repeats = other != null && isFifo(stored) && key.equals(key(other));
      if (other != null && !repeats) {
        findings.violation(
            "one id, "
                + stored.messageId()
                + ", of operations "
                + other.id()
                + " and "
                + operation.id());
      }
      String number = stored.sequenceNumber();
      if (number == null) {
        return;
      }
      long earliest = Math.min(operation.invokedNanos(), inDoubt.getOrDefault(key, Times.NEVER));
      Stored message =
          targets
              .computeIfAbsent(operation.call().target(), _ -> new HashMap<>())
              .computeIfAbsent(stored.messageId(), _ -> new Stored(number, operation, earliest));
      message.earliest = Math.min(message.earliest, earliest);
      message.latest = Math.min(message.latest, operation.endedNanos());
      if (!message.number.equals(number)) {
        findings.violation(
            "two numbers of one message, "
                + message.number
                + " of operation "
                + message.first.id()
                + " and "
                + number
                + " of operation "
                + operation.id());
      }
    }

    private static boolean isFifo(Answer.Stored stored) {
      return stored.sequenceNumber() != null;
    }

    /** None has a smaller number than one that was acknowledged before it was tried. */
    private void rising(String target, List<Stored> messages) {
      messages.sort(Comparator.comparing(m -> m.number, BY_NUMBER));
      Stored latestTried = null;
      Stored previous = null;
      for (Stored message : messages) {
        if (previous != null && previous.number.equals(message.number)) {
          findings.violation(
              "one number in "
                  + target
                  + ", "
                  + message.number
                  + ", of operations "
                  + previous.first.id()
                  + " and "
                  + message.first.id());
        } else if (latestTried != null && latestTried.earliest > message.latest) {
          findings.violation(
              "numbers against time in "
                  + target
                  + ": "
                  + latestTried.number
                  + " of operation "
                  + latestTried.first.id()
                  + " began after "
                  + message.number
                  + " of operation "
                  + message.first.id()
                  + " had ended");
        }
        if (latestTried == null || message.earliest > latestTried.earliest) {
          latestTried = message;
        }
        previous = message;
      }
    }

    /** A delivery has the number that the sender was told, and keeps it. */
    private void delivered(History history, Topology topology) {
      for (Trail trail : Trails.of(history).all()) {
        Map<String, String> numbers = new HashMap<>(1);
        for (Operation stored : trail.stored()) {
          if (stored.answer() instanceof Answer.Stored answer && answer.sequenceNumber() != null) {
            numbers.put(stored.call().target(), answer.sequenceNumber());
          }
        }
        for (Seen seen : trail.seen()) {
          String number = seen.delivery().sequenceNumber();
          if (number == null
              || topology.isDeleted(seen.queue())
              || !topology.isFifo(seen.queue())) {
            continue;
          }
          findings.checked();
          String known = numbers.putIfAbsent(seen.queue(), number);
          if (known != null && !Objects.equals(known, number)) {
            findings.violation("number " + known + " became " + number + ": " + seen);
          }
        }
      }
    }
  }
}
