package io.tern.chaos.checker;

import static io.tern.chaos.checker.HistoryScript.delivery;

import org.junit.jupiter.api.Test;

/** What was deleted for good and came again is seen. */
class DeleteFinalCheckerTest {
  private final DeleteFinalChecker checker = new DeleteFinalChecker();
  private final HistoryScript script =
      new HistoryScript().standard("q").send("q", "a", "1").at(1_000);

  @Test
  void deletedIsGone() {
    script.consume("q", "1", "a").green(checker);
  }

  @Test
  void deletedInItsLeaseItMustNotComeAgain() {
    script.consume("q", "1", "a").at(60_000).receive("q", delivery("1", "a", 2));
    script.red(checker, "deleted by operation 3");
  }

  @Test
  void aPollThatWaitedAlreadyMustNotBringItEither() {
    script.receive("q", delivery("1", "a", 1)).at(1_012).lasting(40_000);
    script.receive("q", delivery("1", "a", 2)).at(2_000).delete("q", "1", 1);
    script.red(checker, "deleted by operation 4");
  }

  @Test
  void itMustNotBecomeADeadLetterEither() {
    script.consume("q", "1", "a").at(60_000).receive("d", delivery("1", "a", 2));
    script.red(checker, "deleted by operation 3");
  }

  @Test
  void aReceiveInDoubtIsNoExcuseInTheLease() {
    script.receive("q", delivery("1", "a", 1)).inDoubt().receive("q").delete("q", "1", 1);
    script.at(60_000).receive("q", delivery("1", "a", 3)).red(checker, "deleted by operation 4");
  }

  @Test
  void aReceiveInDoubtExcusesAfterTheLease() {
    script.receive("q", delivery("1", "a", 1)).at(32_000).inDoubt().receive("q");
    script.delete("q", "1", 1).at(90_000).receive("q", delivery("1", "a", 3)).green(checker);
  }

  @Test
  void afterTheLeaseAnUndisturbedDeleteIsFinalToo() {
    script.receive("q", delivery("1", "a", 1)).at(32_000).delete("q", "1", 1);
    script.at(90_000).receive("q", delivery("1", "a", 2)).red(checker, "deleted by operation 3");
  }

  @Test
  void anOlderReceiptDeletesNothing() {
    script.receive("q", delivery("1", "a", 1)).at(32_000).receive("q", delivery("1", "a", 2));
    script.delete("q", "1", 1).at(90_000).receive("q", delivery("1", "a", 3)).green(checker);
  }

  /** Found by the first run of all faults; the product was right. */
  @Test
  void aChangeByAnOlderReceiptHoldsNoLease() {
    script.receive("q", delivery("1", "a", 1)).at(32_000).receive("q", delivery("1", "a", 2));
    script.change("q", "1", 1, 30).delete("q", "1", 1);
    script.at(90_000).receive("q", delivery("1", "a", 3)).green(checker);
  }

  @Test
  void aChangeThatEndedTheLeaseExcuses() {
    script.receive("q", delivery("1", "a", 1)).inDoubt().change("q", "1", 1, 0);
    script.inDoubt().receive("q").at(5_000).delete("q", "1", 1);
    script.at(90_000).receive("q", delivery("1", "a", 3)).green(checker);
  }

  @Test
  void aDeleteInDoubtPromisesNothing() {
    script.receive("q", delivery("1", "a", 1)).inDoubt().delete("q", "1", 1);
    script.at(60_000).receive("q", delivery("1", "a", 2)).delete("q", "1", 2).green(checker);
  }

  @Test
  void afterTheLeaseItMayBeADeadLetterAlready() {
    HistoryScript letters = new HistoryScript().deadLetters("q", "d", 1).standard("d").at(1_000);
    letters.receive("q", delivery("1", "a", 1)).at(32_000).receive("q").delete("q", "1", 1);
    letters.at(90_000).receive("d", delivery("1", "a", 2)).green(checker);
  }
}
