package io.tern.chaos.checker;

import static io.tern.chaos.checker.HistoryScript.delivery;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call;
import io.tern.chaos.history.QueueFact;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two messages of one deduplication id inside its window are seen, and so is a window too long. */
class DeduplicationCheckerTest {
  private static final String QUEUE = "q.fifo";

  private final DeduplicationChecker checker = new DeduplicationChecker();
  private final HistoryScript script = new HistoryScript().fifo(QUEUE);

  @Test
  void repetitionsAreOneMessage() {
    sent("k", "a", "1");
    sent("k", "a", "1");
    script.receive(QUEUE, delivery("1", "a", 1, "g", 1)).green(checker);
  }

  @Test
  void twoMessagesInsideTheWindowAreSeen() {
    sent("k", "a", "1");
    script.later(299_000);
    sent("k", "a", "2");
    script.red(checker, "1 and 2");
  }

  @Test
  void afterTheWindowThereIsANewMessage() {
    sent("k", "a", "1");
    script.later(300_000);
    sent("k", "a", "2");
    script.green(checker);
  }

  @Test
  void theWindowIsNotRenewed() {
    sent("k", "a", "1");
    script.later(200_000);
    sent("k", "a", "1");
    script.later(101_000);
    sent("k", "a", "1");
    script.red(checker, "no new message after five minutes");
  }

  @Test
  void anOutageMakesTheWindowLonger() {
    script.fault("zone", 100_000, 103_000, 105_000);
    sent("k", "a", "1");
    script.later(303_000);
    sent("k", "a", "1");
    script.green(checker);
  }

  @Test
  void aSecondMessageOfATryInDoubtIsSeenWhenItComes() {
    script.inDoubt();
    sent("k", "a", "?");
    sent("k", "a", "1");
    script.receive(QUEUE, delivery("1", "a", 1, "g", 1)).green(checker);
    script.receive(QUEUE, delivery("2", "a", 1, "g", 2)).red(checker, "within five minutes");
  }

  @Test
  void twoMessagesOfWhichOneNobodySawAreSeen() {
    script.inDoubt();
    sent("k", "a", "?");
    script.receive(QUEUE, delivery("1", "a", 1, "g", 1)).later(1_000);
    sent("k", "a", "2");
    script.red(checker, "within five minutes");
  }

  @Test
  void aRefusedTryDoesNotOpenTheWindow() {
    script.refused("400");
    sent("k", "a", "?");
    script.later(200_000);
    sent("k", "a", "1");
    script.later(299_000);
    sent("k", "a", "1");
    script.green(checker);
  }

  @Test
  void aPurgeForgets() {
    sent("k", "a", "1");
    script.purge(QUEUE);
    sent("k", "a", "2");
    script.green(checker);
  }

  @Test
  void aPurgeBeforeBothDoesNotExcuse() {
    script.purge(QUEUE);
    sent("k", "a", "1");
    sent("k", "a", "2");
    script.red(checker, "within five minutes");
  }

  @Test
  void theBodyCountsWhereContentDecides() {
    HistoryScript content = new HistoryScript();
    content.queue(new QueueFact("w", QUEUE, true, 30, 0, null, 0, true, false));
    content.call(send(null, "a", "g"), stored("1", 1)).call(send(null, "b", "g"), stored("2", 2));
    content.green(checker);
    content.call(send(null, "a", "h"), stored("3", 3)).red(checker, "1 and 3");
  }

  @Test
  void groupsCountWhereTheScopeSaysSo() {
    HistoryScript groups = new HistoryScript();
    groups.queue(new QueueFact("w", QUEUE, true, 30, 0, null, 0, false, true));
    groups.call(send("k", "a", "g"), stored("1", 1)).call(send("k", "a", "h"), stored("2", 2));
    groups.green(checker);
    groups.call(send("k", "a", "h"), stored("3", 3)).red(checker, "2 and 3");
  }

  @Test
  void aTopicHasAWindowToo() {
    published("p1");
    published("p1");
    script.green(checker);
    published("p2");
    script.red(checker, "p1 and p2");
  }

  private void sent(String key, String body, String id) {
    script.call(send(key, body, "g"), stored(id, 1));
  }

  private void published(String id) {
    script.call(new Call.Publish("t.fifo", "a", Map.of(), "g", "k"), stored(id, 1));
  }

  private static Call.Send send(@Nullable String key, String body, String group) {
    return new Call.Send(QUEUE, body, 0, group, key);
  }

  private static Answer.Stored stored(String id, int number) {
    return new Answer.Stored(id, null, HistoryScript.number(number));
  }
}
