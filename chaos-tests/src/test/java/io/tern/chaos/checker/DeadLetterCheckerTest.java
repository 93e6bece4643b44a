package io.tern.chaos.checker;

import static io.tern.chaos.checker.HistoryScript.delivery;

import io.tern.chaos.history.Call;
import org.junit.jupiter.api.Test;

/** Dead letters that come too early, too late, twice or back are seen. */
class DeadLetterCheckerTest {
  private final DeadLetterChecker checker = new DeadLetterChecker();
  private final HistoryScript script =
      new HistoryScript().deadLetters("q", "d", 2).standard("d").send("q", "a", "1");

  @Test
  void asOftenAsAllowedAndThenInTheOtherQueue() {
    received("q", 1, 2);
    received("d", 3, 4);
    script.green(checker);
  }

  @Test
  void deletedInTimeItIsNoDeadLetter() {
    received("q", 1, 2);
    script.delete("q", "1", 2).green(checker);
  }

  @Test
  void onceMoreThanAllowedIsSeen() {
    received("q", 1, 2, 3);
    script.red(checker, "more receives than 2");
  }

  @Test
  void onceMoreThanAllowedIsSeenThoughSomeReceivesAreInDoubt() {
    script.inDoubt().receive("q");
    received("q", 3);
    script.red(checker, "more receives than 2");
  }

  @Test
  void tooEarlyIsSeen() {
    received("q", 1);
    received("d", 2);
    script.red(checker, "after fewer than 2 receives");
  }

  @Test
  void receivesInDoubtAreInTheCount() {
    received("q", 1);
    script.inDoubt().receive("q");
    received("d", 3);
    script.green(checker);
  }

  @Test
  void comingBackIsSeen() {
    script.inDoubt().receive("q");
    received("q", 2);
    received("d", 3);
    received("q", 4);
    assertBoth("came back", "more receives than 2");
  }

  @Test
  void aMovedMessageBeginsAgain() {
    received("q", 1, 2);
    received("d", 3);
    script.call(new Call.StartMove("d", null));
    script.receive("q", delivery("2", "a", 1)).green(checker);
  }

  @Test
  void oneReceiveCountTwiceIsSeen() {
    received("q", 1, 1);
    script.red(checker, "one receive count twice");
  }

  @Test
  void aReceiveThatIsNotCountedIsSeen() {
    received("q", 0);
    script.red(checker, "not counted");
  }

  @Test
  void whatWasSentToTheDeadLetterQueueBeginsThere() {
    script.send("d", "b", "2").receive("d", delivery("2", "b", 1)).green(checker);
  }

  @Test
  void aPolicyThatWasChangedIsNotJudged() {
    script.call(new Call.SetAttribute("q", "RedrivePolicy", "{}"));
    received("q", 1, 2, 3);
    script.green(checker);
  }

  private void received(String queue, int... counts) {
    for (int count : counts) {
      script.receive(queue, delivery("1", "a", count)).later(60_000);
    }
  }

  private void assertBoth(String... violations) {
    Verdict verdict = checker.check(script.history());
    org.assertj.core.api.Assertions.assertThat(verdict.violations())
        .hasSize(violations.length)
        .allMatch(found -> java.util.Arrays.stream(violations).anyMatch(found::contains));
  }
}
