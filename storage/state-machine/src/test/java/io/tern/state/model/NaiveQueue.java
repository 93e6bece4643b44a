package io.tern.state.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Delivery;
import io.tern.state.limits.QueueSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a standard queue does, written without regard to cost: a list that is searched. */
final class NaiveQueue {

  /** A message with all there is to know of it. */
  static final class Message {
    final long number;
    final long sentMillis;
    long visibleAtMillis;
    int receiveCount;
    long receivedAtMillis;
    long firstReceivedMillis;

    Message(long number, long sentMillis, long visibleAtMillis) {
      this.number = number;
      this.sentMillis = sentMillis;
      this.visibleAtMillis = visibleAtMillis;
    }
  }

  /** What becomes of a settlement with a receipt. */
  enum Settled {
    DONE,
    GONE,
    TOO_LONG,
    NO_SUCH_RECEIPT
  }

  private static final long LONGEST_MILLIS = 12 * 3_600_000L;

  final List<Message> messages = new ArrayList<>();
  QueueSettings settings;
  long lastNumber;
  long purgedAtMillis = Long.MIN_VALUE;

  NaiveQueue(QueueSettings settings) {
    this.settings = settings;
  }

  long send(long delayMillis, long now, long retentionClock) {
    long delay = delayMillis < 0 ? settings.delayMillis() : delayMillis;
    lastNumber++;
    messages.add(new Message(lastNumber, retentionClock, now + delay));
    return lastNumber;
  }

  List<Delivery> receive(int max, long visibilityMillis, long now, long wall) {
    long visibility = visibilityMillis < 0 ? settings.visibilityMillis() : visibilityMillis;
    List<Delivery> deliveries = new ArrayList<>();
    for (Message message : messages) {
      if (deliveries.size() < max && message.visibleAtMillis <= now) {
        message.receiveCount++;
        message.visibleAtMillis = now + visibility;
        message.receivedAtMillis = now;
        if (message.receiveCount == 1) {
          message.firstReceivedMillis = wall;
        }
        deliveries.add(
            new Delivery(message.number, message.receiveCount, message.firstReceivedMillis));
      }
    }
    return deliveries;
  }

  Settled delete(long number, int receipt) {
    Optional<Message> found = find(number);
    if (noSuchReceipt(number, receipt, found)) {
      return Settled.NO_SUCH_RECEIPT;
    }
    found.filter(m -> m.receiveCount == receipt).ifPresent(messages::remove);
    return Settled.DONE;
  }

  Settled changeVisibility(long number, int receipt, long visibilityMillis, long now) {
    Optional<Message> found = find(number);
    if (noSuchReceipt(number, receipt, found)) {
      return Settled.NO_SUCH_RECEIPT;
    }
    if (found.isEmpty()) {
      return Settled.GONE;
    }
    Message message = found.get();
    if (now + visibilityMillis - message.receivedAtMillis > LONGEST_MILLIS) {
      return Settled.TOO_LONG;
    }
    message.visibleAtMillis = now + visibilityMillis;
    return Settled.DONE;
  }

  boolean purge(long minimumIntervalMillis, long now) {
    if (purgedAtMillis != Long.MIN_VALUE && now - purgedAtMillis < minimumIntervalMillis) {
      return false;
    }
    messages.clear();
    purgedAtMillis = now;
    return true;
  }

  /** Takes the machine's word for what expired, if none of it is too young. */
  void expire(long upTo, long retentionClock) {
    for (Message message : messages) {
      if (message.number <= upTo) {
        assertThat(retentionClock - message.sentMillis)
            .as("age of expired message %s", message.number)
            .isGreaterThan(settings.retentionMillis());
      }
    }
    messages.removeIf(message -> message.number <= upTo);
  }

  /** After a tick nothing is much older than it may be. */
  void assertNothingOverdue(long retentionClock, long longestRetentionMillis) {
    long slice = longestRetentionMillis / 2_048 + 1;
    for (Message message : messages) {
      assertThat(retentionClock - message.sentMillis)
          .isLessThanOrEqualTo(settings.retentionMillis() + 2 * slice);
    }
  }

  long visible(long now) {
    return messages.stream().filter(m -> m.visibleAtMillis <= now).count();
  }

  long inFlight(long now) {
    return messages.stream().filter(m -> m.visibleAtMillis > now && m.receiveCount > 0).count();
  }

  long delayed(long now) {
    return messages.stream().filter(m -> m.visibleAtMillis > now && m.receiveCount == 0).count();
  }

  private Optional<Message> find(long number) {
    return messages.stream().filter(m -> m.number == number).findFirst();
  }

  private boolean noSuchReceipt(long number, int receipt, Optional<Message> found) {
    return number < 1
        || number > lastNumber
        || receipt < 1
        || found.filter(m -> receipt > m.receiveCount).isPresent();
  }
}
