package io.tern.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read again, every kind of call and answer. */
class HistoryFileTest {
  private static final List<Call> CALLS =
      List.of(
          new Call.Send("q", "a \"body\"\n\u0001ä", 3, null, null),
          new Call.Send("q.fifo", "b", 0, "g", "d"),
          new Call.Receive("q", 10, 30, 20),
          new Call.Delete("q", "id", "receipt"),
          new Call.ChangeVisibility("q", "id", "receipt", 60),
          new Call.Purge("q"),
          new Call.StartMove("d", null),
          new Call.StartMove("d", "q"),
          new Call.Publish("t", "p", Map.of("k", "v", "n", "1"), null, null),
          new Call.Publish("t.fifo", "p", Map.of(), "g", "d"),
          new Call.CreateQueue("q", Map.of("VisibilityTimeout", "5")),
          new Call.DeleteQueue("q"),
          new Call.SetAttribute("q", "a", "b"),
          new Call.GetAttribute("q", "a"),
          new Call.CreateTopic("t"),
          new Call.DeleteTopic("t"));

  private static final List<Answer> ANSWERS =
      List.of(
          new Answer.Nothing(),
          new Answer.Stored("id", "md5", null),
          new Answer.Stored("id", null, "00000000000000000001"),
          new Answer.Received(List.of()),
          new Answer.Received(
              List.of(
                  new Delivery("id", "body", "md5", "r", 1, null, null, Map.of()),
                  new Delivery("id2", "", "md5", "r", 2, "g", "7", Map.of("k", "v")))),
          new Answer.Value(null),
          new Answer.Value("v"));

  @TempDir private Path folder;

  @Test
  void everythingComesBack() throws IOException {
    List<Operation> operations = new ArrayList<>();
    for (Call call : CALLS) {
      operations.add(operation(operations.size(), call, new Answer.Nothing()));
    }
    for (Answer answer : ANSWERS) {
      operations.add(operation(operations.size(), new Call.Purge("q"), answer));
    }
    History history =
        new History(
            operations,
            List.of(
                new QueueFact("w", "q", false, 30, 5, "d", 3, false, false),
                new QueueFact("w", "q.fifo", true, 30, 0, null, 0, true, true)),
            List.of(
                new SubscriptionFact("w", "t", "q", "{\"a\":[1]}", true),
                new SubscriptionFact("w", "t", "q2", null, false)),
            List.of(new FaultEvent("kill", "node1", "kill -9", -5, Long.MAX_VALUE, 7)));
    Path file = folder.resolve("history.jsonl");

    HistoryFile.write(file, history);

    assertThat(HistoryFile.read(file)).isEqualTo(history);
    assertThat(Files.readAllLines(file)).hasSize(5 + operations.size());
  }

  @Test
  void anEmptyHistoryIsAnEmptyFile() throws IOException {
    Path file = folder.resolve("history.jsonl");
    History none = new History(List.of(), List.of(), List.of(), List.of());
    HistoryFile.write(file, none);
    assertThat(HistoryFile.read(file)).isEqualTo(none);
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    Path file = folder.resolve("other.jsonl");
    Files.writeString(file, "{\"line\":\"something\"}\n");
    assertThatThrownBy(() -> HistoryFile.read(file)).isInstanceOf(IOException.class);
    Files.writeString(file, "{\"line\":\"queue\"}\n");
    assertThatThrownBy(() -> HistoryFile.read(file)).hasMessageContaining("workload");
  }

  private static Operation operation(int id, Call call, Answer answer) {
    Outcome outcome = List.of(Outcome.OK, Outcome.FAIL, Outcome.UNKNOWN).get(id % 3);
    return new Operation(
        id,
        "w",
        "c" + id,
        "node1",
        id * 10L,
        id * 10L + 5,
        outcome,
        id % 2 == 0 ? null : "e",
        call,
        answer);
  }
}
