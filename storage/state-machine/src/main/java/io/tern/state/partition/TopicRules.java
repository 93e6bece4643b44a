package io.tern.state.partition;

import io.tern.state.Change;
import io.tern.state.Decision;
import io.tern.state.Rejections;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicChange.ReplayChanged;
import io.tern.state.TopicChange.ReplayRemoved;
import io.tern.state.TopicChange.TopicInstalled;
import io.tern.state.TopicChange.TopicRemoved;
import io.tern.state.TopicCommand.InspectTopic;
import io.tern.state.TopicId;
import io.tern.state.TopicReply.TopicStands;
import io.tern.state.crossing.TopicCrossing.InstallReplay;
import io.tern.state.crossing.TopicCrossing.InstallTopic;
import io.tern.state.crossing.TopicCrossing.RemoveReplay;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.TopicSettings;
import io.tern.state.topic.Replay;
import io.tern.state.topic.ReplayStatus;
import io.tern.state.topic.TopicImage;
import io.tern.state.topic.TopicView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides what definitions of topics and replays change in the topic's home; made by {@link
 * CrossingRules} for the entries of one delivery, of which a later one must see what an earlier one
 * did.
 */
final class TopicRules {

  /** A topic as the entries so far left it; settings are null when this is not its home. */
  private static final class Decided {
    private final TreeMap<SubscriptionId, Replay> replays = new TreeMap<>();
    private long version = TopicImage.NOT_HOME;
    private @Nullable TopicSettings settings;
  }

  private final PartitionView state;
  private final List<Change> changes;
  private final Map<TopicId, Decided> decided = new HashMap<>();

  TopicRules(PartitionView state, List<Change> changes) {
    this.state = state;
    this.changes = changes;
  }

  static Decision inspect(PartitionView state, InspectTopic command) {
    TopicView topic = state.topics().topic(command.topic());
    return topic == null || topic.settings() == null
        ? Rejections.of(ErrorCode.TOPIC_NOT_FOUND)
        : Decision.reply(
            new TopicStands(
                topic.oldestArchivedMillis(state.clock().wallMillis()), topic.replays()));
  }

  /** Without an archive, replays that were not done have failed. */
  boolean install(InstallTopic install) {
    Decided topic = now(install.topic());
    if (install.version() <= topic.version) {
      return true;
    }
    topic.version = install.version();
    topic.settings = install.settings();
    changes.add(new TopicInstalled(install.topic(), install.version(), install.settings()));
    if (install.settings().archiveMillis() == 0) {
      for (Replay replay : List.copyOf(topic.replays.values())) {
        if (replay.isActive()) {
          keep(install.topic(), topic, replay.at(replay.next(), ReplayStatus.FAILED));
        }
      }
    }
    return true;
  }

  boolean remove(TopicId removed) {
    Decided topic = now(removed);
    if (topic.settings != null) {
      topic.version = TopicImage.NOT_HOME;
      topic.settings = null;
      topic.replays.clear();
      changes.add(new TopicRemoved(removed));
    }
    return true;
  }

  boolean installReplay(InstallReplay install) {
    Decided topic = now(install.topic());
    Replay replay = install.replay();
    Replay before = topic.replays.get(replay.subscription());
    if (topic.settings == null || (before != null && before.version() >= replay.version())) {
      return true;
    }
    boolean hasArchive = topic.settings.archiveMillis() > 0;
    keep(
        install.topic(),
        topic,
        hasArchive ? replay : replay.at(replay.next(), ReplayStatus.FAILED));
    return true;
  }

  boolean removeReplay(RemoveReplay remove) {
    Decided topic = now(remove.topic());
    if (topic.replays.remove(remove.subscription()) != null) {
      changes.add(new ReplayRemoved(remove.topic(), remove.subscription()));
    }
    return true;
  }

  private void keep(TopicId id, Decided topic, Replay replay) {
    topic.replays.put(replay.subscription(), replay);
    changes.add(new ReplayChanged(id, replay));
  }

  private Decided now(TopicId topic) {
    return decided.computeIfAbsent(topic, this::held);
  }

  private Decided held(TopicId topic) {
    Decided held = new Decided();
    TopicView view = state.topics().topic(topic);
    if (view != null) {
      held.version = view.version();
      held.settings = view.settings();
      for (Replay replay : view.replays()) {
        held.replays.put(replay.subscription(), replay);
      }
    }
    return held;
  }
}
