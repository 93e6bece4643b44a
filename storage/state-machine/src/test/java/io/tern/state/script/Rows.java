package io.tern.state.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.TopicChange;
import io.tern.state.TopicId;
import io.tern.state.crossing.Crossing;
import io.tern.state.queue.QueueGauge;
import io.tern.state.topic.Notification;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows that a disk would hold of one partition; {@link Machines} lets them follow changes. */
final class Rows {

  /** What is stored of a message. */
  record Row(
      long sentMillis,
      String group,
      @Nullable QueueName deadLetterSource,
      Bytes content,
      @Nullable Notification notification) {

    Row(long sentMillis, String group, @Nullable QueueName deadLetterSource, Bytes content) {
      this(sentMillis, group, deadLetterSource, content, null);
    }
  }

  private final Map<QueueId, TreeMap<Long, Row>> messages = new HashMap<>();
  private final Map<PartitionId, TreeMap<Long, Row>> outboxes = new HashMap<>();

  private final Map<TopicId, TreeMap<Long, Bytes>> bodies = new HashMap<>();

  void follow(Change change) {
    switch (change) {
      case Change.MessageStored c ->
          of(c.queue()).put(c.number(), new Row(c.sentMillis(), c.group(), null, c.content()));
      case Change.MessageArrived c ->
          of(c.queue())
              .put(
                  c.number(),
                  new Row(c.sentMillis(), c.group(), c.arrival().deadLetterSource(), c.content()));
      case Change.MessageParked c ->
          outbox(c.destination()).put(c.outboxNumber(), alone(taken(c.queue(), c.number())));
      case TopicChange.BodyStored c ->
          bodies.computeIfAbsent(c.topic(), _ -> new TreeMap<>()).put(c.number(), c.content());
      case TopicChange.BodiesForgotten c ->
          bodies.getOrDefault(c.topic(), new TreeMap<>()).headMap(c.upTo(), true).clear();
      case TopicChange.NotificationStored c ->
          of(c.queue())
              .put(
                  c.number(),
                  whole(new Row(c.sentMillis(), c.group(), null, Bytes.EMPTY, c.notification())));
      case Change.OutboxAppended(
              PartitionId to,
              long number,
              Crossing.MovedMessage(
                  Crossing.ParkedMessage parked,
                  long sentMillis,
                  String group,
                  Bytes content)) ->
          outbox(to)
              .put(
                  number, new Row(sentMillis, group, parked.arrival().deadLetterSource(), content));
      case Change.OutboxSettled c -> outbox(c.destination()).headMap(c.upTo() + 1).clear();
      case Change.MessageRemoved c -> taken(c.queue(), c.number());
      case Change.MessagesExpired c -> of(c.queue()).headMap(c.upTo() + 1).clear();
      case Change.QueuePurged c -> of(c.queue()).headMap(c.upTo() + 1).clear();
      case Change.QueueRemoved c -> messages.remove(c.queue());
      default -> {}
    }
  }

  /** The body that is kept, or null. */
  @Nullable Bytes body(TopicId topic, long number) {
    return bodies.getOrDefault(topic, new TreeMap<>()).get(number);
  }

  /** No notification refers to a body that is gone. */
  void assertHasBodies() {
    for (Map<Long, Row> rows : messages.values()) {
      rows.values().forEach(this::whole);
    }
  }

  /** The row with the body that it refers to. */
  private Row whole(Row row) {
    Notification refers = row.notification();
    return refers == null
        ? row
        : new Row(
            row.sentMillis(),
            row.group(),
            row.deadLetterSource(),
            Objects.requireNonNull(body(refers.topic(), refers.body()), "a body of " + refers),
            refers);
  }

  /** A message that waits in an outbox has its body with it. */
  private Row alone(Row row) {
    Row whole = whole(row);
    return new Row(whole.sentMillis(), whole.group(), whole.deadLetterSource(), whole.content());
  }

  @Nullable Row message(QueueId queue, long number) {
    return of(queue).get(number);
  }

  /** The row that waits in an outbox with a message. */
  Row parked(PartitionId destination, long number) {
    return Objects.requireNonNull(outbox(destination).get(number), "a row in the outbox");
  }

  /** Every message that the index counts has a row, and no other has. */
  void assertHolds(QueueGauge gauge) {
    assertThat(of(gauge.queue()).size())
        .as("rows of " + gauge.queue())
        .isEqualTo((int) (gauge.visible() + gauge.inFlight() + gauge.delayed()));
  }

  private Row taken(QueueId queue, long number) {
    return Objects.requireNonNull(of(queue).remove(number), "a row of a message that goes");
  }

  private SortedMap<Long, Row> of(QueueId queue) {
    return messages.computeIfAbsent(queue, _ -> new TreeMap<>());
  }

  private SortedMap<Long, Row> outbox(PartitionId destination) {
    return outboxes.computeIfAbsent(destination, _ -> new TreeMap<>());
  }
}
