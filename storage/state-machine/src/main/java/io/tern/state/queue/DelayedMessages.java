package io.tern.state.queue;

import io.tern.state.queue.QueueImage.DelayedMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest messages of one FIFO queue, while they are delayed. All have the queue's delay, so the
 * order of their numbers is that of their times.
 */
final class DelayedMessages {
  private final ArrayDeque<Delayed> messages = new ArrayDeque<>();

  private record Delayed(long number, long sentAtMillis, MessageGroup group) {}

  void add(long number, long sentAtMillis, MessageGroup group) {
    messages.add(new Delayed(number, sentAtMillis, group));
  }

  int size() {
    return messages.size();
  }

  /** The lowest number, or {@link Long#MAX_VALUE}. */
  long firstNumber() {
    Delayed first = messages.peek();
    return first == null ? Long.MAX_VALUE : first.number();
  }

  /** Queue time when the next message becomes visible, or {@link TimeHeap#NEVER}. */
  long nextVisibleAtMillis(long delayMillis) {
    Delayed first = messages.peek();
    return first == null ? TimeHeap.NEVER : first.sentAtMillis() + delayMillis;
  }

  /** Takes out one message that is visible by now and says of which group it is, or null. */
  @Nullable MessageGroup pollDue(long nowMillis, long delayMillis) {
    Delayed first = messages.peek();
    if (first == null || first.sentAtMillis() + delayMillis > nowMillis) {
      return null;
    }
    messages.remove();
    return first.group();
  }

  void removeUpTo(long number) {
    while (firstNumber() <= number) {
      messages.remove();
    }
  }

  List<DelayedMessage> image() {
    List<DelayedMessage> image = new ArrayList<>(messages.size());
    for (Delayed message : messages) {
      image.add(new DelayedMessage(message.number(), message.sentAtMillis()));
    }
    return image;
  }
}
