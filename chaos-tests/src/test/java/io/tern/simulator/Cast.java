package io.tern.simulator;

import io.tern.state.MessageId;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.QueueSettings;
import io.tern.state.limits.TopicSettings;
import io.tern.state.queue.Deduplication;
import io.tern.state.topic.DeadLetterTarget;
import io.tern.state.topic.FanOutTarget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The queues and topics of {@link TopicSimulation}, and who subscribes to what. */
final class Cast {
  static final int PARTITIONS = 3;

  /** A queue, with what takes its messages when it is gone. */
  record Box(QueueId id, PartitionId partition, boolean fifo, @Nullable Box dead) {
    Crossing install() {
      QueueName name = new QueueName("a", "queue-" + id.number() + (fifo ? ".fifo" : ""));
      return new Crossing.InstallQueue(
          id, 1, new QueueSettings(name, 30_000, 0, 1_209_600_000, fifo, null));
    }

    FanOutTarget target(@Nullable Deduplication once) {
      return new FanOutTarget(
          new SubscriptionId(1_000 + id.number()),
          "sqs",
          false,
          id,
          partition,
          dead == null ? null : new DeadLetterTarget(dead.id, dead.partition),
          fifo ? once : null);
    }
  }

  /** A topic with its subscribers from the beginning. */
  record Voice(TopicId id, PartitionId home, boolean fifo, long archiveMillis, List<Box> boxes) {
    Crossing install(long version) {
      TopicName name = new TopicName("here", "a", "topic-" + id.number());
      return new TopicCrossing.InstallTopic(
          id, version, new TopicSettings(name, fifo, archiveMillis));
    }
  }

  static final Box DEAD = new Box(new QueueId(9), new PartitionId(3), false, null);

  /** It is removed while messages are published to it. */
  static final Box GONE = new Box(new QueueId(8), new PartitionId(2), false, DEAD);

  /** It subscribes late, and replays what it missed. */
  static final Box LATE = new Box(new QueueId(7), new PartitionId(3), true, null);

  private static final Box ONE = new Box(new QueueId(1), new PartitionId(1), false, null);
  private static final Box TWO = new Box(new QueueId(2), new PartitionId(2), false, null);
  private static final Box THREE = new Box(new QueueId(3), new PartitionId(3), false, null);
  private static final Box FOUR = new Box(new QueueId(4), new PartitionId(1), true, null);
  private static final Box FIVE = new Box(new QueueId(5), new PartitionId(2), true, null);
  private static final Box SIX = new Box(new QueueId(6), new PartitionId(3), true, null);

  static final List<Box> BOXES = List.of(ONE, TWO, THREE, FOUR, FIVE, SIX, LATE, GONE, DEAD);

  static final Voice STANDARD =
      new Voice(new TopicId(101), new PartitionId(1), false, 0, List.of(ONE, TWO, THREE, GONE));

  static final Voice ARCHIVED =
      new Voice(
          new TopicId(102), new PartitionId(2), true, 86_400_000, List.of(ONE, FOUR, FIVE, SIX));

  static final Voice ORDERED =
      new Voice(new TopicId(103), new PartitionId(3), true, 0, List.of(FOUR, SIX));

  static final List<Voice> VOICES = List.of(STANDARD, ARCHIVED, ORDERED);

  private Cast() {}

  static List<FanOutTarget> targets(List<Box> boxes, @Nullable Deduplication once) {
    List<FanOutTarget> targets = new ArrayList<>();
    for (Box box : boxes) {
      targets.add(box.target(once));
    }
    return targets;
  }

  static Deduplication once(long number) {
    return new Deduplication(number, 31 * number, new MessageId(1, number));
  }
}
