package io.tern.disk;

import io.tern.state.QueueId;
import io.tern.state.TopicId;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.queue.QueueImage.RememberedSend;
import io.tern.state.topic.TopicImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Bodies as their rows tell them, and who refers to them; to be compared with an image. Used by
 * {@link IndexFromRows}.
 */
final class TopicRows {
  private final Map<Long, TreeSet<Long>> bodies = new TreeMap<>();
  private final List<String> orphans = new ArrayList<>();

  private TopicRows() {}

  static TopicRows read(Database database) {
    TopicRows rows = new TopicRows();
    database.scan(
        Table.BODIES,
        (key, _) ->
            rows.bodies
                .computeIfAbsent(Keys.topicOf(key).number(), _ -> new TreeSet<>())
                .add(Keys.numberOf(key)));
    database.scan(
        Table.OUTBOX,
        (key, value) -> {
          // Without a body of its own beside it.
          if (RowCodec.outbox(value) instanceof TopicCrossing.FanOut fanOut
              && !value.hasRemaining()) {
            rows.needed(
                "outbox entry " + Keys.outboxNumberOf(key),
                new BodyKey(fanOut.topic(), fanOut.body()));
          }
        });
    return rows;
  }

  /** Notes that someone refers to a body. */
  void needed(String who, BodyKey body) {
    if (!numbers(body.topic()).contains(body.number())) {
      orphans.add(who + " refers to " + body + ", which has no row");
    }
  }

  private SortedSet<Long> numbers(TopicId topic) {
    return bodies.getOrDefault(topic.number(), new TreeSet<>());
  }

  /**
   * What the image says differently. Takes from the publishes those that are of the image's topics.
   */
  List<String> differences(List<TopicImage> images, Map<QueueId, List<RememberedSend>> publishes) {
    List<String> different = new ArrayList<>(orphans);
    Map<Long, TreeSet<Long>> onlyRows = new TreeMap<>(bodies);
    for (TopicImage image : images) {
      long topic = image.topic().number();
      SortedSet<Long> numbers = numbers(image.topic());
      onlyRows.remove(topic);
      if (!numbers.isEmpty()
          && (numbers.first() < image.firstBody() || numbers.last() >= image.nextBody())) {
        different.add(
            image.topic()
                + " has the bodies %d to %d, the image says from %d and below %d"
                    .formatted(
                        numbers.first(), numbers.last(), image.firstBody(), image.nextBody()));
      }
      List<RememberedSend> remembered = publishes.remove(new QueueId(topic));
      List<RememberedSend> rows = remembered == null ? List.of() : remembered;
      if (!image.publishes().equals(rows)) {
        different.add(
            "%s publishes: the image says %s, the rows say %s"
                .formatted(image.topic(), image.publishes(), rows));
      }
    }
    onlyRows.keySet().forEach(id -> different.add("topic " + id + " has bodies and no image"));
    return different;
  }
}
