package io.tern.chaos.checker;

import static io.tern.chaos.checker.HistoryScript.delivery;

import org.junit.jupiter.api.Test;

/** Two deliveries of one message too near to each other are seen. */
class LeaseCheckerTest {
  private final LeaseChecker checker = new LeaseChecker();
  private final HistoryScript script = new HistoryScript().standard("q").send("q", "a", "1");

  @Test
  void afterTheTimeoutItMayComeAgain() {
    received(1_000, 1).at(30_995);
    script.receive("q", delivery("1", "a", 2)).green(checker);
  }

  @Test
  void theClocksMayDifferALittle() {
    // The lease may have begun at 1,000 and the second receive come at 30,950: 56 ms are allowed.
    received(1_000, 1).at(30_940).receive("q", delivery("1", "a", 2)).green(checker);
  }

  @Test
  void beforeTheTimeoutItMustNotComeAgain() {
    received(1_000, 1).at(30_900).receive("q", delivery("1", "a", 2)).red(checker, "overlap of");
  }

  @Test
  void atTheSameTimeIsTooEarly() {
    received(1_000, 1).at(1_005).receive("q", delivery("1", "a", 2)).red(checker, "overlap of");
  }

  @Test
  void theSameReceiveCountTwiceIsTooEarlyToo() {
    received(1_000, 1).at(2_000).receive("q", delivery("1", "a", 1)).red(checker, "overlap of");
  }

  @Test
  void aDeadLetterMustNotLeaveBefore() {
    received(1_000, 1).at(20_000).receive("d", delivery("1", "a", 2)).red(checker, "overlap of");
  }

  @Test
  void aReceiveInDoubtBetweenThemDoesNotExcuse() {
    received(1_000, 1).at(2_000).inDoubt().receive("q");
    script.at(20_000).receive("q", delivery("1", "a", 3)).red(checker, "overlap of");
  }

  @Test
  void withoutTimeoutItMayComeAtOnce() {
    script.at(1_000).hiding(0).receive("q", delivery("1", "a", 1)).at(1_005);
    script.receive("q", delivery("1", "a", 2)).green(checker);
  }

  @Test
  void aShorterTimeoutAllowsIt() {
    received(1_000, 1).at(5_000).change("q", "1", 1, 2).at(7_000);
    script.receive("q", delivery("1", "a", 2)).green(checker);
  }

  @Test
  void aShorterTimeoutInDoubtAllowsItToo() {
    received(1_000, 1).at(5_000).inDoubt().change("q", "1", 1, 0).at(7_000);
    script.receive("q", delivery("1", "a", 2)).green(checker);
  }

  @Test
  void aRefusedChangeDoesNotAllowIt() {
    received(1_000, 1).at(5_000).refused("400").change("q", "1", 1, 0).at(7_000);
    script.receive("q", delivery("1", "a", 2)).red(checker, "overlap of");
  }

  @Test
  void aChangeAfterwardsDoesNotAllowIt() {
    received(1_000, 1).at(5_000).receive("q", delivery("1", "a", 2)).at(7_000);
    script.change("q", "1", 1, 0).red(checker, "overlap of");
  }

  @Test
  void anExtensionHoldsLonger() {
    received(1_000, 1).at(20_000).change("q", "1", 1, 60).at(79_990);
    script.receive("q", delivery("1", "a", 2)).green(checker);
  }

  @Test
  void duringAnExtensionItMustNotCome() {
    received(1_000, 1).at(20_000).change("q", "1", 1, 60).at(40_000);
    script.receive("q", delivery("1", "a", 2)).red(checker, "overlap of");
  }

  @Test
  void anExtensionInDoubtPromisesNothing() {
    received(1_000, 1).at(20_000).inDoubt().change("q", "1", 1, 60).at(40_000);
    script.receive("q", delivery("1", "a", 2)).green(checker);
  }

  @Test
  void anExtensionThatMayComeAfterPromisesNothing() {
    received(1_000, 1).at(30_900).lasting(500).change("q", "1", 1, 60).at(31_100);
    script.receive("q", delivery("1", "a", 2)).green(checker);
  }

  @Test
  void ofTwoChangesTheLaterOneCounts() {
    received(1_000, 1).at(10_000).change("q", "1", 1, 60).at(20_000).change("q", "1", 1, 5);
    script.at(25_000).receive("q", delivery("1", "a", 2)).green(checker);
  }

  private HistoryScript received(long millis, int count) {
    return script.at(millis).receive("q", delivery("1", "a", count));
  }
}
