package io.tern.chaos.checker;

import static io.tern.chaos.checker.HistoryScript.delivery;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A copy too few, too many, or where the filter takes none is seen. */
class FanOutCheckerTest {
  private static final Map<String, String> RED = Map.of("color", "red");
  private static final Map<String, String> BLUE = Map.of("color", "blue");
  private static final String ONLY_RED = "{\"color\":[\"red\"]}";

  private final FanOutChecker checker = new FanOutChecker();
  private final HistoryScript script =
      new HistoryScript()
          .standard("all")
          .standard("reds")
          .subscribed("t", "all", null, false)
          .subscribed("t", "reds", ONLY_RED, true);

  @Test
  void everySubscriberWhoseFilterTakesItGetsIt() {
    script.publish("t", "a", RED, "p").publish("t", "b", BLUE, "p2");
    all("1", "a", "p").consume("reds", "2", "a").consume("all", "3", envelope("b", "p2"));
    script.drained().green(checker);
  }

  @Test
  void aMissingCopyIsSeen() {
    script.publish("t", "a", RED, "p");
    all("1", "a", "p").drained().red(checker, "missing: reds of t");
  }

  @Test
  void aMissingCopyInAnEnvelopeIsSeen() {
    script.publish("t", "a", RED, "p").consume("reds", "2", "a");
    script.drained().red(checker, "missing: all of t");
  }

  @Test
  void aCopyOfAnotherPublishDoesNotCount() {
    script.publish("t", "a", RED, "p").consume("reds", "2", "a");
    all("1", "a", "q").drained();
    Verdict verdict = checker.check(script.history());
    org.assertj.core.api.Assertions.assertThat(verdict.violations().toString())
        .contains("missing: all of t");
  }

  @Test
  void aCopyThatTheFilterDoesNotTakeIsSeen() {
    script.publish("t", "a", BLUE, "p").consume("reds", "2", "a");
    all("1", "a", "p").drained().red(checker, "not filtered: reds of t");
  }

  @Test
  void twoCopiesUnderTwoIdsAreSeen() {
    script.publish("t", "a", BLUE, "p").inDoubt().publish("t", "a", BLUE, "?");
    all("1", "a", "p");
    all("2", "a", "p").drained().red(checker, "two copies of p");
  }

  @Test
  void twoRawCopiesOfOnePublishAreSeen() {
    script.publish("t", "a", RED, "p").consume("reds", "2", "a").consume("reds", "3", "a");
    all("1", "a", "p").drained().red(checker, "more copies than tries");
  }

  @Test
  void twoCopiesUnderOneIdAreSeen() {
    script.publish("t", "a", BLUE, "p");
    all("1", "a", "p").later(60_000);
    all("1", "a", "p").drained().red(checker, "two copies of one id");
  }

  @Test
  void inDoubtItMayReachNobody() {
    script.inDoubt().publish("t", "a", RED, "?").drained().green(checker);
  }

  @Test
  void inDoubtItMayReachAll() {
    script.inDoubt().publish("t", "a", RED, "?").consume("reds", "2", "a");
    all("1", "a", "p").drained().green(checker);
  }

  @Test
  void inDoubtItMustNotReachSome() {
    script.inDoubt().publish("t", "a", RED, "?");
    all("1", "a", "p").drained().red(checker, "missing: reds of t");
  }

  @Test
  void aTryInDoubtMayBeOneMoreCopy() {
    script.inDoubt().publish("t", "a", RED, "?").publish("t", "a", RED, "p");
    all("1", "a", "p").consume("reds", "2", "a");
    all("3", "a", "p0").consume("reds", "4", "a").drained().green(checker);
  }

  @Test
  void aDeadLetterOfTheQueueIsACopy() {
    HistoryScript letters = new HistoryScript().deadLetters("q", "d", 1).standard("d");
    letters.subscribed("t", "q", null, true).publish("t", "a", RED, "p").inDoubt().receive("q");
    letters.later(60_000).receive("d", delivery("1", "a", 2)).delete("d", "1", 2);
    letters.drained().green(checker);
  }

  @Test
  void aPurgeOfTheQueueExcuses() {
    script.publish("t", "a", RED, "p").purge("reds");
    all("1", "a", "p").drained().green(checker);
  }

  @Test
  void withoutADrainNobodyCanTell() {
    script.publish("t", "a", RED, "p");
    all("1", "a", "p").open(checker);
  }

  @Test
  void whatWasSentToTheQueueItselfIsNoCopy() {
    script.publish("t", "a", BLUE, "p").send("reds", "a", "2").consume("reds", "2", "a");
    all("1", "a", "p").drained().green(checker);
  }

  @Test
  void aFifoQueueGetsOneOfManyTries() {
    HistoryScript fifo =
        new HistoryScript().fifo("q.fifo").subscribed("t.fifo", "q.fifo", null, true);
    Call.Publish publish = new Call.Publish("t.fifo", "a", Map.of(), "g", "k");
    fifo.inDoubt().call(publish);
    fifo.call(publish, new Answer.Stored("p", null, HistoryScript.number(1)));
    fifo.receive("q.fifo", delivery("1", "a", 1, "g", 1)).drained().green(checker);
    fifo.receive("q.fifo", delivery("2", "a", 1, "g", 2)).red(checker, "more copies than tries");
  }

  private HistoryScript all(String id, String text, String publishId) {
    return script.consume("all", id, envelope(text, publishId));
  }

  static String envelope(String text, String publishId) {
    return "{\"Type\":\"Notification\",\"MessageId\":\""
        + publishId
        + "\",\"Message\":\""
        + text
        + "\"}";
  }
}
