package io.tern.chaos.checker;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call;
import io.tern.chaos.history.Delivery;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.Outcome;
import io.tern.chaos.history.QueueFact;
import io.tern.chaos.history.SubscriptionFact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A valid history by seed: calls that overlap, some refused, some in doubt that had their effect or
 * had not, against a {@link NaiveBroker}; then a drain. {@link RandomHistoryTest} judges it.
 */
final class RandomHistory {
  private static final String ONLY_RED = "{\"color\":[\"red\"]}";
  private static final List<String> QUEUES = List.of("s", "d", "f.fifo", "all", "reds", "purged");

  private final Random random;
  private final NaiveBroker broker = new NaiveBroker();
  private final List<Operation> operations = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private final Map<String, String> keys = new LinkedHashMap<>();
  private @Nullable String attribute;
  private long now = 1_000;
  private int bodies;

  /** A delivery that a client has, and since when. */
  private record Held(String queue, Delivery delivery, long since) {}

  /** How the next call ends, when, and whether it has its effect. */
  private record Fate(Outcome outcome, boolean happens, long invoked, long ended) {}

  RandomHistory(long seed) {
    this.random = new Random(seed);
  }

  History make(int calls) {
    for (int i = 0; i < calls; i++) {
      now += random.nextInt(200) == 0 ? 31_000 : 1 + random.nextInt(20);
      next();
    }
    drain();
    return history(operations);
  }

  static History history(List<Operation> unsorted) {
    List<Operation> sorted = new ArrayList<>(unsorted);
    sorted.sort(Comparator.comparingLong(Operation::invokedNanos));
    List<Operation> numbered = new ArrayList<>();
    for (Operation o : sorted) {
      numbered.add(
          new Operation(
              numbered.size() + 1L,
              o.workload(),
              o.client(),
              o.node(),
              o.invokedNanos(),
              o.endedNanos(),
              o.outcome(),
              o.error(),
              o.call(),
              o.answer()));
    }
    return new History(
        numbered,
        List.of(
            queue("s", "d"),
            queue("d", null),
            queue("f.fifo", null),
            queue("all", null),
            queue("reds", null),
            queue("purged", null)),
        List.of(
            new SubscriptionFact("w", "t", "all", null, false),
            new SubscriptionFact("w", "t", "reds", ONLY_RED, true)),
        List.of());
  }

  private static QueueFact queue(String name, @Nullable String deadLetterQueue) {
    return new QueueFact(
        "w",
        name,
        name.endsWith(".fifo"),
        HistoryScript.VISIBILITY,
        0,
        deadLetterQueue,
        deadLetterQueue == null ? 0 : NaiveBroker.MAX_RECEIVES,
        false,
        false);
  }

  private void next() {
    switch (random.nextInt(20)) {
      case 0, 1, 2 -> send("s", random.nextInt(4) == 0 ? random.nextInt(5) : 0);
      case 3 -> send("purged", 0);
      case 4, 5, 6 -> sendInOrder();
      case 7, 8 -> publish();
      case 9 -> administer();
      case 10 -> purge();
      case 11, 12, 13, 14 -> receive(QUEUES.get(random.nextInt(QUEUES.size())), fate(), true);
      case 15 -> change();
      default -> delete(fate());
    }
  }

  private Fate fate() {
    int chance = random.nextInt(100);
    Outcome outcome = chance < 6 ? Outcome.UNKNOWN : chance < 8 ? Outcome.FAIL : Outcome.OK;
    boolean happens = outcome == Outcome.OK || (outcome == Outcome.UNKNOWN && random.nextBoolean());
    return new Fate(outcome, happens, now - 1 - random.nextInt(30), now + 1 + random.nextInt(30));
  }

  private void record(Fate fate, Call call, Answer answer) {
    boolean ok = fate.outcome() == Outcome.OK;
    operations.add(
        new Operation(
            0,
            "w",
            "c",
            "node1",
            HistoryScript.nanos(fate.invoked()),
            HistoryScript.nanos(fate.ended()),
            fate.outcome(),
            ok ? null : "not done",
            call,
            ok ? answer : new Answer.Nothing()));
  }

  private void send(String queue, int delaySeconds) {
    Fate fate = fate();
    String body = "body " + ++bodies;
    String id =
        fate.happens()
            ? broker.send(queue, body, null, null, now + 1_000L * delaySeconds).id()
            : "none";
    record(
        fate,
        new Call.Send(queue, body, delaySeconds, null, null),
        new Answer.Stored(id, HistoryScript.md5(body), null));
  }

  /** Every third one repeats an earlier send. */
  private void sendInOrder() {
    Fate fate = fate();
    boolean repeats = !keys.isEmpty() && random.nextInt(3) == 0;
    String body = repeats ? List.copyOf(keys.keySet()).getLast() : "ordered " + 1_000 + ++bodies;
    String group = keys.computeIfAbsent(body, _ -> "g" + random.nextInt(3));
    NaiveBroker.Told told = new NaiveBroker.Told("none", 0, now);
    if (fate.happens()) {
      told = broker.send("f.fifo", body, group, body, now);
    }
    record(
        fate,
        new Call.Send("f.fifo", body, 0, group, body),
        new Answer.Stored(told.id(), HistoryScript.md5(body), HistoryScript.number(told.number())));
  }

  private void publish() {
    Fate fate = fate();
    String body = "news " + ++bodies;
    boolean red = random.nextBoolean();
    String id = broker.newId();
    if (fate.happens()) {
      broker.send("all", FanOutCheckerTest.envelope(body, id), null, null, now);
      if (red) {
        broker.send("reds", body, null, null, now);
      }
    }
    record(
        fate,
        new Call.Publish("t", body, Map.of("color", red ? "red" : "blue"), null, null),
        new Answer.Stored(id, null, null));
  }

  private void administer() {
    Fate fate = fate();
    String value = "v" + ++bodies;
    switch (random.nextInt(4)) {
      case 0 -> {
        if (attribute == null) {
          attribute = fate.happens() ? value : null;
          record(fate, new Call.CreateQueue("adm", Map.of("V", value)), new Answer.Nothing());
        }
      }
      case 1 -> {
        if (attribute != null && random.nextInt(4) == 0) {
          attribute = fate.happens() ? null : attribute;
          record(fate, new Call.DeleteQueue("adm"), new Answer.Nothing());
        }
      }
      case 2 -> {
        if (attribute != null) {
          attribute = fate.happens() ? value : attribute;
          record(fate, new Call.SetAttribute("adm", "V", value), new Answer.Nothing());
        }
      }
      default -> record(fate, new Call.GetAttribute("adm", "V"), new Answer.Value(attribute));
    }
  }

  private void purge() {
    if (random.nextInt(5) == 0) {
      Fate fate = fate();
      if (fate.happens()) {
        broker.purge("purged");
      }
      record(fate, new Call.Purge("purged"), new Answer.Nothing());
    }
  }

  private void receive(String queue, Fate fate, boolean keep) {
    List<Delivery> deliveries = List.of();
    if (fate.happens()) {
      String deadLetterQueue = queue.equals("s") ? "d" : null;
      deliveries = broker.receive(queue, deadLetterQueue, 1 + random.nextInt(5), now);
    }
    record(
        fate,
        new Call.Receive(queue, 5, HistoryScript.VISIBILITY, 0),
        new Answer.Received(deliveries));
    if (fate.outcome() == Outcome.OK && keep) {
      deliveries.forEach(d -> held.add(new Held(queue, d, fate.ended())));
    }
  }

  private void change() {
    Fate fate = fate();
    held.stream()
        .filter(h -> h.since() < fate.invoked())
        .findAny()
        .ifPresent(h -> {
          int seconds = random.nextInt(3) * 20;
          boolean taken = !fate.happens() || broker.change(h.delivery(), seconds, now);
          record(
              taken ? fate : refused(fate),
              new Call.ChangeVisibility(
                  h.queue(), h.delivery().messageId(), h.delivery().receipt(), seconds),
              new Answer.Nothing());
        });
  }

  private static Fate refused(Fate fate) {
    Outcome outcome = fate.outcome() == Outcome.OK ? Outcome.FAIL : fate.outcome();
    return new Fate(outcome, false, fate.invoked(), fate.ended());
  }

  private void delete(Fate fate) {
    for (int i = 0; i < held.size(); i++) {
      Held one = held.get(i);
      if (one.since() < fate.invoked()) {
        held.remove(i);
        boolean taken = !fate.happens() || broker.delete(one.delivery(), now);
        record(
            taken ? fate : refused(fate),
            new Call.Delete(one.queue(), one.delivery().messageId(), one.delivery().receipt()),
            new Answer.Nothing());
        return;
      }
    }
  }

  /** Receives and deletes until nothing is left, and then until nothing can be hidden. */
  private void drain() {
    held.clear();
    for (int quiet = 0; quiet < 4; quiet = broker.isEmpty() ? quiet + 1 : 0) {
      now += 61_000;
      for (String queue : QUEUES) {
        int before;
        do {
          before = held.size();
          now += 50;
          receive(queue, good(), true);
        } while (held.size() > before);
      }
      while (!held.isEmpty()) {
        now += 50;
        delete(good());
      }
    }
  }

  private Fate good() {
    return new Fate(Outcome.OK, true, now - 5, now + 5);
  }
}
