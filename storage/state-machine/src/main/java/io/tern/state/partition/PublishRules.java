package io.tern.state.partition;

import io.tern.state.Change;
import io.tern.state.Decision;
import io.tern.state.Effect;
import io.tern.state.Rejections;
import io.tern.state.Reply;
import io.tern.state.Reply.MessageAccepted;
import io.tern.state.Reply.MessageRepeated;
import io.tern.state.TopicChange.PublishRemembered;
import io.tern.state.TopicCommand;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.limits.TopicSettings;
import io.tern.state.queue.Deduplication;
import io.tern.state.queue.QueueImage.RememberedSend;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.Notification;
import io.tern.state.topic.Replay;
import io.tern.state.topic.TopicView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what a publish does in the topic's home; called by the machine. */
final class PublishRules {
  private PublishRules() {}

  static Decision publish(PartitionView state, Publish command) {
    TopicView topic = state.topics().topic(command.topic());
    TopicSettings settings = topic == null ? null : topic.settings();
    if (topic == null || settings == null) {
      return Rejections.of(ErrorCode.TOPIC_NOT_FOUND);
    }
    if (isOutdated(topic, settings, command.version())) {
      return Decision.reply(new Reply.Outdated());
    }
    Deduplication key = command.deduplication();
    if (settings.fifo()) {
      Decision early = repeatedOrRefused(state, topic, key);
      if (early != null) {
        return early;
      }
    }
    return deliver(state, topic, settings, command);
  }

  /**
   * With an archive, the partition must also know what the matcher knew: the message of a
   * subscription that replays would come once live and once more from the archive.
   */
  private static boolean isOutdated(TopicView topic, TopicSettings settings, long matched) {
    return matched == TopicCommand.NOT_MATCHED
        || matched < topic.version()
        || (settings.archiveMillis() > 0 && matched > topic.version());
  }

  /** A repetition is answered like the first publish and delivered to nobody. */
  private static @Nullable Decision repeatedOrRefused(
      PartitionView state, TopicView topic, @Nullable Deduplication key) {
    if (key == null) {
      return Rejections.of(
          ErrorCode.SNS_INVALID_PARAMETER,
          "Invalid parameter: The topic should either have ContentBasedDeduplication enabled or"
              + " MessageDeduplicationId provided explicitly");
    }
    RememberedSend before = topic.remembered(key);
    long now = state.clock().queueMillis();
    if (before != null && now - before.atMillis() < Limits.DEDUPLICATION_MILLIS) {
      return Decision.reply(new MessageRepeated(before.number(), before.deduplication().id()));
    }
    return topic.rememberedPublishes() >= Limits.REMEMBERED_SENDS
        ? Rejections.of(ErrorCode.THROTTLED)
        : null;
  }

  private static Decision deliver(
      PartitionView state, TopicView topic, TopicSettings settings, Publish command) {
    DefinitionRules definitions = new DefinitionRules(state);
    Parking parking = new Parking(state);
    List<Effect> effects = new ArrayList<>();
    FanOutRules rules =
        new FanOutRules(state, definitions, new Intake(state, definitions), parking, effects);
    FanOutRules.Plan plan =
        rules.plan(command.topic(), live(topic, command.targets()), command.group());
    if (!rules.hasRoom(plan)) {
      return Rejections.of(ErrorCode.THROTTLED);
    }
    List<Change> changes = definitions.changes();
    boolean stores = !plan.isEmpty() || settings.archiveMillis() > 0;
    long number = settings.fifo() || stores ? topic.nextBody() : 0;
    Deduplication key = command.deduplication();
    if (settings.fifo() && key != null) {
      long now = state.clock().queueMillis();
      changes.add(new PublishRemembered(command.topic(), number, key, now));
    }
    if (stores) {
      changes.add(rules.stored(command.topic(), number, command.content()));
      long sequence = settings.fifo() ? number : Notification.NO_SEQUENCE;
      rules.add(plan, command.topic(), number, sequence, command.group());
    }
    rules.tellDropped(plan);
    effects.addAll(parking.effects());
    return new Decision(new MessageAccepted(number), changes, effects);
  }

  /** A subscription that replays gets the message from the archive when it comes to it. */
  private static List<FanOutTarget> live(TopicView topic, List<FanOutTarget> targets) {
    if (topic.replays().isEmpty()) {
      return targets;
    }
    List<FanOutTarget> live = new ArrayList<>(targets.size());
    for (FanOutTarget target : targets) {
      Replay replay = topic.replay(target.subscription());
      if (replay == null || !replay.holdsNewMessages()) {
        live.add(target);
      }
    }
    return live;
  }
}
