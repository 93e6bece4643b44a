package io.tern.chaos.checker;

import static io.tern.chaos.checker.HistoryScript.delivery;

import io.tern.chaos.history.Call;
import org.junit.jupiter.api.Test;

/** A loss is seen, and what may have taken a message excuses. */
class NoLossCheckerTest {
  private final NoLossChecker checker = new NoLossChecker();
  private final HistoryScript script = new HistoryScript().standard("q");

  @Test
  void whatWasSentAndReceivedIsThere() {
    script.send("q", "a", "1").consume("q", "1", "a").drained().green(checker);
  }

  @Test
  void aSendInDoubtOrRefusedMayBeGone() {
    script.inDoubt().send("q", "a", "1").refused("400").send("q", "b", "2");
    script.send("q", "c", "3").consume("q", "3", "c").drained().green(checker);
  }

  @Test
  void anAcknowledgedMessageThatNeverCameIsLost() {
    script.send("q", "a", "1").send("q", "b", "2").consume("q", "2", "b");
    script.drained().red(checker, "lost: 1");
  }

  @Test
  void oneOfTwoAcknowledgedMessagesOfOneBodyIsLost() {
    script.send("q", "a", "1").send("q", "a", "2").consume("q", "2", "a");
    script.drained().red(checker, "lost: 1");
  }

  @Test
  void receivedAndNotDeletedItMustComeAgain() {
    script.send("q", "a", "1").receive("q", delivery("1", "a", 1));
    script.drained().red(checker, "nobody deleted it");
  }

  @Test
  void aDeleteByAnOlderReceiptDoesNotExcuse() {
    script.send("q", "a", "1").receive("q", delivery("1", "a", 1)).later(30_000);
    script.receive("q", delivery("1", "a", 2)).delete("q", "1", 1);
    script.drained().red(checker, "nobody deleted it");
  }

  @Test
  void aRefusedDeleteDoesNotExcuse() {
    script.send("q", "a", "1").receive("q", delivery("1", "a", 1));
    script.refused("ReceiptHandleIsInvalid").delete("q", "1", 1);
    script.drained().red(checker, "nobody deleted it");
  }

  @Test
  void aDeleteInDoubtExcuses() {
    script.send("q", "a", "1").receive("q", delivery("1", "a", 1)).inDoubt().delete("q", "1", 1);
    script.drained().green(checker);
  }

  @Test
  void aPurgeExcusesWhatWasThereBefore() {
    script.send("q", "a", "1").purge("q").drained().green(checker);
  }

  @Test
  void aPurgeInDoubtExcusesForEver() {
    script.inDoubt().purge("q").send("q", "a", "1").drained().green(checker);
  }

  @Test
  void aPurgeDoesNotExcuseWhatWasSentAfterIt() {
    script.purge("q").send("q", "a", "1").drained().red(checker, "lost: 1");
  }

  @Test
  void aRefusedPurgeDoesNotExcuse() {
    script.send("q", "a", "1").refused("PurgeQueueInProgress").purge("q");
    script.drained().red(checker, "lost: 1");
  }

  @Test
  void theDeletionOfTheQueueExcuses() {
    script.send("q", "a", "1").call(new Call.DeleteQueue("q")).drained().green(checker);
  }

  @Test
  void aDeadLetterIsNotLost() {
    HistoryScript letters = new HistoryScript().deadLetters("q", "d", 1).standard("d");
    letters.send("q", "a", "1").receive("q", delivery("1", "a", 1)).later(30_000);
    letters.receive("d", delivery("1", "a", 2)).delete("d", "1", 2).drained().green(checker);
  }

  @Test
  void aDeadLetterThatDidNotArriveIsLost() {
    HistoryScript letters = new HistoryScript().deadLetters("q", "d", 1).standard("d");
    letters.send("q", "a", "1").receive("q", delivery("1", "a", 1));
    letters.drained().red(checker, "nobody deleted it");
  }

  @Test
  void aMovedMessageComesUnderAnotherId() {
    HistoryScript letters = new HistoryScript().deadLetters("q", "d", 1).standard("d");
    letters.send("q", "a", "1").receive("q", delivery("1", "a", 1)).later(30_000);
    letters.receive("d", delivery("1", "a", 2)).later(30_000);
    letters.call(new Call.StartMove("d", null)).later(1_000);
    letters.consume("q", "new", "a").drained().green(checker);
  }

  /** Nobody saw it as a dead letter. Found by the first runs; the product was right. */
  @Test
  void aMessageMayBeMovedBackUnseen() {
    HistoryScript letters = new HistoryScript().deadLetters("q", "d", 1).standard("d");
    letters.send("q", "a", "1").receive("q", delivery("1", "a", 1)).later(30_000);
    letters.inDoubt().receive("q").later(30_000);
    letters.call(new Call.StartMove("d", null)).later(1_000);
    letters.consume("q", "new", "a").drained().green(checker);
  }

  @Test
  void aMovedMessageThatDidNotArriveIsLost() {
    HistoryScript letters = new HistoryScript().deadLetters("q", "d", 1).standard("d");
    letters.send("q", "a", "1").receive("q", delivery("1", "a", 1)).later(30_000);
    letters.receive("d", delivery("1", "a", 2)).later(30_000);
    letters.call(new Call.StartMove("d", null));
    letters.drained().red(checker, "nobody deleted it");
  }

  @Test
  void withoutADrainNobodyCanTell() {
    script.send("q", "a", "1").open(checker);
  }

  @Test
  void aReceiveInDoubtJustBeforeTheEndHidesTheMessage() {
    script.send("q", "a", "1").inDoubt().receive("q").later(10_000).receive("q").open(checker);
  }

  @Test
  void aReceiveInDoubtMayHideTheMessageUntilTheFaultIsOver() {
    script.fault("pause", 0, 50_000, 60_000);
    script.send("q", "a", "1").inDoubt().receive("q").at(80_000).receive("q").open(checker);
  }

  @Test
  void anEmptyAnswerAfterTheReceiveInDoubtIsProof() {
    script.fault("pause", 0, 50_000, 60_000);
    script.send("q", "a", "1").inDoubt().receive("q").at(91_000).receive("q");
    script.red(checker, "lost: 1");
  }

  @Test
  void aDelayedMessageIsNotLostYet() {
    script.sendDelayed("q", "a", "1", 60).at(50_000).receive("q").open(checker);
  }
}
