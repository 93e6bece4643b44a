package io.tern.node.delivery;

import io.tern.state.limits.DeliveryLimits;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Keeps questions to one endpoint apart, so that nobody is flooded by being subscribed again and
 * again: a few go at once, then one in a while. {@link Confirmations} asks it.
 */
final class QuestionPace {
  private final long intervalMillis;
  private final long leadMillis;

  /** When all questions so far would have been sent, had none gone at once. */
  private final Map<UUID, Long> endMillis = new HashMap<>();

  /**
   * @param atOnce questions that need not wait
   * @param intervalMillis between those that follow
   */
  QuestionPace(int atOnce, long intervalMillis) {
    this.intervalMillis = intervalMillis;
    this.leadMillis = (atOnce - 1) * intervalMillis;
  }

  static QuestionPace ofMail() {
    return new QuestionPace(
        DeliveryLimits.QUESTIONS_AT_ONCE, DeliveryLimits.QUESTION_INTERVAL_MILLIS);
  }

  static QuestionPace ofWeb() {
    return new QuestionPace(
        DeliveryLimits.WEB_QUESTIONS_AT_ONCE, DeliveryLimits.WEB_QUESTION_INTERVAL_MILLIS);
  }

  /**
   * How long the next question has to wait; empty when it is not to be sent.
   *
   * @param nowMillis of a clock that never goes back
   */
  synchronized OptionalLong delayMillis(String endpoint, long nowMillis) {
    UUID receiver = receiver(endpoint);
    Long known = endMillis.get(receiver);
    if (known == null && !hasRoom(nowMillis)) {
      return OptionalLong.empty();
    }
    long fromMillis = known == null ? nowMillis : Math.max(known, nowMillis);
    long delayMillis = Math.max(0, fromMillis - nowMillis - leadMillis);
    if (delayMillis > DeliveryLimits.QUESTION_WAIT_MILLIS) {
      return OptionalLong.empty();
    }
    endMillis.put(receiver, fromMillis + intervalMillis);
    return OptionalLong.of(delayMillis);
  }

  /** Endpoints that it remembers. */
  synchronized int size() {
    return endMillis.size();
  }

  private boolean hasRoom(long nowMillis) {
    if (endMillis.size() >= DeliveryLimits.QUESTIONED_ENDPOINTS) {
      endMillis.values().removeIf(end -> end <= nowMillis);
    }
    return endMillis.size() < DeliveryLimits.QUESTIONED_ENDPOINTS;
  }

  /**
   * Who gets it, in few bytes however long the endpoint is. Mail servers put a+anything@b into the
   * same box, whatever the case.
   */
  private static UUID receiver(String endpoint) {
    String lower = endpoint.toLowerCase(Locale.ROOT);
    int at = lower.lastIndexOf('@');
    int tag = lower.indexOf('+');
    boolean isTagged = !lower.contains("://") && tag > 0 && tag < at;
    String box = isTagged ? lower.substring(0, tag) + lower.substring(at) : lower;
    return UUID.nameUUIDFromBytes(box.getBytes(StandardCharsets.UTF_8));
  }
}
