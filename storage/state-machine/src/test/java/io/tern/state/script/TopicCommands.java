package io.tern.state.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.MessageId;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicCommand;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.QueueAttributes;
import io.tern.state.limits.TopicSettings;
import io.tern.state.queue.Deduplication;
import io.tern.state.topic.DeadLetterTarget;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.Replay;
import io.tern.state.topic.ReplayStatus;
import io.tern.state.topic.ReplayedMessage;
import io.tern.state.topic.TopicView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes commands and crossings about topics of lines of a script; a part of {@link Commands}. */
final class TopicCommands {
  private final Names names;
  private final Machines machines;
  private int publishes;

  TopicCommands(Names names, Machines machines) {
    this.names = names;
    this.machines = machines;
  }

  Command command(Line line) {
    return switch (line.word(0)) {
      case "publish" -> publish(line);
      case "give-up" ->
          new TopicCommand.GiveUpMessage(
              names.id(line.queueName()),
              Commands.numberOf(line),
              line.number("receipt", 0),
              line.text("to", "").isEmpty()
                  ? null
                  : machines.target(names.id(line.text("to", "")), line.text("to", "")));
      case "advance-replay" -> advance(line);
      case "inspect" -> new TopicCommand.InspectTopic(topicOf(line));
      default -> throw new IllegalArgumentException("Not about topics: " + line);
    };
  }

  /** What the catalogue would hand over. */
  Crossing crossing(Line line) {
    TopicId topic = topicOf(line);
    return switch (line.word(0)) {
      case "topic" ->
          new TopicCrossing.InstallTopic(
              topic,
              line.number("version", (int) version(topic) + 1),
              new TopicSettings(
                  new TopicName("here", Machines.ACCOUNT, line.word(1)),
                  isFifo(line.word(1)),
                  line.millis("archive", 0)));
      case "remove-topic" -> new TopicCrossing.RemoveTopic(topic);
      case "replay" ->
          new TopicCrossing.InstallReplay(
              topic,
              new Replay(
                  subscription(line.word(2)),
                  line.number("version", 1),
                  World.WALL_START_MILLIS + line.millis("start", 0),
                  line.options().containsKey("end")
                      ? World.WALL_START_MILLIS + line.millis("end", 0)
                      : -1,
                  0,
                  ReplayStatus.PENDING));
      case "end-replay" -> new TopicCrossing.RemoveReplay(topic, subscription(line.word(2)));
      default -> throw new IllegalArgumentException("Not about topics: " + line);
    };
  }

  TopicId topicOf(Line line) {
    return new TopicId(names.id(line.queueName()).number());
  }

  private long version(TopicId topic) {
    TopicView view = machines.partition(machines.homeOf(topic)).topic(topic);
    return view == null ? 0 : view.version();
  }

  /** Matched against the newest version unless the line says another one. */
  private Command publish(Line line) {
    publishes++;
    TopicId topic = topicOf(line);
    Deduplication key = deduplication(line);
    List<FanOutTarget> targets = new ArrayList<>();
    for (String target : line.list("to")) {
      targets.add(target(target, key));
    }
    return new TopicCommand.Publish(
        topic,
        new MessageId(1, publishes),
        line.text("group", ""),
        isFifo(line.word(1)) ? key : null,
        Bytes.of(line.text("body", "").getBytes(UTF_8)),
        line.number("version", (int) version(topic)),
        targets);
  }

  private Deduplication deduplication(Line line) {
    String key = line.text("dedup", "publish-" + publishes);
    return new Deduplication(1, key.hashCode(), new MessageId(1, publishes));
  }

  /**
   * Reads orders, or orders@2 to say where it was, or orders/dead with a dead-letter queue. A
   * subscription is called as its queue.
   */
  private FanOutTarget target(String text, Deduplication key) {
    String[] parts = text.split("/", 2);
    DeadLetterTarget place = place(parts[0]);
    String name = parts[0].split("@", 2)[0];
    return new FanOutTarget(
        subscription(name),
        "sqs",
        false,
        place.queue(),
        place.partition(),
        parts.length == 1 ? null : place(parts[1]),
        isFifo(name) ? key : null);
  }

  private DeadLetterTarget place(String text) {
    String[] parts = text.split("@", 2);
    QueueId queue = names.id(parts[0]);
    return new DeadLetterTarget(
        queue,
        parts.length == 1 ? machines.placeOf(queue) : new PartitionId(Integer.parseInt(parts[1])));
  }

  /** The messages are those of the numbers, as the rows have them. */
  private Command advance(Line line) {
    TopicId topic = topicOf(line);
    FanOutTarget target = target(line.word(2), new Deduplication(0, 0, new MessageId(0, 0)));
    List<ReplayedMessage> messages = new ArrayList<>();
    for (String number : line.list("messages")) {
      long body = Long.parseLong(number);
      Bytes content =
          Objects.requireNonNull(
              machines.rows(machines.homeOf(topic)).body(topic, body), "an archived body");
      messages.add(new ReplayedMessage(body, target, line.text("group", ""), content));
    }
    return new TopicCommand.AdvanceReplay(
        topic,
        target.subscription(),
        line.number("version", 1),
        line.number("from", 0),
        line.number("upto", 0),
        messages,
        line.text("ended", "no").equals("yes"));
  }

  private SubscriptionId subscription(String queue) {
    return new SubscriptionId(names.id(queue).number());
  }

  private static boolean isFifo(String name) {
    return name.endsWith(QueueAttributes.FIFO_SUFFIX);
  }
}
