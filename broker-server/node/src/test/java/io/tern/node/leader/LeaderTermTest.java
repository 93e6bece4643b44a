package io.tern.node.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tern.proto.content.MessageContent;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.MessageId;
import io.tern.state.MoveTarget;
import io.tern.state.Reply;
import io.tern.state.limits.Limits;
import io.tern.state.limits.QueueSettings.Redrive;
import io.tern.state.queue.Deduplication;
import io.tern.state.queue.MoveTask;
import io.tern.state.queue.QueueGauge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The duties of a term together, over the real rules and real rows: dead letters and redrives. */
class LeaderTermTest {
  private static final String LARGE = "x".repeat(Limits.MESSAGE_BYTES - 8);

  private final LedPartition partition;
  private final MoveTarget dead;
  private final MoveTarget orders;

  LeaderTermTest(@TempDir Path folder) {
    partition = new LedPartition(folder);
    partition.lead();
    dead = partition.install(1, false, null);
    orders = partition.install(2, false, new Redrive(dead, 1));
  }

  @AfterEach
  void close() {
    partition.close();
  }

  @Test
  void deadLettersArriveInOrderWithBodiesAndPast() {
    int count = 600;
    makeDeadLetters(count);
    await().until(() -> gauge(dead).visible() == count);

    List<ReceivedMessages.Message> received = receiveAll(dead, count);
    for (int i = 0; i < count; i++) {
      ReceivedMessages.Message message = received.get(i);
      assertThat(content(message).getBody()).isEqualTo("order " + i);
      assertThat(content(message).getIdLow()).isEqualTo(i);
      assertThat(message.stored().deadLetterSource()).isEqualTo(orders.name());
      assertThat(message.delivery().receiveCount()).isEqualTo(2);
    }
    assertThat(gauge(orders).visible() + gauge(orders).inFlight()).isZero();
  }

  @Test
  void aShortPollFindsWhatLiesBehindManyDeadLetters() {
    makeReceived(orders, 400);
    send(orders, "alive", 400);

    assertThat(bodies(receive(orders, 0, ""))).containsExactly("alive");
  }

  @Test
  void aRedriveBringsAllBackAsNewMessages() {
    int count = 2_500;
    makeDeadLetters(count);
    await().until(() -> gauge(dead).visible() == count);
    startTask(0);
    await().until(() -> gauge(orders).visible() == count);

    List<ReceivedMessages.Message> received = receiveAll(orders, count);
    for (int i = 0; i < count; i++) {
      ReceivedMessages.Message message = received.get(i);
      assertThat(content(message).getBody()).isEqualTo("order " + i);
      assertThat(content(message).getIdHigh()).isNotEqualTo(7);
      assertThat(message.stored().deadLetterSource()).isNull();
      assertThat(message.delivery().receiveCount()).isEqualTo(1);
    }
    await()
        .untilAsserted(() -> {
          MoveTask task = gauge(dead).tasks().getFirst();
          assertThat(task.status()).isEqualTo(MoveTask.Status.COMPLETED);
          assertThat(task.moved()).isEqualTo(count);
        });
  }

  @Test
  void largeMessagesCrossToo() {
    for (int i = 0; i < 5; i++) {
      send(orders, LARGE + i, i);
    }
    receiveAll(orders, 5);
    makeVisible(orders, 5);
    assertThat(bodies(receive(orders, 0, ""))).isEmpty();
    await().until(() -> gauge(dead).visible() == 5);

    assertThat(receiveAll(dead, 5).stream().map(message -> content(message).getBody()))
        .containsExactlyElementsOf(
            IntStream.range(0, 5).mapToObj(number -> LARGE + number).toList());
  }

  @Test
  void theNextTermCarriesWhatWaitedAndMovesTasksOn() {
    int count = 300;
    partition.crossingsFail(true);
    makeDeadLetters(count);
    partition.loseLead();
    partition.crossingsFail(false);
    partition.lead();
    await().until(() -> gauge(dead).visible() == count);

    startTask(100);
    await().until(() -> gauge(dead).tasks().getFirst().moved() > 10);
    partition.loseLead();
    partition.lead();
    await().until(() -> gauge(orders).visible() == count);

    assertThat(receiveAll(orders, count).stream().map(message -> content(message).getBody()))
        .containsExactlyElementsOf(
            IntStream.range(0, count).mapToObj(number -> "order " + number).toList());
  }

  @Test
  void anAttemptGetsTheSameMessagesAgain() {
    MoveTarget fifo = partition.install(3, true, null);
    for (int i = 0; i < 5; i++) {
      sendTo(fifo, "order " + i, i, "group", new Deduplication(1, i, new MessageId(7, i)));
    }
    List<ReceivedMessages.Message> first = receive(fifo, 0, "attempt");
    assertThat(bodies(first)).hasSize(5);
    assertThat(first.getFirst().stored().group()).isEqualTo("group");

    assertThat(receive(fifo, 0, "")).isEmpty();
    assertThat(receive(fifo, 20_000, "attempt")).isEqualTo(first);
  }

  /** Messages that were received once and are moved away by the next receives. */
  private void makeDeadLetters(int count) {
    makeReceived(orders, count);
    while (gauge(orders).visible() > 0) {
      assertThat(receive(orders, 0, "")).isEmpty();
    }
  }

  private void makeReceived(MoveTarget queue, int count) {
    for (int i = 0; i < count; i++) {
      send(queue, "order " + i, i);
    }
    receiveAll(queue, count);
    makeVisible(queue, count);
  }

  private void makeVisible(MoveTarget queue, int count) {
    for (int number = 1; number <= count; number++) {
      partition.execute(new Command.ChangeVisibility(queue.queue(), number, 1, 0));
    }
  }

  private void startTask(int perSecond) {
    assertThat(partition.execute(new Command.StartMoveTask(dead.queue(), "task", null, perSecond)))
        .isInstanceOf(Reply.MoveTaskStands.class);
  }

  private void send(MoveTarget queue, String body, int id) {
    sendTo(queue, body, id, "", null);
  }

  private void sendTo(
      MoveTarget queue, String body, int id, String group, @Nullable Deduplication deduplication) {
    MessageContent content =
        MessageContent.newBuilder().setIdHigh(7).setIdLow(id).setBody(body).build();
    assertThat(
            partition.execute(
                new Command.SendMessage(
                    queue.queue(),
                    Command.QUEUE_DEFAULT,
                    group,
                    deduplication,
                    Bytes.of(content.toByteArray()))))
        .isInstanceOf(Reply.MessageAccepted.class);
  }

  private List<ReceivedMessages.Message> receiveAll(MoveTarget queue, int count) {
    List<ReceivedMessages.Message> all = new ArrayList<>();
    while (all.size() < count) {
      List<ReceivedMessages.Message> some = receive(queue, 0, "");
      assertThat(some).isNotEmpty();
      all.addAll(some);
    }
    return all;
  }

  private List<ReceivedMessages.Message> receive(
      MoveTarget queue, long waitMillis, String attemptId) {
    ReceivedMessages received =
        partition
            .term()
            .receive(
                new ReceiveRequest(queue.queue(), 10, Command.QUEUE_DEFAULT, waitMillis, attemptId))
            .join();
    return switch (received) {
      case ReceivedMessages.Messages messages -> messages.messages();
      case ReceivedMessages.Refused refused -> throw new AssertionError(refused);
    };
  }

  private QueueGauge gauge(MoveTarget queue) {
    return partition.term().inspect(queue.queue()).join().orElseThrow();
  }

  private static List<String> bodies(List<ReceivedMessages.Message> messages) {
    return messages.stream().map(message -> content(message).getBody()).toList();
  }

  private static MessageContent content(ReceivedMessages.Message message) {
    try {
      return MessageContent.parseFrom(message.stored().plainContent().array());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
