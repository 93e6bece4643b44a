package io.tern.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.AppliedEntry;
import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.Change.InboxAdvanced;
import io.tern.state.Change.QueueRemoved;
import io.tern.state.Command;
import io.tern.state.Delivery;
import io.tern.state.Entry;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The log as it was answered, entry by entry, judged by what the service promises and not by how
 * the machines do it.
 */
final class History {

  /** A message as the promises see it. */
  static final class Message {
    final Bytes content;
    final long sentMillis;
    long hiddenUntilMillis;
    int receipts;
    boolean gone;

    Message(Bytes content, long sentMillis, long hiddenUntilMillis) {
      this.content = content;
      this.sentMillis = sentMillis;
      this.hiddenUntilMillis = hiddenUntilMillis;
    }
  }

  private final Map<PartitionId, Long> clocks = new HashMap<>();
  private final Map<PartitionId, Long> taken = new HashMap<>();
  private final Map<QueueId, TreeMap<Long, Message>> queues = new HashMap<>();
  private final Map<QueueId, Long> retentions = new HashMap<>();
  private final Set<QueueId> defined = new HashSet<>();
  private final Set<QueueId> undefined = new HashSet<>();

  void applied(PartitionId partition, Entry entry, AppliedEntry applied) {
    long now = Math.max(clocks.getOrDefault(partition, 0L), entry.time().queueMillis());
    clocks.put(partition, now);
    for (Change change : applied.changes()) {
      fact(change, now);
    }
    Iterator<Change> removals =
        applied.changes().stream()
            .filter(c -> c instanceof QueueRemoved || c instanceof InboxAdvanced)
            .iterator();
    for (int i = 0; i < entry.commands().size(); i++) {
      Reply reply = applied.replies().get(i);
      if (reply instanceof Reply.DeliveriesTaken delivered) {
        delivered(partition, delivered, removals);
      } else {
        answered(entry.commands().get(i), reply, now);
      }
    }
  }

  /** Queues removed by a delivery; those are its facts up to the one that its inbox advanced. */
  private void delivered(
      PartitionId partition, Reply.DeliveriesTaken delivered, Iterator<Change> removals) {
    if (delivered.upTo() <= taken.getOrDefault(partition, 0L)) {
      return;
    }
    taken.put(partition, delivered.upTo());
    while (removals.hasNext() && removals.next() instanceof QueueRemoved removed) {
      assertThat(undefined).as("queue removed that nobody deleted").contains(removed.queue());
      messages(removed.queue()).values().forEach(message -> message.gone = true);
    }
  }

  /** The facts a checker cannot know from answers: definitions, expiry. */
  private void fact(Change change, long now) {
    switch (change) {
      case Change.QueueDefined c -> {
        defined.add(c.definition().queue());
        String retention = c.definition().attributes().get("MessageRetentionPeriod");
        retentions.put(
            c.definition().queue(),
            retention == null ? 345_600_000L : 1_000 * Long.parseLong(retention));
      }
      case Change.QueueUndefined c -> undefined.add(c.queue());
      case Change.MessagesExpired c ->
          messages(c.queue())
              .headMap(c.upTo(), true)
              .values()
              .forEach(message -> {
                assertThat(message.gone || mayExpire(c.queue(), message, now))
                    .as("message of %s lost before its retention period", c.queue())
                    .isTrue();
                message.gone = true;
              });
      default -> {}
    }
  }

  private void answered(Command command, Reply reply, long now) {
    switch (reply) {
      case Reply.MessageAccepted accepted -> accepted((Command.SendMessage) command, accepted, now);
      case Reply.MessagesReceived received ->
          received((Command.ReceiveMessages) command, received.deliveries(), now);
      case Reply.Done _ -> done(command, now);
      default -> {}
    }
  }

  private void accepted(Command.SendMessage send, Reply.MessageAccepted accepted, long now) {
    assertThat(defined).as("message taken for a queue nobody created").contains(send.queue());
    Message before =
        messages(send.queue())
            .put(
                accepted.number(),
                new Message(send.content(), now, now + Math.max(0, send.delayMillis())));
    assertThat(before).as("message number used twice").isNull();
  }

  private void received(Command.ReceiveMessages receive, List<Delivery> deliveries, long now) {
    long findable =
        messages(receive.queue()).values().stream()
            .filter(m -> !m.gone && m.hiddenUntilMillis <= now)
            .count();
    assertThat((long) deliveries.size())
        .as("messages found in %s of %s", receive.queue(), findable)
        .isEqualTo(Math.min(findable, receive.maxMessages()));
    for (Delivery delivery : deliveries) {
      Message message = messages(receive.queue()).get(delivery.number());
      assertThat(message).as("message invented: %s", delivery).isNotNull();
      if (message != null) {
        assertThat(message.gone).as("message came back: %s", delivery).isFalse();
        assertThat(now)
            .as("leases overlap: %s", delivery)
            .isGreaterThanOrEqualTo(message.hiddenUntilMillis);
        message.receipts++;
        assertThat(delivery.receiveCount()).as("receipt used twice").isEqualTo(message.receipts);
        message.hiddenUntilMillis = now + receive.visibilityMillis();
      }
    }
  }

  private void done(Command command, long now) {
    switch (command) {
      case Command.DeleteMessage c -> {
        Message message = messages(c.queue()).get(c.number());
        if (message != null && message.receipts == c.receiveCount()) {
          message.gone = true;
        }
      }
      case Command.ChangeVisibility c -> {
        Message message = messages(c.queue()).get(c.number());
        if (message != null && !message.gone) {
          message.hiddenUntilMillis = now + c.visibilityMillis();
        }
      }
      case Command.PurgeQueue c ->
          messages(c.queue()).values().forEach(message -> message.gone = true);
      default -> {}
    }
  }

  /** By queue time, which the retention clock follows to 500 millionths. */
  private boolean mayExpire(QueueId queue, Message message, long now) {
    long age = now - message.sentMillis;
    return age + age / 2_000 + 2 > retentions.getOrDefault(queue, 0L);
  }

  /** What a sender was told must be in the log just so. */
  void assertAccepted(QueueId queue, long number, Bytes content) {
    Message message = messages(queue).get(number);
    assertThat(message).as("acknowledged message is not in the log").isNotNull();
    if (message != null) {
      assertThat(message.content).isEqualTo(content);
    }
  }

  boolean isDefined(QueueId queue) {
    return defined.contains(queue) && !undefined.contains(queue);
  }

  boolean wasDefined(QueueId queue) {
    return defined.contains(queue);
  }

  List<QueueId> queuesDefined() {
    return defined.stream().filter(this::isDefined).sorted().toList();
  }

  /** The messages that must still be there, by number. */
  List<Message> alive(QueueId queue) {
    return new ArrayList<>(
        messages(queue).values().stream().filter(message -> !message.gone).toList());
  }

  long clock(PartitionId partition) {
    return clocks.getOrDefault(partition, 0L);
  }

  private NavigableMap<Long, Message> messages(QueueId queue) {
    return queues.computeIfAbsent(queue, _ -> new TreeMap<>());
  }

  /** Nobody has received this message yet and its delay goes on. */
  static boolean isDelayed(Message message, long now) {
    return message.hiddenUntilMillis > now && message.receipts == 0;
  }
}
