package io.tern.state.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Delivery;
import io.tern.state.MessageId;
import io.tern.state.QueueId;
import io.tern.state.limits.QueueSettings;
import io.tern.state.model.NaiveMessage.NaivePast;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a queue does, written without regard to cost: a list that is searched. */
final class NaiveQueue {

  /** What becomes of a settlement with a receipt. */
  enum Settled {
    DONE,
    REFUSED,
    NO_SUCH_RECEIPT
  }

  /** A send that must not be repeated. */
  record Send(int key, long number, MessageId id, long atMillis) {}

  /** What a receive with an attempt id gave out. */
  record Attempt(long atMillis, long untilMillis, List<Delivery> deliveries) {}

  private static final long LONGEST_MILLIS = 12 * 3_600_000L;
  private static final long WINDOW_MILLIS = 300_000;

  final QueueId id;
  final List<NaiveMessage> messages = new ArrayList<>();
  final List<NaiveTask> tasks = new ArrayList<>();
  final Turns turns = new Turns();
  private final List<Send> sends = new ArrayList<>();
  private final Map<String, Attempt> attempts = new HashMap<>();
  QueueSettings settings;
  long lastNumber;
  private long purgedAtMillis = Long.MIN_VALUE;

  NaiveQueue(QueueId id, QueueSettings settings) {
    this.id = id;
    this.settings = settings;
  }

  /** Lets pass what time and settings let pass, and sees which groups can be served now. */
  void refresh(long now) {
    for (NaiveMessage message : messages) {
      if (message.cameMillis + settings.delayMillis() <= now) {
        message.waitsForDelay = false;
      }
    }
    if (settings.fifo()) {
      turns.refresh(this, now);
    }
  }

  /** The same send within five minutes, counted from the first. */
  Optional<Send> repeated(int key, long now) {
    return sends.stream()
        .filter(s -> s.key() == key && now - s.atMillis() < WINDOW_MILLIS)
        .findFirst();
  }

  void remember(Send send) {
    sends.add(send);
  }

  /** A new message, or one with a past. */
  NaiveMessage store(
      String group,
      long send,
      long delayMillis,
      long wall,
      long retention,
      long now,
      NaivePast past) {
    lastNumber++;
    NaiveMessage message = new NaiveMessage(lastNumber, group, send, wall, retention, now, past);
    if (settings.fifo()) {
      message.waitsForDelay = settings.delayMillis() > 0;
    } else {
      message.visibleAtMillis = now + delayMillis;
    }
    messages.add(message);
    return message;
  }

  /** The messages of the group before the first that is hidden. */
  List<NaiveMessage> prefix(String group, long now) {
    List<NaiveMessage> prefix = new ArrayList<>();
    for (NaiveMessage message : messages) {
      if (message.group.equals(group)) {
        if (message.isHidden(now)) {
          break;
        }
        prefix.add(message);
      }
    }
    return prefix;
  }

  boolean isDead(NaiveMessage message) {
    QueueSettings.Redrive redrive = settings.redrive();
    return redrive != null && message.receivesHere() >= redrive.maxReceiveCount();
  }

  @Nullable Attempt attempt(String attemptId, long now) {
    Attempt attempt = attempts.get(attemptId);
    return attempt == null || now - attempt.atMillis() >= WINDOW_MILLIS ? null : attempt;
  }

  void remember(String attemptId, Attempt attempt) {
    attempts.put(attemptId, attempt);
  }

  /** The same messages again, hidden anew; empty when one of them is no longer as it was. */
  Optional<List<Delivery>> again(String attemptId, Attempt attempt, long visibility, long now) {
    for (Delivery delivery : attempt.deliveries()) {
      Optional<NaiveMessage> found = find(delivery.number());
      if (found
          .filter(m -> m.isInFlight(now))
          .filter(m -> m.receiveCount == delivery.receiveCount())
          .filter(m -> m.visibleAtMillis == attempt.untilMillis())
          .isEmpty()) {
        return Optional.empty();
      }
    }
    for (Delivery delivery : attempt.deliveries()) {
      NaiveMessage message = find(delivery.number()).orElseThrow();
      message.visibleAtMillis = now + visibility;
      message.receivedAtMillis = now;
    }
    remember(attemptId, new Attempt(attempt.atMillis(), now + visibility, attempt.deliveries()));
    return Optional.of(attempt.deliveries());
  }

  Settled delete(long number, int receipt, long now) {
    Optional<NaiveMessage> found = find(number);
    if (noSuchReceipt(number, receipt, found)) {
      return Settled.NO_SUCH_RECEIPT;
    }
    if (found.isPresent() && isPast(found.get(), receipt, now)) {
      return Settled.REFUSED;
    }
    found.filter(m -> m.receiveCount == receipt).ifPresent(messages::remove);
    return Settled.DONE;
  }

  Settled changeVisibility(long number, int receipt, long visibilityMillis, long now) {
    Optional<NaiveMessage> found = find(number);
    if (noSuchReceipt(number, receipt, found)) {
      return Settled.NO_SUCH_RECEIPT;
    }
    if (found.isEmpty() || isPast(found.get(), receipt, now)) {
      return Settled.REFUSED;
    }
    NaiveMessage message = found.get();
    if (now + visibilityMillis - message.receivedAtMillis > LONGEST_MILLIS) {
      return Settled.REFUSED;
    }
    message.visibleAtMillis = now + visibilityMillis;
    return Settled.DONE;
  }

  /** A FIFO queue takes the newest receipt only, and only in time. */
  private boolean isPast(NaiveMessage message, int receipt, long now) {
    return settings.fifo() && (!message.isInFlight(now) || message.receiveCount != receipt);
  }

  boolean purge(long minimumIntervalMillis, long now) {
    if (purgedAtMillis != Long.MIN_VALUE && now - purgedAtMillis < minimumIntervalMillis) {
      return false;
    }
    messages.clear();
    sends.clear();
    attempts.clear();
    purgedAtMillis = now;
    return true;
  }

  /** Takes the machine's word for what expired, if none of it is too young. */
  void expire(long upTo, long retentionClock) {
    messages.stream().filter(m -> m.number <= upTo).forEach(m -> assertOld(m, retentionClock));
    messages.removeIf(message -> message.number <= upTo);
  }

  /** The same for one message that came from elsewhere and goes by its first send. */
  void expireOne(long number, long retentionClock) {
    NaiveMessage message = find(number).orElseThrow();
    assertThat(settings.fifo()).isFalse();
    assertOld(message, retentionClock);
    messages.remove(message);
  }

  private void assertOld(NaiveMessage message, long retentionClock) {
    assertThat(retentionClock - message.retentionMillis)
        .as("age of expired message %s", message.number)
        .isGreaterThan(settings.retentionMillis());
  }

  /** After a tick nothing is much older than it may be. */
  void assertNothingOverdue(long retentionClock, long longestRetentionMillis) {
    long slice = longestRetentionMillis / 2_048 + 1;
    for (NaiveMessage message : messages) {
      assertThat(retentionClock - message.retentionMillis)
          .as("age of message %s", message.number)
          .isLessThanOrEqualTo(settings.retentionMillis() + 2 * slice);
    }
  }

  boolean isExpired(NaiveMessage message, long retentionClock) {
    return retentionClock - message.retentionMillis > settings.retentionMillis();
  }

  long visible(long now) {
    return messages.size() - inFlight(now) - delayed(now);
  }

  long inFlight(long now) {
    return messages.stream().filter(m -> m.isInFlight(now)).count();
  }

  long delayed(long now) {
    return messages.stream().filter(m -> m.isDelayed(now)).count();
  }

  Optional<NaiveMessage> find(long number) {
    return messages.stream().filter(m -> m.number == number).findFirst();
  }

  private boolean noSuchReceipt(long number, int receipt, Optional<NaiveMessage> found) {
    return number < 1
        || number > lastNumber
        || receipt < 1
        || found.filter(m -> receipt > m.receiveCount || receipt <= m.past).isPresent();
  }
}
