package io.tern.chaos.checker;

import static io.tern.chaos.checker.HistoryScript.delivery;

import io.tern.chaos.history.Call;
import io.tern.chaos.history.QueueFact;
import org.junit.jupiter.api.Test;

/** A message before its time is seen. */
class DelayCheckerTest {
  private final DelayChecker checker = new DelayChecker();
  private final HistoryScript script = new HistoryScript().standard("q").at(0);

  @Test
  void afterItsDelayItMayCome() {
    script.sendDelayed("q", "a", "1", 10).at(9_990).receive("q", delivery("1", "a", 1));
    script.green(checker);
  }

  @Test
  void theClocksMayDifferALittle() {
    script.sendDelayed("q", "a", "1", 10).at(9_945).receive("q", delivery("1", "a", 1));
    script.green(checker);
  }

  @Test
  void beforeItsDelayIsOverItMustNotCome() {
    script.sendDelayed("q", "a", "1", 10).at(9_900).receive("q", delivery("1", "a", 1));
    script.red(checker, "before its delay was over");
  }

  @Test
  void ofTwoTriesTheFirstOneInDoubtCounts() {
    script.inDoubt().sendDelayed("q", "a", "?", 10).at(5_000).sendDelayed("q", "a", "1", 10);
    script.at(10_000).receive("q", delivery("2", "a", 1)).green(checker);
  }

  @Test
  void theTryThatMadeItCountsWhenItIsKnown() {
    script.inDoubt().sendDelayed("q", "a", "?", 10).at(5_000).sendDelayed("q", "a", "1", 10);
    script.at(10_000).receive("q", delivery("1", "a", 1)).red(checker, "before its delay");
  }

  @Test
  void aRefusedTryDoesNotCount() {
    script.refused("400").sendDelayed("q", "a", "?", 10).at(5_000).inDoubt();
    script.sendDelayed("q", "a", "?", 10).at(10_000).receive("q", delivery("1", "a", 1));
    script.red(checker, "before its delay");
  }

  @Test
  void aFifoQueueDelaysAll() {
    HistoryScript fifo = delayedFifo();
    fifo.sendFifo("q.fifo", "g", "a", "1", 1);
    fifo.at(9_000).receive("q.fifo", delivery("1", "a", 1, "g", 1)).red(checker, "before its");
  }

  @Test
  void aChangedDelayIsNotJudged() {
    HistoryScript fifo = delayedFifo();
    fifo.sendFifo("q.fifo", "g", "a", "1", 1);
    fifo.call(new Call.SetAttribute("q.fifo", "DelaySeconds", "0"));
    fifo.receive("q.fifo", delivery("1", "a", 1, "g", 1));
    org.assertj.core.api.Assertions.assertThat(checker.check(fifo.history()).isGreen()).isTrue();
  }

  private static HistoryScript delayedFifo() {
    return new HistoryScript()
        .queue(new QueueFact("w", "q.fifo", true, 30, 10, null, 0, false, false))
        .at(0);
  }
}
