package io.tern.chaos.checker;

import static io.tern.chaos.checker.HistoryScript.delivery;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call;
import io.tern.chaos.history.Delivery;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A message that overtakes an earlier one of its group is seen. */
class FifoOrderCheckerTest {
  private static final String QUEUE = "q.fifo";

  private final FifoOrderChecker checker = new FifoOrderChecker();
  private final HistoryScript script = new HistoryScript().fifo(QUEUE);

  @Test
  void oneAfterTheOtherIsOrder() {
    script.receive(QUEUE, a(1)).delete(QUEUE, "a", 1).receive(QUEUE, b(1)).green(checker);
  }

  @Test
  void oneBesideTheOtherInOneAnswerIsOrder() {
    script.receive(QUEUE, a(1), b(1)).at(60_000).receive(QUEUE, a(2)).delete(QUEUE, "a", 2);
    script.receive(QUEUE, b(2)).green(checker);
  }

  @Test
  void theLaterOneFirstInOneAnswerIsNot() {
    script.receive(QUEUE, b(1), a(1)).red(checker, "in one answer");
  }

  @Test
  void anEarlierOneThatComesForTheFirstTimeWasOvertaken() {
    script.receive(QUEUE, b(1)).receive(QUEUE, a(1)).red(checker, "b in operation 1");
  }

  @Test
  void anEarlierOneThatComesAgainWasOvertaken() {
    script.receive(QUEUE, a(1)).at(60_000).receive(QUEUE, b(1)).receive(QUEUE, a(2));
    script.red(checker, "overtook a in group g: b in operation 2");
  }

  @Test
  void anEarlierOneInFlightLocksItsGroup() {
    script.receive(QUEUE, a(1)).receive(QUEUE, b(1)).later(1_000).delete(QUEUE, "a", 1);
    script.red(checker, "overtook a in group g: b in operation 2");
  }

  @Test
  void aDeleteInDoubtMayHaveUnlockedTheGroup() {
    script.receive(QUEUE, a(1)).inDoubt().delete(QUEUE, "a", 1).receive(QUEUE, b(1));
    script.delete(QUEUE, "a", 1).green(checker);
  }

  @Test
  void aRefusedDeleteDidNotUnlockTheGroup() {
    script.receive(QUEUE, a(1)).refused("400").delete(QUEUE, "a", 1).receive(QUEUE, b(1));
    script.later(1_000).delete(QUEUE, "a", 1).red(checker, "overtook a");
  }

  @Test
  void aDeadLetterUnlocksItsGroup() {
    HistoryScript letters = new HistoryScript().deadLetters(QUEUE, "d.fifo", 1).fifo("d.fifo");
    letters.receive(QUEUE, a(1)).at(60_000).receive(QUEUE, b(1));
    letters.receive("d.fifo", a(2)).delete("d.fifo", "a", 2).green(checker);
  }

  @Test
  void aPurgeUnlocksItsGroup() {
    script.receive(QUEUE, a(1)).purge(QUEUE).receive(QUEUE, b(1)).delete(QUEUE, "a", 1);
    script.green(checker);
  }

  @Test
  void receivesAtTheSameTimeHaveNoOrder() {
    script.at(1_000).lasting(100).receive(QUEUE, b(1)).at(1_050).receive(QUEUE, a(1));
    script.green(checker);
  }

  @Test
  void groupsAreIndependent() {
    Delivery other = delivery("c", "c", 1, "h", 1);
    script.receive(QUEUE, b(1)).receive(QUEUE, other).green(checker);
  }

  @Test
  void theMiddleOfThreeIsFoundToo() {
    Delivery c = delivery("c", "c", 1, "g", 3);
    script.receive(QUEUE, a(1), c).later(40_000).receive(QUEUE, a(2), b(1));
    script.red(checker, "overtook b in group g: c in operation 1");
  }

  @Test
  void aQueueKeepsTheOrderOfItsTopic() {
    script.subscribed("t.fifo", QUEUE, null, true);
    published("a", 1);
    published("b", 2);
    script.receive(QUEUE, a(1), b(1)).green(checker);
  }

  @Test
  void aQueueAgainstTheOrderOfItsTopicIsSeen() {
    script.subscribed("t.fifo", QUEUE, null, true);
    published("b", 1);
    published("a", 2);
    script.receive(QUEUE, a(1), b(1)).red(checker, "queued behind");
  }

  private void published(String body, int number) {
    script.call(
        new Call.Publish("t.fifo", body, Map.of(), "g", body),
        new Answer.Stored("p" + body, null, HistoryScript.number(number)));
  }

  private static Delivery a(int count) {
    return delivery("a", "a", count, "g", 1);
  }

  private static Delivery b(int count) {
    return delivery("b", "b", count, "g", 2);
  }
}
