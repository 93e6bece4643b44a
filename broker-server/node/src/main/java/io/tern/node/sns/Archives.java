package io.tern.node.sns;

import static io.tern.node.api.Replies.unexpected;

import io.tern.node.api.Caller;
import io.tern.node.routing.PartitionRouter;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicCommand.InspectTopic;
import io.tern.state.TopicReply.TopicStands;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.state.topic.Replay;
import io.tern.topics.policy.TopicAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** How archives and replays stand, which only a topic's home knows. */
final class Archives {
  private static final TopicStands NOTHING = new TopicStands(-1, List.of());
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final PartitionRouter router;

  Archives(PartitionRouter router) {
    this.router = router;
  }

  /** From when on the topic's messages can be replayed; empty without an archive. */
  CompletableFuture<String> beginning(Caller caller, TopicDefinition topic) {
    return topic.attributes().containsKey(TopicAttributes.ARCHIVE_POLICY)
        ? stands(caller, topic)
            .thenApply(stands ->
                stands.oldestArchivedMillis() < 0
                    ? ""
                    : TIMESTAMP.format(Instant.ofEpochMilli(stands.oldestArchivedMillis())))
        : CompletableFuture.completedFuture("");
  }

  /** The wall clock of the same, -1 without an archive. */
  CompletableFuture<Long> beginningMillis(Caller caller, TopicDefinition topic) {
    return topic.attributes().containsKey(TopicAttributes.ARCHIVE_POLICY)
        ? stands(caller, topic).thenApply(TopicStands::oldestArchivedMillis)
        : CompletableFuture.completedFuture(NOTHING.oldestArchivedMillis());
  }

  /** How the subscription's replay stands, as callers see it; empty when there is none. */
  CompletableFuture<Optional<String>> replayStatus(
      Caller caller, TopicDefinition topic, SubscriptionId subscription) {
    return stands(caller, topic)
        .thenApply(stands ->
            stands.replays().stream()
                .filter(replay -> replay.subscription().equals(subscription))
                .findFirst()
                .map(Archives::shown));
  }

  private CompletableFuture<TopicStands> stands(Caller caller, TopicDefinition topic) {
    return caller
        .bringHome(router.send(topic.partition(), new InspectTopic(topic.topic())))
        .thenApply(reply -> {
          if (reply instanceof TopicStands stands) {
            return stands;
          }
          throw unexpected(reply);
        });
  }

  private static String shown(Replay replay) {
    return switch (replay.status()) {
      case PENDING -> "Pending";
      case RUNNING -> "In progress";
      case COMPLETED, PAUSED -> "Completed";
      case FAILED -> "Failed";
    };
  }
}
