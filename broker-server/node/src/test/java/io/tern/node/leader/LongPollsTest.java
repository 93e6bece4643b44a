package io.tern.node.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.queue.QueueGauge;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Long polls over a real machine: what enters the log, who is woken, and what gets lost (nothing).
 */
class LongPollsTest {
  private static final QueueId ORDERS = new QueueId(1);

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final DirectLog log = new DirectLog();
  private final QueueGauges gauges = new QueueGauges();
  private final LongPolls polls = new LongPolls(log::submit, gauges, log::millis, timer);

  @BeforeEach
  void openQueue() {
    log.afterEntry(machine -> {
      for (QueueGauge gauge : machine.takeChangedGauges()) {
        gauges.publish(gauge);
        polls.gaugeChanged(gauge.queue());
      }
    });
    log.install(ORDERS);
  }

  @AfterEach
  void stopTimer() {
    timer.shutdownNow();
  }

  @Test
  void anEmptyPollNeverEntersTheLog() {
    assertThat(numbers(poll(0))).isEmpty();
    CompletableFuture<Reply> waiting = poll(20_000);

    assertThat(waiting).isNotDone();
    assertThat(log.submitted(Command.ReceiveMessages.class)).isZero();
  }

  @Test
  void aSendWakesOnePollAndNoMore() {
    CompletableFuture<Reply> first = poll(20_000);
    CompletableFuture<Reply> second = poll(20_000);

    send();

    assertThat(numbers(first)).containsExactly(1L);
    assertThat(second).isNotDone();
    assertThat(log.submitted(Command.ReceiveMessages.class)).isEqualTo(1);
  }

  @Test
  void thousandPollsAndThousandMessagesMeetOneToOne() {
    List<CompletableFuture<Reply>> waiting = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      waiting.add(poll(20_000));
    }
    for (int i = 0; i < 1_000; i++) {
      send();
    }

    assertThat(waiting.stream().flatMap(p -> numbers(p).stream()).distinct()).hasSize(1_000);
    assertThat(polls.parkedPolls()).isZero();
    assertThat(log.submitted(Command.ReceiveMessages.class)).isEqualTo(1_000);
  }

  @Test
  void anEndedVisibilityWakesAPoll() {
    send();
    assertThat(numbers(poll(0))).containsExactly(1L);
    CompletableFuture<Reply> waiting = poll(20_000);
    assertThat(waiting).isNotDone();

    log.advance(30_000);
    polls.gaugeChanged(ORDERS);

    assertThat(numbers(waiting)).containsExactly(1L);
  }

  @Test
  void aReceiveWithAnAttemptIdEntersTheLogOnceAndThenWaits() {
    CompletableFuture<Reply> waiting = poll(20_000, "attempt-1");
    assertThat(log.submitted(Command.ReceiveMessages.class)).isEqualTo(1);
    assertThat(waiting).isNotDone();
    assertThat(polls.parkedPolls()).isEqualTo(1);

    send();

    assertThat(numbers(waiting)).containsExactly(1L);
    assertThat(log.last())
        .isEqualTo(new Command.ReceiveMessages(ORDERS, 1, Command.QUEUE_DEFAULT, "attempt-1"));
    assertThat(numbers(poll(0, "attempt-2"))).isEmpty();
    assertThat(log.submitted(Command.ReceiveMessages.class)).isEqualTo(3);
  }

  @Test
  void aPollEndsEmptyWhenItsTimeIsOver() {
    CompletableFuture<Reply> waiting = poll(1);

    await().untilAsserted(() -> assertThat(waiting).isDone());
    assertThat(numbers(waiting)).isEmpty();
    assertThat(polls.parkedPolls()).isZero();
  }

  @Test
  void aPollWhoseCallerHasGoneTakesNothing() {
    CompletableFuture<Reply> gone = poll(20_000);
    assertThat(gone.cancel(false)).isTrue();
    CompletableFuture<Reply> waiting = poll(20_000);

    send();

    assertThat(numbers(waiting)).containsExactly(1L);
    assertThat(log.submitted(Command.ReceiveMessages.class)).isEqualTo(1);
  }

  @Test
  void theEndOfATermEndsEveryWait() {
    CompletableFuture<Reply> waiting = poll(20_000);

    polls.close(new IllegalStateException("the term ended"));

    assertThat(waiting).isCompletedExceptionally();
  }

  @Test
  void tooManyPollsAreThrottled() {
    for (int i = 0; i < Limits.PARKED_POLLS; i++) {
      var _ = poll(20_000);
    }

    assertThat(poll(20_000).join())
        .isInstanceOfSatisfying(
            Reply.Rejected.class,
            rejected -> assertThat(rejected.code()).isEqualTo(ErrorCode.REQUEST_THROTTLED));
    polls.close(new IllegalStateException("done"));
  }

  private CompletableFuture<Reply> poll(long waitMillis) {
    return poll(waitMillis, "");
  }

  private CompletableFuture<Reply> poll(long waitMillis, String attemptId) {
    return polls.receive(
        new ReceiveRequest(ORDERS, 1, Command.QUEUE_DEFAULT, waitMillis, attemptId));
  }

  private void send() {
    var _ =
        log.submit(
            new Command.SendMessage(
                ORDERS, Command.QUEUE_DEFAULT, "", null, Bytes.of(new byte[8])));
  }

  private static List<Long> numbers(CompletableFuture<Reply> poll) {
    assertThat(poll).isDone();
    return poll.join() instanceof Reply.MessagesReceived received
        ? received.deliveries().stream().map(delivery -> delivery.number()).toList()
        : List.of();
  }
}
