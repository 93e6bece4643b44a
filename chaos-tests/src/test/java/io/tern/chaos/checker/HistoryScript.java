package io.tern.chaos.checker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call;
import io.tern.chaos.history.Delivery;
import io.tern.chaos.history.FaultEvent;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.Outcome;
import io.tern.chaos.history.QueueFact;
import io.tern.chaos.history.SubscriptionFact;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes histories for tests of checkers, call after call. Each takes 10 ms and begins 20 ms after
 * the one before, unless the script says when. Receives ask for 30 seconds.
 */
final class HistoryScript {
  static final int VISIBILITY = 30;
  private static final long STEP = 20;
  private static final long TAKES = 10;

  private final List<Operation> operations = new ArrayList<>();
  private final List<QueueFact> queues = new ArrayList<>();
  private final List<SubscriptionFact> subscriptions = new ArrayList<>();
  private final List<FaultEvent> faults = new ArrayList<>();
  private long nowMillis = 1_000;
  private long takesMillis = TAKES;
  private int visibility = VISIBILITY;
  private Outcome outcome = Outcome.OK;
  private @Nullable String error;

  HistoryScript standard(String name) {
    return queue(new QueueFact("w", name, false, VISIBILITY, 0, null, 0, false, false));
  }

  HistoryScript fifo(String name) {
    return queue(new QueueFact("w", name, true, VISIBILITY, 0, null, 0, false, false));
  }

  HistoryScript deadLetters(String name, String deadLetterQueue, int maxReceiveCount) {
    boolean fifo = name.endsWith(".fifo");
    return queue(
        new QueueFact(
            "w", name, fifo, VISIBILITY, 0, deadLetterQueue, maxReceiveCount, false, false));
  }

  HistoryScript queue(QueueFact fact) {
    queues.add(fact);
    return this;
  }

  HistoryScript subscribed(String topic, String queue, @Nullable String filter, boolean raw) {
    subscriptions.add(new SubscriptionFact("w", topic, queue, filter, raw));
    return this;
  }

  HistoryScript fault(String nemesis, long injected, long healed, long recovered) {
    faults.add(
        new FaultEvent(nemesis, "node1", "", nanos(injected), nanos(healed), nanos(recovered)));
    return this;
  }

  /** When the next call begins. */
  HistoryScript at(long millis) {
    nowMillis = millis;
    return this;
  }

  HistoryScript later(long millis) {
    return at(nowMillis + millis);
  }

  /** How long the next call takes. */
  HistoryScript lasting(long millis) {
    takesMillis = millis;
    return this;
  }

  /** What the next receive asks for. */
  HistoryScript hiding(int seconds) {
    visibility = seconds;
    return this;
  }

  HistoryScript inDoubt() {
    outcome = Outcome.UNKNOWN;
    return this;
  }

  HistoryScript refused(String text) {
    outcome = Outcome.FAIL;
    error = text;
    return this;
  }

  HistoryScript call(Call call, Answer answer) {
    boolean ok = outcome == Outcome.OK;
    operations.add(
        new Operation(
            operations.size() + 1L,
            "w",
            "c",
            "node1",
            nanos(nowMillis),
            nanos(nowMillis + takesMillis),
            outcome,
            ok ? null : String.valueOf(error),
            call,
            ok ? answer : new Answer.Nothing()));
    nowMillis += Math.max(STEP, takesMillis + TAKES);
    takesMillis = TAKES;
    visibility = VISIBILITY;
    outcome = Outcome.OK;
    error = null;
    return this;
  }

  HistoryScript call(Call call) {
    return call(call, new Answer.Nothing());
  }

  HistoryScript send(String queue, String body, String id) {
    return sendDelayed(queue, body, id, 0);
  }

  HistoryScript sendDelayed(String queue, String body, String id, int delaySeconds) {
    return call(
        new Call.Send(queue, body, delaySeconds, null, null),
        new Answer.Stored(id, md5(body), null));
  }

  HistoryScript sendFifo(String queue, String group, String body, String id, int number) {
    return call(
        new Call.Send(queue, body, 0, group, "key-" + body),
        new Answer.Stored(id, md5(body), number(number)));
  }

  HistoryScript publish(String topic, String body, Map<String, String> attributes, String id) {
    return call(
        new Call.Publish(topic, body, attributes, null, null), new Answer.Stored(id, null, null));
  }

  HistoryScript receive(String queue, Delivery... deliveries) {
    return call(
        new Call.Receive(queue, 10, visibility, 0), new Answer.Received(List.of(deliveries)));
  }

  HistoryScript delete(String queue, String id, int count) {
    return call(new Call.Delete(queue, id, id + "/" + count));
  }

  /** A receive of one message by its first receipt, and its delete. */
  HistoryScript consume(String queue, String id, String body) {
    return receive(queue, delivery(id, body, 1)).delete(queue, id, 1);
  }

  HistoryScript change(String queue, String id, int count, int seconds) {
    return call(new Call.ChangeVisibility(queue, id, id + "/" + count, seconds));
  }

  HistoryScript purge(String queue) {
    return call(new Call.Purge(queue));
  }

  /** All queues are read until nothing can come any more. */
  HistoryScript drained() {
    for (int round = 0; round < 3; round++) {
      later(1_000_000);
      for (QueueFact queue : queues) {
        receive(queue.name());
      }
    }
    return this;
  }

  History history() {
    return new History(operations, queues, subscriptions, faults);
  }

  static Delivery delivery(String id, String body, int count) {
    return new Delivery(id, body, md5(body), id + "/" + count, count, null, null, Map.of());
  }

  static Delivery delivery(String id, String body, int count, String group, int number) {
    return new Delivery(
        id, body, md5(body), id + "/" + count, count, group, number(number), Map.of());
  }

  static String number(int number) {
    return String.format("%020d", number);
  }

  static long nanos(long millis) {
    return millis * Times.MILLISECOND;
  }

  static String md5(String body) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(body.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The checker finds nothing wrong, and had something to look at. */
  Verdict green(Checker checker) {
    Verdict verdict = checker.check(history());
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.isGreen()).isTrue();
    assertThat(verdict.checked()).isPositive();
    assertThat(verdict.undecided()).isZero();
    return verdict;
  }

  /** The checker finds this and nothing else. */
  void red(Checker checker, String violation) {
    Verdict verdict = checker.check(history());
    assertThat(verdict.violations()).singleElement().asString().contains(violation);
    assertThat(verdict.violationCount()).isOne();
    assertThat(verdict.isGreen()).isFalse();
  }

  /** The checker says that it cannot tell. */
  void open(Checker checker) {
    Verdict verdict = checker.check(history());
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.undecided()).isPositive();
  }
}
