package io.tern.state.script;

import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicChange;
import io.tern.state.TopicId;
import io.tern.state.TopicReply;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.TopicSettings;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.Notification;
import io.tern.state.topic.Replay;
import java.util.Locale;
import java.util.stream.Collectors;

/** The part of {@link Telling} that is about topics. A subscription is called by its queue. */
final class TopicTelling {
  private final Names names;

  TopicTelling(Names names) {
    this.names = names;
  }

  String change(TopicChange change, long now) {
    return switch (change) {
      case TopicChange.TopicInstalled c ->
          "installed topic " + topic(c.topic()) + " v" + c.version() + settings(c.settings());
      case TopicChange.TopicRemoved c -> "removed topic " + topic(c.topic());
      case TopicChange.BodyStored c -> "body " + topic(c.topic()) + "#" + c.number();
      case TopicChange.BodiesForgotten c ->
          "forgot the bodies of " + topic(c.topic()) + " up to #" + c.upTo();
      case TopicChange.BodiesChecked c ->
          "looked for bodies" + (c.upTo() == 0 ? "" : " up to " + topic(new TopicId(c.upTo())));
      case TopicChange.NotificationStored c ->
          "stored "
              + names.of(c.queue())
              + "#"
              + c.number()
              + (c.visibleAtMillis() > now ? " until=" + Line.duration(c.visibleAtMillis()) : "")
              + notification(c.notification());
      case TopicChange.PublishRemembered c ->
          "remembered the publish " + topic(c.topic()) + "#" + c.number();
      case TopicChange.PublishesForgotten c ->
          "forgot the publishes of " + topic(c.topic()) + " up to #" + c.upTo();
      case TopicChange.ReplayChanged c -> replay(c.topic(), c.replay());
      case TopicChange.ReplayRemoved c ->
          "removed the replay of " + topic(c.topic()) + " to " + subscription(c.subscription());
    };
  }

  String crossing(TopicCrossing crossing) {
    return switch (crossing) {
      case TopicCrossing.InstallTopic c ->
          "install topic " + topic(c.topic()) + " v" + c.version() + settings(c.settings());
      case TopicCrossing.RemoveTopic c -> "remove topic " + topic(c.topic());
      case TopicCrossing.InstallReplay c -> "install " + replay(c.topic(), c.replay());
      case TopicCrossing.RemoveReplay c ->
          "remove the replay of " + topic(c.topic()) + " to " + subscription(c.subscription());
      case TopicCrossing.FanOut c -> fanOut(c);
      case TopicCrossing.CarriedFanOut c -> fanOut(c.fanOut());
    };
  }

  String reply(TopicReply reply) {
    return switch (reply) {
      case TopicReply.TopicTaken r ->
          "reply taken " + topic(r.topic()) + taken(r.partition(), r.outboxNumber());
      case TopicReply.SubscriptionTaken r ->
          "reply taken subscription "
              + subscription(r.subscription())
              + (r.confirmed() ? "" : " unconfirmed")
              + taken(r.partition(), r.outboxNumber());
      case TopicReply.TopicStands r ->
          "reply archive="
              + (r.oldestArchivedMillis() < 0
                  ? "none"
                  : Line.duration(r.oldestArchivedMillis() - World.WALL_START_MILLIS))
              + r.replays().stream()
                  .map(replay -> " " + place(replay))
                  .collect(Collectors.joining());
      case TopicReply.ReplayStands r -> "reply " + place(r.replay());
    };
  }

  private static String taken(PartitionId partition, long outboxNumber) {
    return " in partition "
        + partition.number()
        + (outboxNumber == 0 ? "" : ", in force after outbox #" + outboxNumber);
  }

  private String fanOut(TopicCrossing.FanOut fanOut) {
    return "body "
        + topic(fanOut.topic())
        + "#"
        + fanOut.body()
        + " for "
        + fanOut.targets().stream().map(this::target).collect(Collectors.joining(", "));
  }

  private String target(FanOutTarget target) {
    String queue = names.of(target.queue());
    return target.deadLetter() == null
        ? queue
        : queue + "/" + names.of(target.deadLetter().queue());
  }

  private String notification(Notification notification) {
    return " refers to " + topic(notification.topic()) + "#" + notification.body();
  }

  private String replay(TopicId topic, Replay replay) {
    return "replay of " + topic(topic) + " to " + place(replay);
  }

  private String place(Replay replay) {
    return subscription(replay.subscription())
        + " v"
        + replay.version()
        + " next=#"
        + replay.next()
        + " "
        + replay.status().name().toLowerCase(Locale.ROOT);
  }

  private static String settings(TopicSettings settings) {
    return (settings.fifo() ? " fifo" : "")
        + (settings.archiveMillis() == 0
            ? ""
            : " archive=" + Line.duration(settings.archiveMillis()));
  }

  private String topic(TopicId topic) {
    return names.of(new QueueId(topic.number()));
  }

  private String subscription(SubscriptionId subscription) {
    return names.of(new QueueId(subscription.number()));
  }
}
