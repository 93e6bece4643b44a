package io.tern.chaos.checker;

import static io.tern.chaos.checker.HistoryScript.delivery;

import io.tern.chaos.history.Call;
import org.junit.jupiter.api.Test;

/** Numbers given by two leaders, or ids given twice, are seen. */
class SequenceCheckerTest {
  private static final String QUEUE = "q.fifo";

  private final SequenceChecker checker = new SequenceChecker();
  private final HistoryScript script = new HistoryScript().fifo(QUEUE).standard("q");

  @Test
  void numbersRise() {
    sent("a", "1", 1).sendFifo(QUEUE, "g", "b", "2", 7);
    script.receive(QUEUE, delivery("1", "a", 1, "g", 1)).green(checker);
  }

  @Test
  void oneNumberTwiceIsTwoLeaders() {
    sent("a", "1", 7).sendFifo(QUEUE, "g", "b", "2", 7).red(checker, "one number in q.fifo");
  }

  @Test
  void aSmallerNumberAfterwardsIsTwoLeaders() {
    sent("a", "1", 7).sendFifo(QUEUE, "g", "b", "2", 3).red(checker, "numbers against time");
  }

  @Test
  void aSmallerNumberLongAfterwardsIsSeenToo() {
    sent("a", "1", 1).sendFifo(QUEUE, "g", "b", "2", 3).sendFifo(QUEUE, "g", "c", "3", 9);
    script.sendFifo(QUEUE, "h", "d", "4", 5).red(checker, "numbers against time");
  }

  @Test
  void sendsAtTheSameTimeHaveNoOrder() {
    script.at(1_000).lasting(100).sendFifo(QUEUE, "g", "a", "1", 7).at(1_050);
    script.sendFifo(QUEUE, "g", "b", "2", 3).green(checker);
  }

  @Test
  void aRepetitionIsToldTheNumberOfTheFirst() {
    sent("a", "1", 1).sendFifo(QUEUE, "g", "b", "2", 2).sendFifo(QUEUE, "g", "a", "1", 1);
    script.green(checker);
  }

  @Test
  void aTryInDoubtMayBeTheFirst() {
    script.inDoubt().sendFifo(QUEUE, "g", "a", "?", 0).sendFifo(QUEUE, "g", "b", "2", 2);
    sent("a", "1", 1).green(checker);
  }

  @Test
  void aRefusedTryIsNotTheFirst() {
    script.refused("400").sendFifo(QUEUE, "g", "a", "?", 0).sendFifo(QUEUE, "g", "b", "2", 2);
    sent("a", "1", 1).red(checker, "numbers against time");
  }

  @Test
  void twoNumbersOfOneMessageAreSeen() {
    sent("a", "1", 1).sendFifo(QUEUE, "g", "a", "1", 2).red(checker, "two numbers of one message");
  }

  @Test
  void anotherNumberAtTheReceiverIsSeen() {
    sent("a", "1", 1).receive(QUEUE, delivery("1", "a", 1, "g", 2)).red(checker, "became");
  }

  @Test
  void anotherNumberAtTheSecondReceiveIsSeen() {
    script.receive(QUEUE, delivery("1", "a", 1, "g", 1)).later(60_000);
    script.receive(QUEUE, delivery("1", "a", 2, "g", 2)).red(checker, "became");
  }

  @Test
  void aNewQueueOfTheNameBeginsAgain() {
    sent("a", "1", 7).call(new Call.DeleteQueue(QUEUE)).sendFifo(QUEUE, "g", "b", "2", 1);
    script.green(checker);
  }

  @Test
  void idsAreUnique() {
    script.send("q", "a", "1").send("q", "b", "2").green(checker);
    script.send("q", "c", "1").red(checker, "one id, 1");
  }

  private HistoryScript sent(String body, String id, int number) {
    return script.sendFifo(QUEUE, "g", body, id, number);
  }
}
