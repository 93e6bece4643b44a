package io.tern.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.Decision;
import io.tern.state.Delivery;
import io.tern.state.Entry;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.TopicChange;
import io.tern.state.TopicCommand;
import io.tern.state.crossing.TopicCrossing.FanOut;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.Deduplication;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The log as it was answered, entry by entry, judged by what the service promises and not by how
 * the machines do it.
 */
final class History implements Judge {
  private static final long WINDOW_MILLIS = 300_000;

  /** A queue as the promises see it. */
  private static final class Queue {
    final TreeMap<Long, Tracked> messages = new TreeMap<>();
    final Map<Long, Bytes> accepted = new HashMap<>();
    final Map<Long, FirstSend> sends = new HashMap<>();
    final Map<String, Attempt> attempts = new HashMap<>();
    long lastNumber;
  }

  private record FirstSend(long number, long atMillis) {}

  private record Attempt(List<Delivery> deliveries, long atMillis) {}

  private final Map<PartitionId, Long> clocks = new HashMap<>();
  private final Map<QueueId, Queue> queues = new HashMap<>();
  private final Map<QueueId, QueueSettings> settings = new HashMap<>();
  private final Map<QueueId, Long> retentions = new HashMap<>();
  private final Set<QueueId> defined = new HashSet<>();
  private final Set<QueueId> undefined = new HashSet<>();
  private final Set<QueueId> removed = new HashSet<>();
  private final List<Tracked> all = new ArrayList<>();
  private final PublishedBodies bodies = new PublishedBodies();
  private final Moves moves = new Moves(this);

  @Override
  public void applied(PartitionId partition, Entry entry, List<Decision> decisions) {
    long now = Math.max(clocks.getOrDefault(partition, 0L), entry.time().queueMillis());
    clocks.put(partition, now);
    for (int i = 0; i < decisions.size(); i++) {
      judge(partition, entry, entry.commands().get(i), decisions.get(i), now);
    }
  }

  private void judge(
      PartitionId partition, Entry entry, Command command, Decision decision, long now) {
    switch (command) {
      case Command.SendMessage c -> sent(c, decision, now);
      case Command.ReceiveMessages c -> received(partition, c, decision, now);
      case Command.DeleteMessage c -> deleted(c, decision.reply(), now);
      case Command.ChangeVisibility c -> changed(c, decision.reply(), now);
      case Command.PurgeQueue c -> purged(c, decision.reply());
      case Command.AcceptDeliveries c -> {
        if (!partition.isCatalogue()) {
          moves.delivered(partition, c, decision, now, entry.time().wallMillis());
        }
      }
      case Command.AdvanceMoveTask _, Command.Tick _ -> facts(partition, decision, now);
      case Command.CatalogueCommand _ -> definitions(decision);
      case TopicCommand _, Command.AdvanceLogic _ -> facts(partition, decision, now);
      case Command.StartMoveTask _, Command.CancelMoveTask _, Command.SettleOutbox _ -> {}
    }
  }

  private void definitions(Decision decision) {
    for (Change change : decision.changes()) {
      if (change instanceof Change.QueueDefined c) {
        QueueId queue = c.definition().queue();
        defined.add(queue);
        String retention = c.definition().attributes().get("MessageRetentionPeriod");
        retentions.put(queue, retention == null ? 345_600_000L : 1_000 * Long.parseLong(retention));
      } else if (change instanceof Change.QueueUndefined c) {
        undefined.add(c.queue());
      }
    }
  }

  /** What a checker cannot know from answers: what expired, and what left for another queue. */
  private void facts(PartitionId partition, Decision decision, long now) {
    for (Change change : decision.changes()) {
      switch (change) {
        case Change.MessagesExpired c ->
            List.copyOf(queue(c.queue()).messages.headMap(c.upTo(), true).values())
                .forEach(message -> expire(message, now));
        case Change.MessageRemoved c -> expire(message(c.queue(), c.number()), now);
        case Change.MessageParked c -> moves.parked(partition, c, now);
        default -> published(partition, change, now);
      }
    }
  }

  /** Whether the fact is about a published message; it comes into a queue like any other. */
  boolean published(PartitionId partition, Change change, long now) {
    switch (change) {
      case TopicChange.BodyStored c -> bodies.stored(partition, c);
      case TopicChange.NotificationStored c -> {
        assertThat(defined).as("message published to a queue nobody created").contains(c.queue());
        Bytes content = bodies.of(partition, c.notification());
        Tracked message = new Tracked(content, c.queue(), c.number(), c.group(), now);
        message.hiddenUntilMillis = Math.max(now, c.visibleAtMillis());
        all.add(message);
        come(message, c.queue(), c.number());
      }
      case Change.DeduplicationRemembered _ -> {}
      default -> {
        return change instanceof Change.OutboxAppended c && c.crossing() instanceof FanOut;
      }
    }
    return true;
  }

  private void expire(Tracked message, long now) {
    assertThat(mayExpire(message, now))
        .as("message of %s lost before its retention period", message.queue)
        .isTrue();
    end(message);
  }

  private void sent(Command.SendMessage send, Decision decision, long now) {
    Queue queue = queue(send.queue());
    Deduplication key = send.deduplication();
    FirstSend first = key == null ? null : queue.sends.get(key.keyLow());
    boolean repeats = first != null && now - first.atMillis() < WINDOW_MILLIS;
    if (decision.reply() instanceof Reply.MessageRepeated repeated) {
      assertThat(repeats).as("a send taken for a repetition").isTrue();
      assertThat(first == null ? 0 : first.number()).isEqualTo(repeated.number());
    } else if (decision.reply() instanceof Reply.MessageAccepted accepted) {
      assertThat(repeats).as("the same send stored twice within its window").isFalse();
      assertThat(defined).as("message taken for a queue nobody created").contains(send.queue());
      Tracked message =
          new Tracked(send.content(), send.queue(), accepted.number(), send.group(), now);
      message.hiddenUntilMillis = key == null ? now + Math.max(0, send.delayMillis()) : now;
      all.add(message);
      queue.accepted.put(accepted.number(), send.content());
      come(message, send.queue(), accepted.number());
      if (key != null) {
        queue.sends.put(key.keyLow(), new FirstSend(accepted.number(), now));
      }
    }
  }

  private void received(
      PartitionId partition, Command.ReceiveMessages receive, Decision decision, long now) {
    if (!(decision.reply() instanceof Reply.MessagesReceived received)) {
      return;
    }
    Queue queue = queue(receive.queue());
    List<Delivery> deliveries = received.deliveries();
    Attempt attempt = queue.attempts.get(receive.attemptId());
    if (attempt != null && now - attempt.atMillis() < WINDOW_MILLIS) {
      assertThat(deliveries).as("the same attempt, other messages").isEqualTo(attempt.deliveries());
      for (Delivery delivery : deliveries) {
        Tracked message = given(receive.queue(), delivery);
        assertThat(message.isHidden(now)).as("an attempt that is over was repeated").isTrue();
        assertThat(message.receipts).isEqualTo(delivery.receiveCount());
        message.hiddenUntilMillis = now + receive.visibilityMillis();
      }
      return;
    }
    facts(partition, decision, now);
    long findable = isFifo(receive.queue()) ? inTurn(queue, now) : visible(queue, now);
    assertThat((long) deliveries.size())
        .as("messages found in %s of %s", receive.queue(), findable)
        .isEqualTo(Math.min(findable, receive.maxMessages()));
    Set<Tracked> together = new HashSet<>();
    for (Delivery delivery : deliveries) {
      Tracked message = given(receive.queue(), delivery);
      assertThat(now)
          .as("leases overlap: %s", delivery)
          .isGreaterThanOrEqualTo(message.hiddenUntilMillis);
      if (isFifo(receive.queue())) {
        assertInOrder(queue, message, together);
      }
      together.add(message);
      message.receipts++;
      assertThat(delivery.receiveCount()).as("receipt used twice").isEqualTo(message.receipts);
      message.hiddenUntilMillis = now + receive.visibilityMillis();
    }
    if (!receive.attemptId().isEmpty() && !deliveries.isEmpty()) {
      queue.attempts.put(receive.attemptId(), new Attempt(deliveries, now));
    }
  }

  private Tracked given(QueueId queue, Delivery delivery) {
    Tracked message = queue(queue).messages.get(delivery.number());
    if (message == null) {
      throw new AssertionError(
          (delivery.number() <= queue(queue).lastNumber ? "message came back: " : "invented: ")
              + delivery);
    }
    return message;
  }

  /** Nothing of its group before it is still there, unless this receive has that too. */
  private static void assertInOrder(Queue queue, Tracked message, Set<Tracked> together) {
    for (Tracked earlier : queue.messages.headMap(message.number).values()) {
      if (earlier.group.equals(message.group)) {
        assertThat(together)
            .as("given out before an earlier message of its group")
            .contains(earlier);
      }
    }
  }

  private long visible(Queue queue, long now) {
    return queue.messages.values().stream().filter(m -> !m.isHidden(now) && !isDead(m)).count();
  }

  /** In a FIFO queue only what comes before the first hidden message of its group. */
  private long inTurn(Queue queue, long now) {
    Set<String> locked = new HashSet<>();
    long count = 0;
    for (Tracked message : queue.messages.values()) {
      if (message.isHidden(now)) {
        locked.add(message.group);
      } else if (!locked.contains(message.group) && !isDead(message)) {
        count++;
      }
    }
    return count;
  }

  private boolean isDead(Tracked message) {
    return message.receipts - message.past >= maxReceives(message.queue);
  }

  private void deleted(Command.DeleteMessage c, Reply reply, long now) {
    Tracked message = queue(c.queue()).messages.get(c.number());
    if (reply instanceof Reply.Done && message != null && message.receipts == c.receiveCount()) {
      assertThat(!isFifo(c.queue()) || message.isHidden(now)).as("deleted too late").isTrue();
      end(message);
    }
  }

  private void changed(Command.ChangeVisibility c, Reply reply, long now) {
    Tracked message = queue(c.queue()).messages.get(c.number());
    if (reply instanceof Reply.Done && message != null) {
      assertThat(!isFifo(c.queue()) || message.isHidden(now)).as("changed too late").isTrue();
      message.hiddenUntilMillis = now + c.visibilityMillis();
    }
  }

  private void purged(Command.PurgeQueue c, Reply reply) {
    if (reply instanceof Reply.Done) {
      Queue queue = queue(c.queue());
      List.copyOf(queue.messages.values()).forEach(this::end);
      queue.sends.clear();
      queue.attempts.clear();
    }
  }

  /** By queue time, which the retention clock follows to 500 millionths. */
  private boolean mayExpire(Tracked message, long now) {
    long here = now - message.cameMillis;
    return message.ageMillis + here + here / 2_000 + 2 > retentions.getOrDefault(message.queue, 0L);
  }

  void installed(Change.QueueInstalled install) {
    settings.put(install.queue(), install.settings());
  }

  void removed(QueueId queue) {
    assertThat(undefined).as("queue removed that nobody deleted").contains(queue);
    removed.add(queue);
    List.copyOf(queue(queue).messages.values()).forEach(this::end);
  }

  boolean wasAnyUndefined() {
    return !undefined.isEmpty();
  }

  boolean wasUndefined(QueueId queue) {
    return undefined.contains(queue);
  }

  boolean wasRemoved(QueueId queue) {
    return removed.contains(queue);
  }

  boolean isInstalled(QueueId queue) {
    return settings.containsKey(queue) && !removed.contains(queue);
  }

  boolean isFifo(QueueId queue) {
    QueueSettings known = settings.get(queue);
    return known != null && known.fifo();
  }

  int maxReceives(QueueId queue) {
    QueueSettings known = settings.get(queue);
    return known == null || known.redrive() == null
        ? Integer.MAX_VALUE
        : known.redrive().maxReceiveCount();
  }

  Tracked message(QueueId queue, long number) {
    Tracked message = queue(queue).messages.get(number);
    if (message == null) {
      throw new AssertionError("A message came back, or never was: " + queue + " " + number);
    }
    return message;
  }

  void leave(Tracked message) {
    queue(message.queue).messages.remove(message.number);
  }

  private void end(Tracked message) {
    leave(message);
    message.gone = true;
  }

  /** A message comes from another queue. */
  void arrive(Tracked message, QueueId queue, long number, long now, long ageMillis) {
    message.past = message.receipts;
    message.cameMillis = now;
    message.ageMillis = ageMillis;
    message.hiddenUntilMillis = now;
    come(message, queue, number);
  }

  private void come(Tracked message, QueueId id, long number) {
    Queue queue = queue(id);
    assertThat(number).as("message number used twice").isEqualTo(queue.lastNumber + 1);
    queue.lastNumber = number;
    message.queue = id;
    message.number = number;
    queue.messages.put(number, message);
  }

  /** What a sender was told must be in the log just so. */
  void assertAccepted(QueueId queue, long number, Bytes content) {
    assertThat(queue(queue).accepted.get(number))
        .as("acknowledged message is not in the log")
        .isEqualTo(content);
  }

  /** When all is quiet: each message is in one queue, or at its end. */
  void assertEachInOnePlace() {
    assertThat(moves.underway()).as("messages that never arrived").isZero();
    for (Tracked message : all) {
      boolean held = queue(message.queue).messages.get(message.number) == message;
      assertThat(held).as("a message in no place, or in two").isNotEqualTo(message.gone);
      assertThat(message.underway).isFalse();
    }
  }

  /** How many messages left a queue for another. */
  int moved() {
    return moves.moved();
  }

  boolean wasDefined(QueueId queue) {
    return defined.contains(queue);
  }

  List<QueueId> queuesDefined() {
    return defined.stream().filter(queue -> !undefined.contains(queue)).sorted().toList();
  }

  /** The messages that must still be there, by number. */
  List<Tracked> alive(QueueId queue) {
    return new ArrayList<>(messages(queue).values());
  }

  long clock(PartitionId partition) {
    return clocks.getOrDefault(partition, 0L);
  }

  private NavigableMap<Long, Tracked> messages(QueueId queue) {
    return queue(queue).messages;
  }

  private Queue queue(QueueId queue) {
    return queues.computeIfAbsent(queue, _ -> new Queue());
  }
}
