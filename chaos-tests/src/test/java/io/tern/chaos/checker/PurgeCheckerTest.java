package io.tern.chaos.checker;

import static io.tern.chaos.checker.HistoryScript.delivery;

import org.junit.jupiter.api.Test;

/** What survives a purge is seen. */
class PurgeCheckerTest {
  private final PurgeChecker checker = new PurgeChecker();
  private final HistoryScript script = new HistoryScript().standard("q");

  @Test
  void whatIsSentAfterwardsComes() {
    script.purge("q").send("q", "a", "1").receive("q", delivery("1", "a", 1)).green(checker);
  }

  @Test
  void whatWasSentBeforeMustNotCome() {
    script.send("q", "a", "1").purge("q").receive("q", delivery("1", "a", 1));
    script.red(checker, "purged by operation 2");
  }

  @Test
  void whatWasReceivedBeforeMustNotComeAgain() {
    script.inDoubt().send("q", "a", "?").receive("q", delivery("1", "a", 1)).purge("q");
    script.later(60_000).receive("q", delivery("1", "a", 2)).red(checker, "purged by operation 3");
  }

  @Test
  void theFirstOfTwoPurgesIsEnough() {
    script.send("q", "a", "1").purge("q").later(60_000).receive("q", delivery("1", "a", 1));
    script.purge("q").red(checker, "purged by operation 2");
  }

  @Test
  void whatWasSentMeanwhileMayCome() {
    script.at(1_000).lasting(100).send("q", "a", "1").at(1_050).purge("q").at(2_000);
    script.receive("q", delivery("1", "a", 1)).green(checker);
  }

  @Test
  void whatIsReceivedMeanwhileMayCome() {
    script.send("q", "a", "1").at(2_000).lasting(100).purge("q").at(2_050);
    script.receive("q", delivery("1", "a", 1)).green(checker);
  }

  @Test
  void aPurgeOfAnotherQueueTakesNothingHere() {
    script.standard("r").send("q", "a", "1").purge("r").purge("q");
    script.send("q", "b", "2").receive("q", delivery("2", "b", 1)).green(checker);
  }

  @Test
  void aPurgeInDoubtPromisesNothing() {
    script.purge("q").send("q", "a", "1").inDoubt().purge("q");
    script.receive("q", delivery("1", "a", 1)).green(checker);
  }
}
