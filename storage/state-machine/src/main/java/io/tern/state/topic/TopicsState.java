package io.tern.state.topic;

import io.tern.state.EntryTime;
import io.tern.state.QueueId;
import io.tern.state.TopicChange;
import io.tern.state.TopicChange.BodiesChecked;
import io.tern.state.TopicChange.BodiesForgotten;
import io.tern.state.TopicChange.BodyStored;
import io.tern.state.TopicChange.NotificationStored;
import io.tern.state.TopicChange.PublishRemembered;
import io.tern.state.TopicChange.PublishesForgotten;
import io.tern.state.TopicChange.ReplayChanged;
import io.tern.state.TopicChange.ReplayRemoved;
import io.tern.state.TopicChange.TopicInstalled;
import io.tern.state.TopicChange.TopicRemoved;
import io.tern.state.TopicId;
import io.tern.state.limits.Limits;
import io.tern.state.queue.QueueImage.RememberedSend;
import io.tern.state.queue.TimeHeap;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What one partition knows of topics; part of the state of its machine, which evolves it. */
public final class TopicsState implements TopicsView {
  private final TreeMap<TopicId, TopicIndex> topics = new TreeMap<>();
  private final TreeMap<TopicId, TopicIndex> keeping = new TreeMap<>();
  private final TimeHeap<TopicIndex> byForgetting = new TimeHeap<>();
  private final ToLongFunction<QueueId> oldestNumbers;
  private long checkedMillis;
  private long checkedUpTo;
  private long freshBody;

  /**
   * @param oldestNumbers of a queue the number below which it has no message
   */
  public TopicsState(TopicsImage image, ToLongFunction<QueueId> oldestNumbers) {
    this.oldestNumbers = oldestNumbers;
    checkedMillis = image.checkedMillis();
    checkedUpTo = image.checkedUpTo();
    freshBody = image.freshBody();
    for (TopicImage topic : image.topics()) {
      TopicIndex index = TopicIndex.of(topic);
      topics.put(topic.topic(), index);
      place(index);
    }
  }

  public TopicsImage image() {
    List<TopicImage> images = new ArrayList<>(topics.size());
    for (TopicIndex index : topics.values()) {
      images.add(index.image());
    }
    return new TopicsImage(checkedMillis, checkedUpTo, freshBody, images);
  }

  /** Makes the fact true; of a notification only that its queue now needs the body. */
  public void evolve(TopicChange change, EntryTime clock) {
    switch (change) {
      case TopicInstalled c -> {
        known(c.topic());
        on(c.topic(), index -> index.install(c.version(), c.settings(), clock));
      }
      case TopicRemoved c -> on(c.topic(), TopicIndex::uninstall);
      case BodyStored c -> {
        known(c.topic());
        on(c.topic(), index -> index.store(c));
      }
      case NotificationStored c -> {
        Notification stored = c.notification();
        on(stored.topic(), index -> index.hold(c.queue(), c.number(), stored.body()));
      }
      case BodiesForgotten c -> on(c.topic(), index -> index.forgetBodies(c.upTo(), oldestNumbers));
      case BodiesChecked c -> {
        checkedMillis = c.atMillis();
        checkedUpTo = c.upTo();
      }
      case PublishRemembered c ->
          on(
              c.topic(),
              index ->
                  index.remember(new RememberedSend(c.number(), c.deduplication(), c.atMillis())));
      case PublishesForgotten c -> on(c.topic(), index -> index.forgetPublishes(c.upTo()));
      case ReplayChanged c -> on(c.topic(), index -> index.keep(c.replay()));
      case ReplayRemoved c -> on(c.topic(), index -> index.removeReplay(c.subscription()));
    }
  }

  /** The queue and its messages are gone; a later one of the same number begins anew. */
  public void queueRemoved(QueueId queue) {
    for (TopicIndex index : keeping.values()) {
      index.release(queue);
    }
  }

  private void known(TopicId topic) {
    topics.computeIfAbsent(topic, fresh -> new TopicIndex(fresh, freshBody));
  }

  private void on(TopicId topic, Consumer<TopicIndex> evolution) {
    TopicIndex index = topics.get(topic);
    if (index == null) {
      throw new IllegalStateException("A change of a topic that is not here: " + topic);
    }
    evolution.accept(index);
    place(index);
  }

  /** Brings the orders that span all topics up to date, and drops a topic that left nothing. */
  private void place(TopicIndex index) {
    byForgetting.set(index, index.nextForgettingMillis());
    if (index.keepsBodies()) {
      keeping.put(index.topic(), index);
    } else {
      keeping.remove(index.topic());
    }
    if (index.isEmpty()) {
      topics.remove(index.topic());
      freshBody = Math.max(freshBody, index.nextBody());
    }
  }

  /** The replays that have something to do, as the changes that made them so. */
  public List<ReplayChanged> activeReplays() {
    List<ReplayChanged> active = new ArrayList<>();
    for (TopicIndex index : topics.values()) {
      for (Replay replay : index.replays()) {
        if (replay.isActive()) {
          active.add(new ReplayChanged(index.topic(), replay));
        }
      }
    }
    return active;
  }

  /** Queue time when the publishes of any topic should be forgotten. */
  public long nextForgettingMillis() {
    return byForgetting.firstAtMillis();
  }

  @Override
  public @Nullable TopicView topic(TopicId topic) {
    return topics.get(topic);
  }

  @Override
  public long nextBody(TopicId topic) {
    TopicIndex index = topics.get(topic);
    return index == null ? freshBody : index.nextBody();
  }

  @Override
  public List<TopicView> withForgettable(long nowMillis, int limit) {
    return List.copyOf(byForgetting.due(nowMillis, limit));
  }

  @Override
  public Iterable<? extends TopicView> keepingBodies(long afterTopic) {
    return keeping.tailMap(new TopicId(afterTopic), false).values();
  }

  @Override
  public long nextCheckMillis() {
    if (keeping.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return checkedUpTo == 0 ? checkedMillis + Limits.BODIES_CHECK_MILLIS : checkedMillis;
  }

  @Override
  public long checkedUpTo() {
    return checkedUpTo;
  }
}
