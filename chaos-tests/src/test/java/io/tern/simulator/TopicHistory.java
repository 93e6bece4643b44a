package io.tern.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.simulator.Cast.Box;
import io.tern.simulator.Cast.Voice;
import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.Decision;
import io.tern.state.Entry;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.TopicChange;
import io.tern.state.TopicCommand;
import io.tern.state.TopicId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The log as it was answered, judged by what is promised of topics: each accepted message gets into
 * each matching queue once, and from a FIFO topic in order.
 */
final class TopicHistory implements Judge {

  /** A message that a topic took. */
  record Accepted(TopicId topic, long number, Bytes content) {
    String group() {
      return groupOf(content);
    }
  }

  private final PublishedBodies bodies = new PublishedBodies();
  private final List<Accepted> accepted = new ArrayList<>();
  private final Map<Long, Long> numbers = new HashMap<>();
  private final Map<QueueId, TreeMap<Long, Bytes>> stored = new HashMap<>();
  private final Map<QueueId, TreeMap<Long, Bytes>> left = new HashMap<>();
  private int repeated;
  private int forgotten;
  private int replayed;

  @Override
  public void applied(PartitionId partition, Entry entry, List<Decision> decisions) {
    for (int i = 0; i < decisions.size(); i++) {
      if (entry.commands().get(i) instanceof TopicCommand.Publish publish) {
        published(publish, decisions.get(i).reply());
      }
      for (Change change : decisions.get(i).changes()) {
        follow(partition, entry.commands().get(i), change);
      }
    }
  }

  private void published(TopicCommand.Publish publish, Reply reply) {
    long key = publish.id().low();
    switch (reply) {
      case Reply.MessageAccepted a -> {
        if (publish.deduplication() != null) {
          assertThat(numbers.put(key, a.number())).as("a publish taken twice").isNull();
        }
        accepted.add(new Accepted(publish.topic(), a.number(), publish.content()));
      }
      case Reply.MessageRepeated r -> {
        assertThat(numbers.get(key)).as("the number of the first").isEqualTo(r.number());
        repeated++;
      }
      default -> {}
    }
  }

  private void follow(PartitionId partition, Command command, Change change) {
    switch (change) {
      case TopicChange.BodyStored c -> bodies.stored(partition, c);
      case TopicChange.NotificationStored c ->
          store(c.queue(), c.number(), bodies.of(partition, c.notification()));
      case Change.MessageStored c -> {
        replayed++;
        store(c.queue(), c.number(), c.content());
      }
      case Change.MessageRemoved c -> {
        assertThat(command).isInstanceOf(Command.DeleteMessage.class);
        left(c.queue()).remove(c.number());
      }
      case Change.QueueRemoved c -> left(c.queue()).clear();
      case TopicChange.BodiesForgotten _ -> forgotten++;
      default -> {}
    }
  }

  private void store(QueueId queue, long number, Bytes content) {
    stored.computeIfAbsent(queue, _ -> new TreeMap<>()).put(number, content);
    left(queue).put(number, content);
  }

  /** What the queue still has. */
  Map<Long, Bytes> left(QueueId queue) {
    return left.computeIfAbsent(queue, _ -> new TreeMap<>());
  }

  int repeated() {
    return repeated;
  }

  int forgotten() {
    return forgotten;
  }

  int replayed() {
    return replayed;
  }

  int accepted() {
    return accepted.size();
  }

  void assertWasAccepted(TopicId topic, long number, Bytes content) {
    assertThat(accepted)
        .as("acknowledged message is not in the log")
        .contains(new Accepted(topic, number, content));
  }

  /** When all is quiet: each queue has got what its topics took. */
  void assertDelivered() {
    Map<QueueId, List<Bytes>> expected = new HashMap<>();
    for (Voice voice : Cast.VOICES) {
      List<Box> boxes = new ArrayList<>(voice.boxes());
      if (voice.equals(Cast.ARCHIVED)) {
        boxes.add(Cast.LATE);
      }
      for (Box box : boxes) {
        List<Bytes> all = expected.computeIfAbsent(box.id(), _ -> new ArrayList<>());
        of(voice.id()).forEach(message -> all.add(message.content()));
      }
    }
    for (Box box : Cast.BOXES) {
      if (!box.equals(Cast.DEAD)) {
        List<Bytes> got = got(box.id());
        if (box.equals(Cast.GONE)) {
          got.addAll(got(Cast.DEAD.id()));
        }
        assertThat(got)
            .as("what %s got of its topics", box)
            .containsExactlyInAnyOrderElementsOf(expected.getOrDefault(box.id(), List.of()));
      }
    }
    assertOrdered();
  }

  private void assertOrdered() {
    for (Voice voice : Cast.VOICES) {
      List<Box> boxes = new ArrayList<>(voice.boxes());
      boxes.add(Cast.LATE);
      for (Box box : boxes) {
        if (voice.fifo() && box.fifo()) {
          assertThat(grouped(got(box.id()), voice))
              .as("order of %s in %s", voice.id(), box.id())
              .isEqualTo(
                  got(box.id()).stream().anyMatch(content -> isOf(voice, content))
                      ? grouped(of(voice.id()).stream().map(Accepted::content).toList(), voice)
                      : Map.of());
        }
      }
    }
  }

  private static Map<String, List<Bytes>> grouped(List<Bytes> contents, Voice voice) {
    Map<String, List<Bytes>> groups = new TreeMap<>();
    for (Bytes content : contents) {
      if (isOf(voice, content)) {
        groups.computeIfAbsent(groupOf(content), _ -> new ArrayList<>()).add(content);
      }
    }
    return groups;
  }

  private List<Accepted> of(TopicId topic) {
    return accepted.stream().filter(message -> message.topic().equals(topic)).toList();
  }

  private List<Bytes> got(QueueId queue) {
    return new ArrayList<>(stored.getOrDefault(queue, new TreeMap<>()).values());
  }

  private static boolean isOf(Voice voice, Bytes content) {
    return part(content, 0).equals(Long.toString(voice.id().number()));
  }

  /** Contents read "topic group number". */
  static String groupOf(Bytes content) {
    return part(content, 1);
  }

  private static String part(Bytes content, int index) {
    return new String(content.array(), UTF_8).split(" ", -1)[index];
  }
}
