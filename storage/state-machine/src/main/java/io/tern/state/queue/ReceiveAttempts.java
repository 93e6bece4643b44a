package io.tern.state.queue;

import io.tern.state.limits.Limits;
import io.tern.state.queue.QueueImage.Attempt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What the receives of the last minutes gave out, by attempt id; of one FIFO queue. */
final class ReceiveAttempts {
  private final SequencedMap<String, Attempt> attempts = new LinkedHashMap<>();

  @Nullable Attempt find(String attemptId) {
    return attempts.get(attemptId);
  }

  void load(Attempt attempt) {
    attempts.put(attempt.attemptId(), attempt);
  }

  /** Remembers one more; what is too old or too much is forgotten. */
  void add(Attempt attempt) {
    attempts.remove(attempt.attemptId());
    attempts.putLast(attempt.attemptId(), attempt);
    long tooOld = attempt.atMillis() - Limits.ATTEMPT_MILLIS;
    while (attempts.size() > Limits.RECEIVE_ATTEMPTS
        || attempts.firstEntry().getValue().atMillis() <= tooOld) {
      attempts.pollFirstEntry();
    }
  }

  void clear() {
    attempts.clear();
  }

  List<Attempt> image() {
    return List.copyOf(attempts.values());
  }
}
