package io.tern.state.queue;

import io.tern.state.limits.Limits;
import io.tern.state.queue.QueueImage.Attempt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What the receives of the last minutes gave out that named an attempt id; of one FIFO queue. */
final class ReceiveAttempts {
  private final SequencedMap<String, Attempt> attempts = new LinkedHashMap<>();

  void load(List<Attempt> image) {
    for (Attempt attempt : image) {
      attempts.putLast(attempt.attemptId(), attempt);
    }
  }

  @Nullable Attempt find(String attemptId) {
    return attempts.get(attemptId);
  }

  /** Remembers a receive; what is too old or too much is forgotten. */
  void remember(Attempt attempt) {
    attempts.remove(attempt.attemptId());
    attempts.putLast(attempt.attemptId(), attempt);
    while (attempts.size() > Limits.RECEIVE_ATTEMPTS
        || attempts.firstEntry().getValue().atMillis() + Limits.ATTEMPT_MILLIS
            <= attempt.atMillis()) {
      attempts.pollFirstEntry();
    }
  }

  void clear() {
    attempts.clear();
  }

  /** The oldest first. */
  List<Attempt> image() {
    return List.copyOf(attempts.values());
  }
}
