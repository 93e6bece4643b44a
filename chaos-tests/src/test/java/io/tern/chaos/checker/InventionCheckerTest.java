package io.tern.chaos.checker;

import static io.tern.chaos.checker.HistoryScript.delivery;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call;
import io.tern.chaos.history.Delivery;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What nobody sent, or not so, or not so often, is seen. */
class InventionCheckerTest {
  private final InventionChecker checker = new InventionChecker();
  private final HistoryScript script = new HistoryScript().standard("q").fifo("f.fifo");

  @Test
  void whatWasSentMayComeAgainAndAgain() {
    script.send("q", "a", "1").receive("q", delivery("1", "a", 1)).later(30_000);
    script.receive("q", delivery("1", "a", 2)).green(checker);
  }

  @Test
  void whatNobodySentIsInvented() {
    script.send("q", "a", "1").receive("q", delivery("2", "b", 1)).red(checker, "nobody sent it");
  }

  @Test
  void whatWasSentElsewhereIsInventedHere() {
    script.standard("r").send("r", "a", "1").receive("q", delivery("1", "a", 1));
    script.red(checker, "nobody sent it");
  }

  @Test
  void whatWasRefusedMustNotCome() {
    script.refused("400").send("q", "a", "1").receive("q", delivery("1", "a", 1));
    script.red(checker, "refused");
  }

  @Test
  void whatIsInDoubtMayComeOnce() {
    script.inDoubt().send("q", "a", "?").send("q", "a", "1");
    script.receive("q", delivery("1", "a", 1), delivery("2", "a", 1)).green(checker);
  }

  @Test
  void whatIsInDoubtMustNotComeTwice() {
    script.inDoubt().send("q", "a", "?").send("q", "a", "1");
    script.receive("q", delivery("1", "a", 1), delivery("2", "a", 1), delivery("3", "a", 1));
    script.red(checker, "more messages than tries");
  }

  @Test
  void anIdThatNobodyWasToldIsASecondMessage() {
    script.send("q", "a", "1").receive("q", delivery("1", "a", 1), delivery("2", "a", 1));
    script.red(checker, "more messages than tries");
  }

  @Test
  void aMoveGivesAnotherId() {
    HistoryScript letters = new HistoryScript().deadLetters("q", "d", 1).standard("d");
    letters.send("q", "a", "1").receive("q", delivery("1", "a", 1)).later(30_000);
    letters.receive("d", delivery("1", "a", 2)).call(new Call.StartMove("d", "q"));
    letters.receive("q", delivery("2", "a", 1)).green(checker);
    letters.receive("q", delivery("3", "a", 1)).red(checker, "more messages than tries");
  }

  @Test
  void aDigestOfSomethingElseIsSeen() {
    script.send("q", "a", "1");
    script.receive(
        "q", new Delivery("1", "a", HistoryScript.md5("b"), "r", 1, null, null, Map.of()));
    script.red(checker, "body and digest differ");
  }

  @Test
  void aSenderToldOfAnotherDigestIsSeen() {
    script.call(
        new Call.Send("q", "a", 0, null, null),
        new Answer.Stored("1", HistoryScript.md5("b"), null));
    script.red(checker, "digest of operation 1");
  }

  @Test
  void twoBodiesOfOneIdAreSeen() {
    script.send("q", "a", "1").send("q", "b", "2");
    script.receive("q", delivery("1", "a", 1), delivery("2", "b", 1)).later(30_000);
    script.receive("q", delivery("2", "b", 2)).inDoubt().send("q", "b", "?").green(checker);
    script.receive("q", delivery("1", "b", 2)).red(checker, "another body than before");
  }

  @Test
  void theBodyOfAnotherSendIsSeen() {
    script.send("q", "a", "1").send("q", "b", "2").receive("q", delivery("1", "b", 1));
    script.inDoubt().send("q", "b", "?").red(checker, "not the body that operation 1 sent");
  }

  @Test
  void anotherGroupIsSeen() {
    script.sendFifo("f.fifo", "g", "a", "1", 1);
    script.receive("f.fifo", delivery("1", "a", 1, "h", 1)).red(checker, "of another group");
  }

  @Test
  void whatComesBeforeItWasSentIsSeen() {
    script.receive("q", delivery("1", "a", 1)).later(1_000).send("q", "a", "1");
    script.red(checker, "before it was sent");
  }

  @Test
  void aPublishedMessageComesRawOrInItsEnvelope() {
    script.subscribed("t", "q", null, false).publish("t", "a", Map.of(), "p");
    script.receive("q", delivery("1", FanOutCheckerTest.envelope("a", "p"), 1)).green(checker);
    script.receive("q", delivery("2", FanOutCheckerTest.envelope("b", "p"), 1));
    script.red(checker, "nobody sent it");
  }
}
