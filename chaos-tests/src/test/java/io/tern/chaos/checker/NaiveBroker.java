package io.tern.chaos.checker;

import io.tern.chaos.history.Delivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A broker in memory that keeps every promise, as plainly as possible; {@link RandomHistory} asks
 * it what a right answer would be. Times are milliseconds of its caller.
 */
final class NaiveBroker {
  static final int VISIBILITY_MILLIS = 1_000 * HistoryScript.VISIBILITY;
  static final int MAX_RECEIVES = 3;
  private static final int WINDOW_MILLIS = 300_000;

  /** Where the message is and how often it was received. */
  private static final class Message {
    private final String id;
    private final String body;
    private final @Nullable String group;
    private String queue;
    private int number;
    private int count;
    private long visibleAt;

    Message(String id, String body, @Nullable String group, String queue) {
      this.id = id;
      this.body = body;
      this.group = group;
      this.queue = queue;
    }
  }

  /** What a sender is told, and when the message was stored. */
  record Told(String id, int number, long at) {}

  private final List<Message> messages = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, Told> remembered = new HashMap<>();
  private int ids;

  /**
   * @param key what makes repetitions one message, for five minutes; null for a standard queue
   */
  Told send(
      String queue, String body, @Nullable String group, @Nullable String key, long visibleAt) {
    Told before = key == null ? null : remembered.get(queue + key);
    if (before != null && visibleAt - before.at() < WINDOW_MILLIS) {
      return before;
    }
    Message message = new Message("id" + ++ids, body, group, queue);
    message.visibleAt = visibleAt;
    arrive(message, queue);
    Told told = new Told(message.id, message.number, visibleAt);
    if (key != null) {
      remembered.put(queue + key, told);
    }
    return told;
  }

  String newId() {
    return "id" + ++ids;
  }

  private void arrive(Message message, String queue) {
    message.queue = queue;
    message.number = numbers.merge(queue, 1, Integer::sum);
    messages.add(message);
  }

  /**
   * @param deadLetterQueue null when the queue has none
   */
  List<Delivery> receive(String queue, @Nullable String deadLetterQueue, int max, long now) {
    List<Delivery> deliveries = new ArrayList<>();
    Set<String> locked = new HashSet<>();
    for (Message message : List.copyOf(messages)) {
      if (!message.queue.equals(queue) || deliveries.size() == max) {
        continue;
      }
      if (message.visibleAt > now || (message.group != null && locked.contains(message.group))) {
        if (message.group != null) {
          locked.add(message.group);
        }
      } else if (deadLetterQueue != null && message.count >= MAX_RECEIVES) {
        messages.remove(message);
        arrive(message, deadLetterQueue);
      } else {
        message.count++;
        message.visibleAt = now + VISIBILITY_MILLIS;
        deliveries.add(delivery(message));
      }
    }
    return deliveries;
  }

  private static Delivery delivery(Message message) {
    return message.group == null
        ? HistoryScript.delivery(message.id, message.body, message.count)
        : HistoryScript.delivery(
            message.id, message.body, message.count, message.group, message.number);
  }

  /** False when the receipt is worth nothing any more. */
  boolean delete(Delivery by, long now) {
    Message message = newest(by);
    boolean refused = message != null && message.group != null && message.visibleAt <= now;
    if (message != null && !refused) {
      messages.remove(message);
    }
    return !refused;
  }

  boolean change(Delivery by, int seconds, long now) {
    Message message = newest(by);
    if (message == null || message.visibleAt <= now) {
      return false;
    }
    message.visibleAt = now + 1_000L * seconds;
    return true;
  }

  private @Nullable Message newest(Delivery by) {
    return messages.stream()
        .filter(m -> m.id.equals(by.messageId()) && m.count == by.receiveCount())
        .findFirst()
        .orElse(null);
  }

  void purge(String queue) {
    messages.removeIf(message -> message.queue.equals(queue));
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }
}
