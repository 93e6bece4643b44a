package io.tern.state;

import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.QueueSettings;
import io.tern.state.limits.TopicSettings;
import io.tern.state.queue.Deduplication;
import io.tern.state.queue.MoveTask;
import io.tern.state.topic.Notification;
import io.tern.state.topic.Replay;
import java.util.Map;
import java.util.SortedMap;

/**
 * A running 64-bit hash over all changes of a machine, so that replicas can be compared. Each field
 * is mixed by hand: the hash codes of records are not the same on every JVM.
 */
public final class ChangeHash {
  private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;

  private long value;

  public ChangeHash(long value) {
    this.value = value;
  }

  public long value() {
    return value;
  }

  /** Mixes the next change in. */
  public void add(Change change) {
    switch (change) {
      case Change.PartitionChange partition -> addPartition(partition);
      case Change.CatalogueChange catalogue -> addCatalogue(catalogue);
      case Change.CommonChange common -> addCommon(common);
    }
  }

  private void addPartition(Change.PartitionChange change) {
    switch (change) {
      case Change.QueueInstalled c -> {
        mix(1, c.queue().number(), c.version());
        settings(c.settings());
      }
      case Change.QueueRemoved c -> mix(2, c.queue().number());
      case Change.QueuePurged c -> mix(3, c.queue().number(), c.upTo(), c.purgedAtMillis());
      case Change.MessageStored c -> {
        mix(4, c.queue().number(), c.number(), c.visibleAtMillis());
        mix(c.sentMillis(), c.retentionMillis(), c.group().hashCode());
        bytes(c.content());
      }
      case Change.MessageArrived c -> {
        mix(16, c.queue().number(), c.number(), c.visibleAtMillis());
        mix(c.sentMillis(), c.retentionMillis(), c.group().hashCode());
        arrival(c.arrival());
        bytes(c.content());
      }
      case Change.MessageParked c -> {
        mix(17, c.queue().number(), c.number(), c.destination().number());
        mix(c.outboxNumber());
        crossing(c.crossing());
      }
      case Change.DeduplicationRemembered c -> {
        mix(18, c.queue().number(), c.number(), c.atMillis());
        deduplication(c.deduplication());
      }
      case Change.DeduplicationForgotten c -> mix(19, c.queue().number(), c.upTo());
      case Change.AttemptRemembered c -> {
        mix(20, c.queue().number(), c.attemptId().hashCode());
        mix(c.atMillis(), c.untilMillis(), c.deliveries().size());
        for (Delivery delivery : c.deliveries()) {
          mix(delivery.number(), delivery.receiveCount(), delivery.firstReceivedMillis());
        }
      }
      case Change.MoveTaskChanged c -> {
        mix(21, c.queue().number());
        task(c.task());
      }
      case Change.MessageHidden c -> {
        mix(5, c.queue().number(), c.number(), c.visibleAtMillis());
        mix(c.receiveCount(), c.receivedAtMillis(), c.firstReceivedMillis());
        mix(c.group().hashCode());
      }
      case Change.MessageRemoved c -> mix(6, c.queue().number(), c.number());
      case Change.MessagesExpired c -> mix(7, c.queue().number(), c.upTo());
      case TopicChange topic -> addTopic(topic);
    }
  }

  private void addTopic(TopicChange change) {
    switch (change) {
      case TopicChange.TopicInstalled c -> {
        mix(30, c.topic().number(), c.version());
        settings(c.settings());
      }
      case TopicChange.TopicRemoved c -> mix(31, c.topic().number());
      case TopicChange.BodyStored c -> {
        mix(32, c.topic().number(), c.number());
        mix(c.sentMillis(), c.retentionMillis());
        bytes(c.content());
      }
      case TopicChange.BodiesForgotten c -> mix(33, c.topic().number(), c.upTo());
      case TopicChange.NotificationStored c -> {
        mix(34, c.queue().number(), c.number(), c.visibleAtMillis());
        mix(c.sentMillis(), c.retentionMillis(), c.group().hashCode());
        notification(c.notification());
      }
      case TopicChange.PublishRemembered c -> {
        mix(35, c.topic().number(), c.number(), c.atMillis());
        deduplication(c.deduplication());
      }
      case TopicChange.PublishesForgotten c -> mix(36, c.topic().number(), c.upTo());
      case TopicChange.ReplayChanged c -> {
        mix(37, c.topic().number());
        replay(c.replay());
      }
      case TopicChange.ReplayRemoved c -> mix(38, c.topic().number(), c.subscription().number());
      case TopicChange.BodiesChecked c -> mix(39, c.atMillis(), c.upTo());
    }
  }

  private void notification(Notification notification) {
    mix(notification.topic().number(), notification.body(), notification.sequence());
    mix(notification.subscription().number(), notification.protocol().hashCode());
    mix(notification.raw() ? 1 : 0);
  }

  private void replay(Replay replay) {
    mix(replay.subscription().number(), replay.version(), replay.next());
    mix(replay.startMillis(), replay.endMillis(), replay.status().name().hashCode());
  }

  private void addCatalogue(Change.CatalogueChange change) {
    switch (change) {
      case Change.ClusterInitialized c -> {
        mix(8, c.dataPartitions());
        bytes(c.sealingKey());
      }
      case Change.QueueDefined c -> {
        mix(9);
        definition(c.definition());
      }
      case Change.QueueUndefined c -> {
        mix(10, c.queue().number(), c.deletedAtMillis());
        name(c.name());
      }
      case TopicDefinitionChange c -> new TopicDefinitionHash(this::mix).add(c);
      case MembershipChange c -> new MembershipHash(this::mix).add(c);
      case Change.DeletionForgotten c -> {
        mix(11);
        name(c.name());
      }
    }
  }

  private void addCommon(Change.CommonChange change) {
    switch (change) {
      case Change.ClockAdvanced c ->
          mix(12, c.time().queueMillis(), c.time().wallMillis(), c.retentionMillis());
      case Change.OutboxAppended c -> {
        mix(13, c.destination().number(), c.number());
        crossing(c.crossing());
      }
      case Change.OutboxSettled c -> mix(14, c.destination().number(), c.upTo());
      case Change.LogicAdvanced c -> mix(22, c.level());
      case Change.InboxAdvanced c -> mix(15, c.source().number(), c.number());
    }
  }

  private void crossing(Crossing crossing) {
    switch (crossing) {
      case Crossing.InstallQueue c -> {
        mix(1, c.queue().number(), c.version());
        settings(c.settings());
      }
      case Crossing.RemoveQueue c -> mix(2, c.queue().number());
      case TopicCrossing c -> new TopicCrossingHash(this::mix).add(c);
      case Crossing.ParkedMessage c -> {
        mix(3, c.target().number(), c.source().number(), c.reason().name().hashCode());
        mix(c.taskId().hashCode());
        arrival(c.arrival());
      }
      case Crossing.MovedMessage c -> {
        mix(4, c.sentMillis(), c.group().hashCode());
        crossing(c.parked());
        bytes(c.content());
      }
    }
  }

  private void arrival(Arrival arrival) {
    mix(arrival.receiveCount(), arrival.firstReceivedMillis());
    if (arrival.deadLetterSource() != null) {
      name(arrival.deadLetterSource());
    }
  }

  private void deduplication(Deduplication deduplication) {
    mix(deduplication.keyHigh(), deduplication.keyLow());
    mix(deduplication.id().high(), deduplication.id().low());
  }

  private void task(MoveTask task) {
    mix(task.taskId().hashCode(), task.perSecond(), task.status().name().hashCode());
    mix(task.moved(), task.toMove(), task.lastNumber());
    mix(task.startedMillis(), task.failureReason().hashCode());
    if (task.destination() != null) {
      target(task.destination());
    }
  }

  private void target(MoveTarget target) {
    mix(target.queue().number(), target.partition().number());
    name(target.name());
  }

  private void definition(QueueDefinition definition) {
    mix(definition.queue().number(), definition.version());
    name(definition.name());
    for (PartitionId partition : definition.partitions()) {
      mix(partition.number());
    }
    strings(definition.attributes());
    strings(definition.tags());
    mix(definition.createdMillis(), definition.modifiedMillis());
  }

  private void settings(QueueSettings settings) {
    mix(settings.visibilityMillis(), settings.delayMillis(), settings.retentionMillis());
    mix(settings.fifo() ? 1 : 0);
    name(settings.name());
    if (settings.redrive() != null) {
      mix(settings.redrive().maxReceiveCount());
      target(settings.redrive().target());
    }
  }

  private void settings(TopicSettings settings) {
    mix(settings.fifo() ? 1 : 0, settings.archiveMillis());
    mix(settings.name().region().hashCode(), settings.name().account().hashCode());
    mix(settings.name().name().hashCode());
  }

  private void name(QueueName name) {
    mix(name.account().hashCode(), name.name().hashCode());
  }

  private void strings(SortedMap<String, String> strings) {
    mix(strings.size());
    for (Map.Entry<String, String> entry : strings.entrySet()) {
      mix(entry.getKey().hashCode(), entry.getValue().hashCode());
    }
  }

  private void bytes(Bytes bytes) {
    mix(bytes.size(), bytes.hashCode());
  }

  private void mix(long a, long b, long c, long d) {
    mix(a, b);
    mix(c, d);
  }

  private void mix(long a, long b, long c) {
    mix(a, b);
    mix(c);
  }

  private void mix(long a, long b) {
    mix(a);
    mix(b);
  }

  private void mix(long field) {
    long mixed = (value ^ field) * PRIME;
    value = mixed ^ (mixed >>> 32);
  }
}
