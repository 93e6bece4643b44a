package io.tern.node.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tern.disk.CommandCodec;
import io.tern.disk.StoredMessage;
import io.tern.node.raft.RaftFailure;
import io.tern.proto.content.MessageContent;
import io.tern.state.Arrival;
import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.MoveReason;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the courier puts into its calls, and that nothing is lost, doubled or overtaken. */
class OutboxCourierTest {
  private static final PartitionId SOURCE = new PartitionId(1);
  private static final PartitionId FAR = new PartitionId(2);
  private static final QueueId ORDERS = new QueueId(7);
  private static final QueueName ORDERS_NAME = new QueueName("1", "orders");

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService diskReads = Executors.newSingleThreadExecutor();
  private final Map<Long, StoredMessage> rows = new ConcurrentHashMap<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final List<OutboxEntry> taken = new ArrayList<>();
  private final List<Integer> callBytes = new ArrayList<>();
  private final OutboxCourier courier =
      new OutboxCourier(
          SOURCE,
          new LeaderPorts(
              (queue, number) -> Optional.empty(),
              (destination, number) -> Optional.ofNullable(rows.get(number)),
              diskReads,
              this::send,
              new NoRoutes(),
              timer,
              NoTopics.PORTS));

  private record NoRoutes() implements LeaderPorts.QueueRoutes {
    @Override
    public Optional<MoveTarget> find(QueueName name) {
      return Optional.empty();
    }

    @Override
    public CompletableFuture<Void> caughtUp() {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** The two partitions: the far one takes what continues its inbox, the near one settles. */
  private synchronized CompletableFuture<Reply> send(PartitionId partition, Command command) {
    switch (command) {
      case Command.AcceptDeliveries call -> {
        assertThat(call.source()).isEqualTo(SOURCE);
        if (failures.getAndDecrement() > 0) {
          return CompletableFuture.failedFuture(RaftFailure.unknown("lost"));
        }
        callBytes.add(CommandCodec.entryBytes(CommandCodec.encode(call).length));
        assertThat(call.entries()).hasSizeLessThanOrEqualTo(Limits.CROSSINGS_PER_CALL);
        for (OutboxEntry entry : call.entries()) {
          if (entry.number() == taken.size() + 1) {
            taken.add(entry);
          }
        }
        return CompletableFuture.completedFuture(new Reply.DeliveriesTaken(taken.size()));
      }
      case Command.SettleOutbox settle -> {
        for (long number = 1; number <= settle.upTo(); number++) {
          rows.remove(number);
        }
        courier.settled(new Change.OutboxSettled(settle.destination(), settle.upTo()));
        return CompletableFuture.completedFuture(new Reply.Done());
      }
      case Command other -> throw new AssertionError("not a courier's command: " + other);
    }
  }

  @AfterEach
  void stop() {
    courier.close();
    timer.shutdownNow();
    diskReads.shutdownNow();
  }

  @Test
  void messagesAndDefinitionsAreCarriedInOrderWithTheirBodies() {
    for (long number = 1; number <= 1_000; number++) {
      if (number % 10 == 0) {
        courier.appended(
            new Change.OutboxAppended(FAR, number, new Crossing.RemoveQueue(new QueueId(number))));
      } else {
        park(number, MoveReason.DEAD_LETTER, content("m" + number));
      }
    }
    awaitTaken(1_000);

    for (OutboxEntry entry : taken()) {
      if (entry.crossing() instanceof Crossing.MovedMessage moved) {
        assertThat(moved.parked()).isEqualTo(parked(MoveReason.DEAD_LETTER));
        assertThat(moved.sentMillis()).isEqualTo(entry.number());
        assertThat(parse(moved.content()).getBody()).isEqualTo("m" + entry.number());
      } else {
        assertThat(entry.crossing())
            .isEqualTo(new Crossing.RemoveQueue(new QueueId(entry.number())));
      }
    }
    await().until(() -> courier.waiting(FAR) == 0);
  }

  @Test
  void largeMessagesGoAloneAndFitAnEntry() {
    for (long number = 1; number <= 5; number++) {
      park(number, MoveReason.DEAD_LETTER, content("x".repeat(Limits.MESSAGE_BYTES)));
    }
    awaitTaken(5);

    assertThat(callBytes()).hasSize(5);
    assertThat(callBytes()).allMatch(bytes -> bytes + 64 <= Limits.ENTRY_BYTES);
  }

  @Test
  void aRedrivenMessageIsANewOne() {
    MessageContent before =
        MessageContent.newBuilder().setIdHigh(1).setIdLow(2).setBody("again").build();
    park(1, MoveReason.REDRIVE, before);
    park(2, MoveReason.DEAD_LETTER, before);
    awaitTaken(2);

    MessageContent redriven = parse(moved(0).content());
    assertThat(redriven.toBuilder().setIdHigh(1).setIdLow(2).build()).isEqualTo(before);
    assertThat(redriven.getIdHigh()).isNotEqualTo(1);
    assertThat(parse(moved(1).content())).isEqualTo(before);
  }

  @Test
  void aDeadLetterOfAFifoQueueIsKnownByItsMessageId() {
    MessageContent before =
        MessageContent.newBuilder()
            .setIdHigh(1)
            .setIdLow(2)
            .setBody("again")
            .setDeduplicationId("order-17")
            .build();
    rows.put(1L, new StoredMessage(1, 5, "group", null, Bytes.of(before.toByteArray())));
    courier.parked(new Change.MessageParked(ORDERS, 1, FAR, 1, parked(MoveReason.DEAD_LETTER)));
    awaitTaken(1);

    assertThat(moved(0).group()).isEqualTo("group");
    assertThat(parse(moved(0).content()).getDeduplicationId())
        .isEqualTo("00000000-0000-0001-0000-000000000002");
  }

  @Test
  void lostCallsAreRepeated() {
    failures.set(2);
    for (long number = 1; number <= 300; number++) {
      park(number, MoveReason.DEAD_LETTER, content("m"));
    }

    awaitTaken(300);
  }

  @Test
  void aMissingRowStopsTheLaneUntilItIsThere() {
    park(1, MoveReason.DEAD_LETTER, content("first"));
    courier.parked(new Change.MessageParked(ORDERS, 2, FAR, 2, parked(MoveReason.DEAD_LETTER)));
    park(3, MoveReason.DEAD_LETTER, content("third"));
    awaitTaken(1);

    rows.put(2L, row(2, content("second")));
    awaitTaken(3);
    assertThat(parse(moved(1).content()).getBody()).isEqualTo("second");
  }

  @Test
  void aTermBeginsWithWhatWaited() {
    List<OutboxEntry> waiting = new ArrayList<>();
    for (long number = 1; number <= 600; number++) {
      rows.put(number, row(number, content("m")));
      waiting.add(new OutboxEntry(number, parked(MoveReason.DEAD_LETTER)));
    }
    courier.begin(FAR, waiting);

    awaitTaken(600);
  }

  @Test
  void aMessageThatGoesBackWaitsWithoutItsBody() {
    rows.put(1L, row(1, content("returned")));
    courier.appended(
        new Change.OutboxAppended(
            FAR,
            1,
            new Crossing.MovedMessage(
                parked(MoveReason.RETURN), 5, "", Bytes.of(new byte[] {1, 2}))));
    awaitTaken(1);

    assertThat(parse(moved(0).content()).getBody()).isEqualTo("returned");
  }

  private void park(long number, MoveReason reason, MessageContent content) {
    rows.put(number, row(number, content));
    courier.parked(new Change.MessageParked(ORDERS, number, FAR, number, parked(reason)));
  }

  private static StoredMessage row(long number, MessageContent content) {
    return new StoredMessage(number, number, "", null, Bytes.of(content.toByteArray()));
  }

  private static Crossing.ParkedMessage parked(MoveReason reason) {
    return new Crossing.ParkedMessage(
        ORDERS, new QueueId(3), reason, "", new Arrival(ORDERS_NAME, 3, 1_000));
  }

  private static MessageContent content(String body) {
    return MessageContent.newBuilder().setIdHigh(9).setIdLow(9).setBody(body).build();
  }

  private static MessageContent parse(Bytes content) {
    try {
      return MessageContent.parseFrom(content.array());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private Crossing.MovedMessage moved(int place) {
    return (Crossing.MovedMessage) taken().get(place).crossing();
  }

  private void awaitTaken(int count) {
    await().untilAsserted(() -> assertThat(taken()).hasSize(count));
  }

  private synchronized List<OutboxEntry> taken() {
    return List.copyOf(taken);
  }

  private synchronized List<Integer> callBytes() {
    return List.copyOf(callBytes);
  }
}
