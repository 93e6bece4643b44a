package io.tern.chaos.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Gaps are as long as they are, and each belongs to the fault before it. */
class GapsCheckerTest {
  private final GapsChecker checker = new GapsChecker();
  private final HistoryScript script = new HistoryScript().standard("q");

  @Test
  void theLongestGapIsBetweenTwoAcknowledgements() {
    sentAt(1_000, 1_500, 4_000, 4_200);
    assertThat(figures()).containsOnly(Map.entry("longest-ms", 2_500L));
  }

  @Test
  void triesThatFailDoNotEndAGap() {
    sentAt(1_000);
    script.at(2_000).inDoubt().send("q", "x", "?").at(3_000).refused("400").send("q", "y", "?");
    sentAt(5_000);
    assertThat(figures()).containsEntry("longest-ms", 3_990L);
  }

  @Test
  void aGapThatNeverEndsIsCountedToTheLastTry() {
    sentAt(1_000);
    script.at(9_000).inDoubt().send("q", "x", "?");
    assertThat(figures()).containsEntry("longest-ms", 7_990L);
  }

  @Test
  void withoutAnyAcknowledgementAllIsAGap() {
    script.at(1_000).inDoubt().send("q", "x", "?").at(9_000).inDoubt().send("q", "x", "?");
    assertThat(figures()).containsEntry("longest-ms", 8_000L);
  }

  @Test
  void eachKindOfFaultHasItsOwn() {
    script.fault("kill", 2_000, 2_000, 5_000).fault("pause", 10_000, 12_000, 12_000);
    script.fault("kill", 20_000, 20_000, 20_000);
    sentAt(1_000, 1_990, 4_000, 9_990, 10_990, 19_990, 20_500, 20_600);
    assertThat(figures())
        .containsEntry("longest-ms kill", 5_990L)
        .containsEntry("longest-ms pause", 9_000L)
        .containsEntry("longest-ms", 9_000L);
  }

  @Test
  void ofFaultsThatOverlapNoneIsBlamed() {
    script.fault("kill-all", 2_000, 5_000, 9_000).fault("slow-disk", 2_100, 5_000, 9_000);
    script.fault("pause", 12_000, 13_000, 13_000);
    sentAt(1_990, 9_990, 11_990, 13_990, 14_000);
    assertThat(figures())
        .containsOnlyKeys("longest-ms", "longest-ms several at once", "longest-ms pause")
        .containsEntry("longest-ms several at once", 8_000L)
        .containsEntry("longest-ms pause", 2_000L);
  }

  /** Its last reads come long after the load: they made gaps of 16 seconds. */
  @Test
  void aWorkloadThatSendsNothingIsMeasuredByWhatItDefines() {
    script.at(1_000).call(new Call.CreateQueue("r", Map.of())).at(4_000);
    script.call(new Call.DeleteQueue("r"));
    script.at(60_000).call(new Call.GetAttribute("r", "V"), new Answer.Value(null));
    assertThat(figures()).containsEntry("longest-ms", 2_990L);
  }

  @Test
  void nothingAtAllHasNoGap() {
    assertThat(figures()).isEmpty();
  }

  private void sentAt(long... millis) {
    for (long at : millis) {
      script.at(at).send("q", "b" + at, "i" + at);
    }
  }

  private Map<String, Long> figures() {
    Verdict verdict = checker.check(script.history());
    assertThat(verdict.isGreen()).isTrue();
    return verdict.figures();
  }
}
