package io.tern.state.partition;

import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.Change.DeduplicationRemembered;
import io.tern.state.Effect;
import io.tern.state.Effect.MessagesReady;
import io.tern.state.Effect.NotificationDropped;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.TopicChange.BodyStored;
import io.tern.state.TopicChange.NotificationStored;
import io.tern.state.TopicId;
import io.tern.state.crossing.CrossingView;
import io.tern.state.crossing.TopicCrossing.CarriedFanOut;
import io.tern.state.crossing.TopicCrossing.FanOut;
import io.tern.state.limits.QueueSettings;
import io.tern.state.limits.TopicSettings;
import io.tern.state.queue.Deduplication;
import io.tern.state.topic.DeadLetterTarget;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.Notification;
import io.tern.state.topic.TopicView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides where one published message goes from here: into queues of this partition, to others, or
 * nowhere. Made by {@link PublishRules} and {@link CrossingRules} for one decision.
 */
final class FanOutRules {
  private final PartitionView state;
  private final DefinitionRules definitions;
  private final Intake intake;
  private final Parking parking;
  private final List<Change> changes;
  private final List<Effect> effects;

  FanOutRules(
      PartitionView state,
      DefinitionRules definitions,
      Intake intake,
      Parking parking,
      List<Effect> effects) {
    this.state = state;
    this.definitions = definitions;
    this.intake = intake;
    this.parking = parking;
    this.changes = definitions.changes();
    this.effects = effects;
  }

  /** What was decided about one message, before any of it is a change. */
  static final class Plan {
    private final List<FanOutTarget> here = new ArrayList<>();
    private final TreeMap<PartitionId, List<FanOutTarget>> elsewhere = new TreeMap<>();
    private final List<FanOutTarget> dropped = new ArrayList<>();

    /** Whether nobody takes the message. */
    boolean isEmpty() {
      return here.isEmpty() && elsewhere.isEmpty();
    }

    private void carry(FanOutTarget target) {
      elsewhere.computeIfAbsent(target.partition(), _ -> new ArrayList<>()).add(target);
    }
  }

  /**
   * Of a publish: a queue that is not here is somewhere else. One that is nowhere is found missing
   * where it should be, or is there by then; what follows must not overtake what is on that way.
   */
  Plan plan(TopicId topic, List<FanOutTarget> targets, String group) {
    Plan plan = new Plan();
    for (FanOutTarget target : targets) {
      QueueSettings settings = definitions.settings(target.queue());
      if (settings == null || (settings.fifo() && overtakes(topic, target))) {
        plan.carry(target);
      } else {
        offer(plan, target, settings, group);
      }
    }
    return plan;
  }

  /** Something for the queue still waits to be carried from here to here. */
  private boolean overtakes(TopicId topic, FanOutTarget target) {
    CrossingView crossing = state.crossing();
    return crossing.waitingFor(target.partition(), new QueueId(topic.number())) > 0
        || crossing.waitingFor(target.partition(), target.queue()) > 0;
  }

  /**
   * Takes what another partition handed over; false when some of it would have to go on and the
   * outbox is full. A queue that is not here is gone.
   */
  boolean take(CarriedFanOut carried) {
    FanOut fanOut = carried.fanOut();
    Plan plan = new Plan();
    for (FanOutTarget target : fanOut.targets()) {
      QueueSettings settings = definitions.settings(target.queue());
      if (settings == null) {
        refuse(plan, target, fanOut.group());
      } else {
        offer(plan, target, settings, fanOut.group());
      }
    }
    if (!hasRoom(plan)) {
      return false;
    }
    if (!plan.isEmpty()) {
      long body = fanOut.sequence();
      if (!keeps(fanOut.topic(), body)) {
        body = intake.nextBody(fanOut.topic());
        changes.add(stored(fanOut.topic(), body, carried.content()));
      }
      add(plan, fanOut.topic(), body, fanOut.sequence(), fanOut.group());
    }
    tellDropped(plan);
    return true;
  }

  /**
   * Whether the message came back to the home of its FIFO topic, which has the body under the
   * sequence number still. A second one would be a second message in the archive.
   */
  private boolean keeps(TopicId id, long sequence) {
    TopicView topic = state.topics().topic(id);
    TopicSettings settings = topic == null ? null : topic.settings();
    return topic != null
        && settings != null
        && settings.fifo()
        && sequence >= topic.firstBody()
        && sequence < topic.nextBody();
  }

  BodyStored stored(TopicId topic, long body, Bytes content) {
    return new BodyStored(
        topic, body, state.clock().wallMillis(), state.retentionMillis(), content);
  }

  boolean hasRoom(Plan plan) {
    for (PartitionId destination : plan.elsewhere.keySet()) {
      if (state.crossing().isFull(destination)) {
        return false;
      }
    }
    return true;
  }

  /** Adds the facts of a plan whose body is stored under that number. */
  void add(Plan plan, TopicId topic, long body, long sequence, String group) {
    for (FanOutTarget target : plan.here) {
      store(target, topic, body, sequence, group);
    }
    for (Map.Entry<PartitionId, List<FanOutTarget>> there : plan.elsewhere.entrySet()) {
      FanOut fanOut = new FanOut(topic, body, sequence, group, List.copyOf(there.getValue()));
      changes.add(parking.append(there.getKey(), fanOut));
    }
  }

  void tellDropped(Plan plan) {
    for (FanOutTarget target : plan.dropped) {
      effects.add(new NotificationDropped(target.queue()));
    }
  }

  /** To a FIFO queue, a repetition is delivered already; without a group, nothing can be. */
  private void offer(Plan plan, FanOutTarget target, QueueSettings settings, String group) {
    Deduplication key = target.deduplication();
    boolean refuses = settings.fifo() && (key == null || group.isEmpty());
    if (refuses || !intake.hasRoom(target.queue(), settings)) {
      refuse(plan, target, group);
    } else if (!settings.fifo() || key == null || intake.isNew(target.queue(), key)) {
      plan.here.add(target);
    }
  }

  /** A dead letter has one try, wherever its queue is. */
  private void refuse(Plan plan, FanOutTarget target, String group) {
    FanOutTarget next = deadLetter(target);
    if (next == null) {
      plan.dropped.add(target);
      return;
    }
    QueueSettings settings = definitions.settings(next.queue());
    if (settings == null) {
      plan.carry(next);
    } else {
      offer(plan, next, settings, group);
    }
  }

  private static @Nullable FanOutTarget deadLetter(FanOutTarget target) {
    DeadLetterTarget dead = target.deadLetter();
    return dead == null
        ? null
        : new FanOutTarget(
            target.subscription(),
            target.protocol(),
            target.raw(),
            dead.queue(),
            dead.partition(),
            null,
            target.deduplication());
  }

  /** A standard queue gets the group of a standard topic only. */
  private void store(FanOutTarget target, TopicId topic, long body, long sequence, String group) {
    QueueSettings settings = definitions.settings(target.queue());
    if (settings == null) {
      throw new IllegalStateException("A queue that was here a moment ago: " + target.queue());
    }
    long now = state.clock().queueMillis();
    boolean ofFifoTopic = sequence != Notification.NO_SEQUENCE;
    long number = intake.nextNumber(target.queue());
    changes.add(
        new NotificationStored(
            target.queue(),
            number,
            now + settings.delayMillis(),
            state.clock().wallMillis(),
            state.retentionMillis(),
            settings.fifo() || !ofFifoTopic ? group : "",
            new Notification(
                topic, body, sequence, target.subscription(), target.protocol(), target.raw())));
    Deduplication key = target.deduplication();
    if (settings.fifo() && key != null) {
      changes.add(new DeduplicationRemembered(target.queue(), number, key, now));
    }
    if (settings.delayMillis() <= 0) {
      effects.add(new MessagesReady(target.queue(), 1));
    }
  }
}
