package io.tern.node.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tern.node.raft.RaftFailure;
import io.tern.state.Command;
import io.tern.state.Delivery;
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
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Long polls whose receives are on their way for a while: who tries again and who is woken. */
class WakingTest {
  private static final QueueId ORDERS = new QueueId(1);

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final SlowLog log = new SlowLog();
  private final QueueGauges gauges = new QueueGauges();
  private final LongPolls polls = new LongPolls(log::submit, gauges, () -> 1_000, timer);

  @AfterEach
  void stopTimer() {
    timer.shutdownNow();
  }

  @Test
  void aPollThatCameWhileOneWasOnItsWayIsNotForgotten() {
    gauge(2, false);
    CompletableFuture<Reply> first = poll(20_000, "");
    gaugeWithoutWaking(1);
    CompletableFuture<Reply> second = poll(20_000, "");
    assertThat(log.waiting()).isEqualTo(1);

    log.answer(received(1));

    assertThat(first.join()).isEqualTo(received(1));
    assertThat(log.waiting()).isEqualTo(1);
    log.answer(received(2));
    assertThat(second.join()).isEqualTo(received(2));
  }

  @Test
  void aShortPollLooksAgainWhenDeadLettersWereInTheWay() {
    gauge(30, false);
    CompletableFuture<Reply> poll = poll(0, "");
    gauge(20, false);
    log.answer(received());
    assertThat(poll).isNotDone();
    log.answer(received(31));

    assertThat(poll.join()).isEqualTo(received(31));
  }

  @Test
  void aShortPollLooksAgainSoOftenAndNoMore() {
    gauge(1_000, false);
    CompletableFuture<Reply> poll = poll(0, "");
    for (int i = 0; i < Limits.SHORT_POLL_TRIES; i++) {
      assertThat(poll).isNotDone();
      gauge(999 - i, false);
      log.answer(received());
    }

    assertThat(poll.join()).isEqualTo(received());
    assertThat(log.waiting()).isZero();
  }

  @Test
  void whereNothingCanBeTakenPollsDoNotFillTheLog() {
    gauge(30, false);
    CompletableFuture<Reply> poll = poll(20_000, "");
    log.answer(received());
    assertThat(poll).isNotDone();
    assertThat(poll(20_000, "")).isNotDone();
    assertThat(log.waiting()).isZero();
    assertThat(poll(0, "").join()).isEqualTo(received());

    gauge(31, false);
    assertThat(log.waiting()).isEqualTo(2);
    log.answer(received(31));
    assertThat(poll.join()).isEqualTo(received(31));
  }

  @Test
  void afterAWhileThePollsLookAgain() {
    gauge(30, false);
    CompletableFuture<Reply> poll = poll(20_000, "");
    log.answer(received());
    await().untilAsserted(() -> assertThat(log.waiting()).isEqualTo(1));
    log.answer(received(1));

    assertThat(poll.join()).isEqualTo(received(1));
  }

  @Test
  void aShortPollLooksWhenTimeMadeMessagesVisible() {
    gauges.publish(new QueueGauge(ORDERS, 1, 0, 3, 0, 1_000, 0, false, List.of()));
    var _ = poll(20_000, "");
    CompletableFuture<Reply> poll = poll(0, "");
    assertThat(log.waiting()).isEqualTo(2);
    log.answer(received(1));
    log.answer(received(2));

    assertThat(poll.join()).isEqualTo(received(2));
  }

  @Test
  void atTheLimitAShortPollIsRefusedAndALongOneWaits() {
    gauge(5, true);
    CompletableFuture<Reply> patient = poll(20_000, "");

    assertThat(poll(0, "").join())
        .isInstanceOfSatisfying(
            Reply.Rejected.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.OVER_LIMIT));
    assertThat(patient).isNotDone();
    assertThat(log.waiting()).isZero();
    gauge(5, false);
    log.answer(received(1));
    assertThat(patient.join()).isEqualTo(received(1));
  }

  @Test
  void messagesOfAReceiverThatHasGoneAreGivenBack() {
    gauge(2, false);
    CompletableFuture<Reply> gone = poll(20_000, "");
    assertThat(gone.cancel(false)).isTrue();
    log.answer(received(1, 2));

    assertThat(log.next()).isEqualTo(new Command.ChangeVisibility(ORDERS, 1, 1, 0));
    log.answer(new Reply.Done());
    assertThat(log.next()).isEqualTo(new Command.ChangeVisibility(ORDERS, 2, 1, 0));
  }

  @Test
  void messagesOfAnAttemptWaitForTheSameAttempt() {
    gauge(2, false);
    CompletableFuture<Reply> gone = poll(20_000, "attempt");
    assertThat(gone.cancel(false)).isTrue();
    log.answer(received(1, 2));

    assertThat(log.waiting()).isZero();
  }

  @Test
  void aFailureDoesNotTakeTheOthersWithIt() {
    gauge(1, false);
    CompletableFuture<Reply> unlucky = poll(20_000, "");
    List<CompletableFuture<Reply>> others = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      others.add(poll(20_000, ""));
    }
    log.fail(RaftFailure.unavailable("no room"));

    assertThat(unlucky).isCompletedExceptionally();
    assertThat(others).allSatisfy(other -> assertThat(other).isNotDone());
    await().untilAsserted(() -> assertThat(log.waiting()).isEqualTo(1));
  }

  private CompletableFuture<Reply> poll(long waitMillis, String attemptId) {
    return polls.receive(
        new ReceiveRequest(ORDERS, 10, Command.QUEUE_DEFAULT, waitMillis, attemptId));
  }

  private void gauge(long receivable, boolean overLimit) {
    gauges.publish(
        new QueueGauge(
            ORDERS, 1, receivable, 0, 0, Long.MAX_VALUE, receivable, overLimit, List.of()));
    polls.gaugeChanged(ORDERS);
  }

  /** The apply thread published it, and has not answered the receive yet. */
  private void gaugeWithoutWaking(long receivable) {
    gauges.publish(
        new QueueGauge(ORDERS, 1, receivable, 0, 0, Long.MAX_VALUE, receivable, false, List.of()));
  }

  private static Reply received(long... numbers) {
    return new Reply.MessagesReceived(
        LongStream.of(numbers).mapToObj(number -> new Delivery(number, 1, 7)).toList());
  }
}
