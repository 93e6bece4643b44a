package io.tern.chaos.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call;
import io.tern.chaos.history.Delivery;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories of a right broker are green; one planted violation turns the right checker red. */
class RandomHistoryTest {
  private static final int SEEDS = 6;
  private static final int CALLS = 2_000;

  @Test
  void aRightBrokerIsNeverBlamed() {
    for (long seed = 1; seed <= 3 * SEEDS; seed++) {
      History history = new RandomHistory(seed).make(CALLS);
      WorkloadVerdicts verdicts = Judgement.of(history).getFirst();
      assertThat(verdicts.verdicts()).as("seed " + seed).allSatisfy(RandomHistoryTest::isClean);
      assertThat(verdicts.verdicts())
          .as("seed " + seed)
          .allSatisfy(v -> assertThat(v.checked()).as(v.checker()).isPositive());
    }
  }

  private static void isClean(Verdict verdict) {
    assertThat(verdict.violations()).as(verdict.checker()).isEmpty();
    assertThat(verdict.undecided()).as(verdict.checker()).isZero();
  }

  static Stream<Arguments> planted() {
    return Stream.of(
        planted("no-loss", RandomHistoryTest::lost),
        planted("nothing-invented", RandomHistoryTest::altered),
        planted("fifo-order", RandomHistoryTest::overtaken),
        planted("lease", RandomHistoryTest::overlapping),
        planted("deduplication", RandomHistoryTest::twice),
        planted("dead-letter", RandomHistoryTest::tooOften),
        planted("delay", RandomHistoryTest::tooEarly),
        planted("delete-final", RandomHistoryTest::backAgain),
        planted("fan-out", RandomHistoryTest::notFannedOut),
        planted("purge", RandomHistoryTest::survivedPurge),
        planted("administration", RandomHistoryTest::staleRead),
        planted("sequence", RandomHistoryTest::swappedNumbers));
  }

  private static Arguments planted(
      String checker, Function<List<Operation>, List<Operation>> mutation) {
    return Arguments.of(checker, mutation);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("planted")
  void whatIsPlantedIsFound(String checker, Function<List<Operation>, List<Operation>> mutation) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      History valid = new RandomHistory(seed).make(CALLS);
      History wrong = RandomHistory.history(mutation.apply(valid.operations()));
      List<String> red =
          Judgement.of(wrong).getFirst().verdicts().stream()
              .filter(verdict -> !verdict.isGreen())
              .map(Verdict::checker)
              .toList();
      assertThat(red).as("seed " + seed).contains(checker);
    }
  }

  /** Nobody ever gets a message that was acknowledged. */
  private static List<Operation> lost(List<Operation> operations) {
    Seen victim = last(operations, s -> s.queue().equals("s") && s.count() == 1);
    return without(operations, victim.id());
  }

  private static List<Operation> notFannedOut(List<Operation> operations) {
    return without(operations, last(operations, s -> s.queue().equals("reds")).id());
  }

  private static List<Operation> altered(List<Operation> operations) {
    Seen victim = last(operations, s -> s.queue().equals("s"));
    Delivery other = HistoryScript.delivery(victim.id(), "something else", victim.count());
    return operations.stream()
        .map(o -> o.id() == victim.operation().id() ? with(o, received(List.of(other))) : o)
        .toList();
  }

  /** A message comes again after a later one of its group has come. */
  private static List<Operation> overtaken(List<Operation> operations) {
    List<Seen> ordered = seen(operations).filter(s -> s.queue().equals("f.fifo")).toList();
    for (Seen later : ordered) {
      for (Seen earlier : ordered) {
        if (String.valueOf(earlier.delivery().group()).equals(later.delivery().group())
            && String.valueOf(earlier.delivery().sequenceNumber())
                    .compareTo(String.valueOf(later.delivery().sequenceNumber()))
                < 0
            && earlier.operation().id() != later.operation().id()) {
          return again(operations, earlier, later.ended() + 100_000 * Times.MILLISECOND, 9);
        }
      }
    }
    throw new AssertionError("no group has two messages");
  }

  private static List<Operation> overlapping(List<Operation> operations) {
    Seen first = last(operations, s -> s.queue().equals("s"));
    return again(operations, first, first.ended() + Times.MILLISECOND, first.count() + 1);
  }

  private static List<Operation> twice(List<Operation> operations) {
    for (Operation first : operations) {
      for (Operation second : operations) {
        if (first.isOk()
            && second.isOk()
            && first.id() < second.id()
            && first.call() instanceof Call.Send send
            && send.group() != null
            && send.equals(second.call())
            && second.answer() instanceof Answer.Stored stored) {
          Answer other = new Answer.Stored("other", stored.md5(), stored.sequenceNumber());
          return operations.stream().map(o -> o.id() == second.id() ? with(o, other) : o).toList();
        }
      }
    }
    throw new AssertionError("no send is repeated");
  }

  private static List<Operation> tooOften(List<Operation> operations) {
    Seen victim = last(operations, s -> s.queue().equals("s"));
    return again(operations, victim, victim.ended() + 90 * Times.SECOND, 4);
  }

  private static List<Operation> tooEarly(List<Operation> operations) {
    Operation send =
        operations.stream()
            .filter(o -> o.isOk() && o.call() instanceof Call.Send s && s.delaySeconds() > 0)
            .findFirst()
            .orElseThrow();
    Seen victim =
        last(
            operations,
            s ->
                send.answer() instanceof Answer.Stored stored && stored.messageId().equals(s.id()));
    return again(operations, victim, send.endedNanos(), 1);
  }

  private static List<Operation> backAgain(List<Operation> operations) {
    Operation delete =
        operations.stream()
            .filter(o -> o.isOk() && o.call() instanceof Call.Delete)
            .reduce((a, b) -> b)
            .orElseThrow();
    Seen victim =
        last(
            operations,
            s ->
                delete.call() instanceof Call.Delete call
                    && call.receipt().equals(s.delivery().receipt()));
    return again(operations, victim, delete.endedNanos() + 90 * Times.SECOND, victim.count() + 1);
  }

  private static List<Operation> survivedPurge(List<Operation> operations) {
    Operation purge =
        operations.stream()
            .filter(o -> o.isOk() && o.call() instanceof Call.Purge)
            .reduce((a, b) -> b)
            .orElseThrow();
    Operation send =
        operations.stream()
            .filter(o -> o.isOk() && o.endedNanos() < purge.invokedNanos())
            .filter(o -> o.call() instanceof Call.Send s && s.target().equals("purged"))
            .reduce((a, b) -> b)
            .orElseThrow();
    if (!(send.answer() instanceof Answer.Stored stored)) {
      throw new AssertionError("not stored");
    }
    Delivery delivery =
        HistoryScript.delivery(stored.messageId(), ((Call.Send) send.call()).body(), 9);
    return added(operations, "purged", delivery, purge.endedNanos() + Times.MILLISECOND);
  }

  private static List<Operation> staleRead(List<Operation> operations) {
    Operation victim =
        operations.stream()
            .filter(o -> o.isOk() && o.call() instanceof Call.GetAttribute)
            .reduce((a, b) -> b)
            .orElseThrow();
    return operations.stream()
        .map(o -> o.id() == victim.id() ? with(o, new Answer.Value("never set")) : o)
        .toList();
  }

  private static List<Operation> swappedNumbers(List<Operation> operations) {
    List<Operation> sends =
        operations.stream()
            .filter(o -> o.isOk() && o.call() instanceof Call.Send s && s.group() != null)
            .toList();
    Operation first = sends.getFirst();
    Operation last = sends.getLast();
    return operations.stream()
        .map(o ->
            o.id() == first.id() ? numbered(o, last) : o.id() == last.id() ? numbered(o, first) : o)
        .toList();
  }

  private static Operation numbered(Operation operation, Operation like) {
    return operation.answer() instanceof Answer.Stored own
            && like.answer() instanceof Answer.Stored other
        ? with(operation, new Answer.Stored(own.messageId(), own.md5(), other.sequenceNumber()))
        : operation;
  }

  private static Stream<Seen> seen(List<Operation> operations) {
    return operations.stream()
        .filter(o -> o.answer() instanceof Answer.Received)
        .flatMap(o ->
            ((Answer.Received) o.answer())
                .deliveries().stream().map(delivery -> new Seen(o, delivery, 0)));
  }

  private static Seen last(List<Operation> operations, Predicate<Seen> wanted) {
    return seen(operations).filter(wanted).reduce((a, b) -> b).orElseThrow();
  }

  private static List<Operation> without(List<Operation> operations, String id) {
    List<Operation> left = new ArrayList<>();
    for (Operation o : operations) {
      if (o.answer() instanceof Answer.Received received) {
        left.add(
            with(
                o,
                received(
                    received.deliveries().stream()
                        .filter(d -> !d.messageId().equals(id))
                        .toList())));
      } else if (!(o.call() instanceof Call.Delete delete && delete.messageId().equals(id))) {
        left.add(o);
      }
    }
    return left;
  }

  private static List<Operation> again(
      List<Operation> operations, Seen seen, long atNanos, int count) {
    Delivery d = seen.delivery();
    Delivery more =
        new Delivery(
            d.messageId(),
            d.body(),
            d.md5(),
            d.messageId() + "/again",
            count,
            d.group(),
            d.sequenceNumber(),
            d.attributes());
    return added(operations, seen.queue(), more, atNanos);
  }

  private static List<Operation> added(
      List<Operation> operations, String queue, Delivery delivery, long atNanos) {
    List<Operation> more = new ArrayList<>(operations);
    more.add(
        new Operation(
            0,
            "w",
            "c",
            "node1",
            atNanos,
            atNanos + Times.MILLISECOND,
            Outcome.OK,
            null,
            new Call.Receive(queue, 1, HistoryScript.VISIBILITY, 0),
            received(List.of(delivery))));
    return more;
  }

  private static Answer received(List<Delivery> deliveries) {
    return new Answer.Received(deliveries);
  }

  private static Operation with(Operation o, Answer answer) {
    return new Operation(
        o.id(),
        o.workload(),
        o.client(),
        o.node(),
        o.invokedNanos(),
        o.endedNanos(),
        o.outcome(),
        o.error(),
        o.call(),
        answer);
  }
}
