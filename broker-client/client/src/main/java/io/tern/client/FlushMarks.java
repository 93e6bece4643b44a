package io.tern.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Who waits until all messages sent so far have ended. {@link ProduceFlow} owns it and holds its
 * lock; there are as many marks as threads that flush.
 */
final class FlushMarks {
  private final List<Mark> marks = new ArrayList<>();

  private static final class Mark {
    final long lastSequence;
    final CompletableFuture<Void> reached = new CompletableFuture<>();
    int left;

    Mark(long lastSequence, int left) {
      this.lastSequence = lastSequence;
      this.left = left;
    }
  }

  /** A future that ends when so many messages, up to this sequence, have ended. */
  CompletableFuture<Void> add(long lastSequence, int left) {
    Mark mark = new Mark(lastSequence, left);
    if (left == 0) {
      mark.reached.complete(null);
    } else {
      marks.add(mark);
    }
    return mark.reached;
  }

  /** Whether somebody waits, so that batches must not. */
  boolean isWaitedFor() {
    return !marks.isEmpty();
  }

  /** A message has ended; returns the futures that end with it. */
  List<CompletableFuture<Void>> ended(long sequence) {
    if (marks.isEmpty()) {
      return List.of();
    }
    List<CompletableFuture<Void>> reached = new ArrayList<>();
    for (Mark mark : marks) {
      if (sequence <= mark.lastSequence && --mark.left == 0) {
        reached.add(mark.reached);
      }
    }
    marks.removeIf(mark -> mark.left == 0);
    return reached;
  }
}
