package io.tern.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.QueueSettings;
import io.tern.state.limits.TopicSettings;
import io.tern.state.queue.Deduplication;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.Notification;
import io.tern.state.topic.Replay;
import io.tern.state.topic.ReplayStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The hash sees every field, and is the same on every JVM for ever. */
class ChangeHashTest {
  private static final QueueId QUEUE = new QueueId(7);
  private static final QueueName NAME = new QueueName("a", "b");

  @Test
  void everyFieldCounts() {
    Set<Long> hashes = new HashSet<>();
    List<Change> changes =
        List.of(
            new Change.QueueInstalled(QUEUE, 1, new QueueSettings(NAME, 1, 2, 3, false, null)),
            new Change.QueueInstalled(QUEUE, 2, new QueueSettings(NAME, 1, 2, 3, false, null)),
            new Change.QueueInstalled(QUEUE, 1, new QueueSettings(NAME, 1, 2, 3, true, null)),
            new Change.QueueInstalled(QUEUE, 1, new QueueSettings(NAME, 2, 1, 3, false, null)),
            new Change.QueueRemoved(QUEUE),
            new Change.QueuePurged(QUEUE, 1, 2),
            new Change.QueuePurged(QUEUE, 2, 1),
            stored(1, "x"),
            stored(1, "y"),
            stored(2, "x"),
            new Change.MessageHidden(QUEUE, 1, 2, 3, 4, 5),
            new Change.MessageHidden(QUEUE, 1, 2, 3, 5, 4),
            new Change.MessageRemoved(QUEUE, 1),
            new Change.MessagesExpired(QUEUE, 1),
            new Change.ClusterInitialized(Bytes.EMPTY, 1),
            new Change.ClusterInitialized(Bytes.of(new byte[1]), 1),
            defined("1"),
            defined("2"),
            new Change.QueueUndefined(QUEUE, NAME, 1),
            new Change.DeletionForgotten(NAME),
            new Change.ClockAdvanced(new EntryTime(1, 2), 3),
            new Change.ClockAdvanced(new EntryTime(2, 1), 3),
            new Change.OutboxAppended(new PartitionId(1), 1, new Crossing.RemoveQueue(QUEUE)),
            new Change.OutboxAppended(
                new PartitionId(1),
                1,
                new Crossing.InstallQueue(QUEUE, 1, new QueueSettings(NAME, 1, 2, 3, false, null))),
            new Change.OutboxSettled(new PartitionId(1), 1),
            new Change.InboxAdvanced(new PartitionId(1), 1));
    for (Change change : changes) {
      assertThat(hashes.add(hash(change))).as("%s", change).isTrue();
    }
    assertThat(hash(changes.get(0), changes.get(1)))
        .isNotEqualTo(hash(changes.get(1), changes.get(0)));
  }

  @Test
  void everyFieldOfTopicsCounts() {
    TopicId topic = new TopicId(3);
    TopicName name = new TopicName("r", "a", "t");
    MessageId id = new MessageId(1, 2);
    Set<Long> hashes = new HashSet<>();
    List<Change> changes =
        List.of(
            new TopicChange.TopicInstalled(topic, 1, new TopicSettings(name, true, 0)),
            new TopicChange.TopicInstalled(topic, 1, new TopicSettings(name, false, 0)),
            new TopicChange.TopicInstalled(topic, 1, new TopicSettings(name, false, 1)),
            new TopicChange.TopicRemoved(topic),
            new TopicChange.BodyStored(topic, 1, 2, 3, Bytes.EMPTY),
            new TopicChange.BodyStored(topic, 1, 3, 2, Bytes.EMPTY),
            new TopicChange.BodiesForgotten(topic, 1),
            new TopicChange.BodiesChecked(1, 2),
            notified(new Notification(topic, 1, 2, new SubscriptionId(4), "sqs", true)),
            notified(new Notification(topic, 1, 2, new SubscriptionId(4), "sqs", false)),
            notified(new Notification(topic, 2, 1, new SubscriptionId(4), "sqs", false)),
            new TopicChange.PublishRemembered(topic, 1, new Deduplication(1, 2, id), 3),
            new TopicChange.PublishRemembered(topic, 1, new Deduplication(2, 1, id), 3),
            new TopicChange.PublishesForgotten(topic, 1),
            replayed(ReplayStatus.RUNNING),
            replayed(ReplayStatus.PAUSED),
            new TopicChange.ReplayRemoved(topic, new SubscriptionId(4)),
            fannedOut(null),
            fannedOut(new Deduplication(1, 2, id)));
    for (Change change : changes) {
      assertThat(hashes.add(hash(change))).as("%s", change).isTrue();
    }
  }

  private static Change notified(Notification notification) {
    return new TopicChange.NotificationStored(QUEUE, 1, 2, 3, 4, "g", notification);
  }

  private static Change replayed(ReplayStatus status) {
    return new TopicChange.ReplayChanged(
        new TopicId(3), new Replay(new SubscriptionId(4), 1, 2, 3, 4, status));
  }

  private static Change fannedOut(@Nullable Deduplication once) {
    FanOutTarget target =
        new FanOutTarget(new SubscriptionId(4), "sqs", true, QUEUE, new PartitionId(1), null, once);
    return new Change.OutboxAppended(
        new PartitionId(1),
        1,
        new TopicCrossing.FanOut(new TopicId(3), 1, 2, "g", List.of(target)));
  }

  /** A change of this number breaks the comparison between nodes of different releases. */
  @Test
  void isTheSameForEver() {
    assertThat(hash(stored(1, "x"), defined("1"))).isEqualTo(8_898_583_746_323_337_544L);
  }

  private static Change stored(long number, String body) {
    byte[] bytes = new byte[body.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) body.charAt(i);
    }
    return new Change.MessageStored(QUEUE, number, 1, 2, 3, "", Bytes.of(bytes));
  }

  private static Change defined(String value) {
    TreeMap<String, String> attributes = new TreeMap<>();
    attributes.put("DelaySeconds", value);
    return new Change.QueueDefined(
        new QueueDefinition(
            QUEUE, NAME, 1, List.of(new PartitionId(1)), attributes, new TreeMap<>(), 1, 2));
  }

  private static long hash(Change... changes) {
    ChangeHash hash = new ChangeHash(0);
    for (Change change : changes) {
      hash.add(change);
    }
    return hash.value();
  }
}
