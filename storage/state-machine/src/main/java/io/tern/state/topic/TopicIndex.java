package io.tern.state.topic;

import io.tern.state.EntryTime;
import io.tern.state.QueueId;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicChange.BodyStored;
import io.tern.state.TopicId;
import io.tern.state.limits.Limits;
import io.tern.state.limits.TopicSettings;
import io.tern.state.queue.Deduplication;
import io.tern.state.queue.DeduplicationWindow;
import io.tern.state.queue.QueueImage.RememberedSend;
import io.tern.state.queue.TimeHeap;
import io.tern.state.topic.TopicImage.Holder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The index of one topic in one partition. Rules read it as {@link TopicView}; {@link TopicsState}
 * alone changes it. As a member of a heap it is due when publishes should be forgotten.
 */
final class TopicIndex extends TimeHeap.Member implements TopicView {
  private final TopicId topic;
  private final TreeMap<QueueId, BodyMarks> holders = new TreeMap<>();
  private final TreeMap<SubscriptionId, Replay> replays = new TreeMap<>();
  private final DeduplicationWindow publishes = new DeduplicationWindow();
  private final Archive archive = new Archive();
  private long version = TopicImage.NOT_HOME;
  private @Nullable TopicSettings settings;
  private long nextBody;
  private long firstBody;

  TopicIndex(TopicId topic, long nextBody) {
    super(topic.number());
    this.topic = topic;
    this.nextBody = nextBody;
    this.firstBody = nextBody;
  }

  static TopicIndex of(TopicImage image) {
    TopicIndex index = new TopicIndex(image.topic(), image.nextBody());
    index.version = image.version();
    index.settings = image.settings();
    index.firstBody = image.firstBody();
    index.archive.load(image);
    for (Holder holder : image.holders()) {
      index.holders.put(holder.queue(), BodyMarks.of(holder));
    }
    for (RememberedSend publish : image.publishes()) {
      index.publishes.add(publish);
    }
    for (Replay replay : image.replays()) {
      index.replays.put(replay.subscription(), replay);
    }
    return index;
  }

  TopicImage image() {
    List<Holder> held = new ArrayList<>(holders.size());
    for (Map.Entry<QueueId, BodyMarks> holder : holders.entrySet()) {
      held.add(holder.getValue().image(holder.getKey()));
    }
    return new TopicImage(
        topic,
        version,
        settings,
        nextBody,
        firstBody,
        archive.from(),
        archive.sinceMillis(),
        archive.marks(),
        held,
        publishes.image(),
        replays());
  }

  void install(long newVersion, TopicSettings newSettings, EntryTime clock) {
    version = newVersion;
    settings = newSettings;
    archive.configure(newSettings, nextBody, clock);
  }

  /** What queues still need stays. */
  void uninstall() {
    version = TopicImage.NOT_HOME;
    settings = null;
    archive.clear();
    publishes.clear();
    replays.clear();
  }

  void store(BodyStored body) {
    if (!keepsBodies()) {
      firstBody = body.number();
    }
    nextBody = Math.max(nextBody, body.number() + 1);
    archive.stored(body.number(), body.retentionMillis());
  }

  void hold(QueueId queue, long number, long body) {
    holders.computeIfAbsent(queue, _ -> new BodyMarks()).note(number, body);
  }

  void release(QueueId queue) {
    holders.remove(queue);
  }

  /** Forgets bodies, and of the queues what they no longer have. */
  void forgetBodies(long upTo, ToLongFunction<QueueId> oldestNumbers) {
    firstBody = upTo + 1;
    archive.forgetBelow(firstBody);
    holders
        .entrySet()
        .removeIf(holder -> {
          long oldest = oldestNumbers.applyAsLong(holder.getKey());
          holder.getValue().forgetBelow(oldest);
          return holder.getValue().neededFrom(oldest) == Long.MAX_VALUE;
        });
  }

  void remember(RememberedSend publish) {
    boolean keeps = keepsBodies();
    publishes.add(publish);
    nextBody = Math.max(nextBody, publish.number() + 1);
    if (!keeps) {
      firstBody = nextBody;
    }
  }

  void forgetPublishes(long upTo) {
    publishes.forgetUpTo(upTo);
  }

  void keep(Replay replay) {
    replays.put(replay.subscription(), replay);
  }

  void removeReplay(SubscriptionId subscription) {
    replays.remove(subscription);
  }

  boolean keepsBodies() {
    return firstBody < nextBody;
  }

  /** Whether nothing is known that the next body's number would not say. */
  boolean isEmpty() {
    return version == TopicImage.NOT_HOME && !keepsBodies();
  }

  /** Queue time when publishes should be forgotten, or {@link TimeHeap#NEVER}. */
  long nextForgettingMillis() {
    return publishes.size() == 0
        ? TimeHeap.NEVER
        : publishes.oldestMillis() + Limits.DEDUPLICATION_MILLIS + Limits.FORGETTING_MILLIS;
  }

  @Override
  public TopicId topic() {
    return topic;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public @Nullable TopicSettings settings() {
    return settings;
  }

  @Override
  public long nextBody() {
    return nextBody;
  }

  @Override
  public long firstBody() {
    return firstBody;
  }

  @Override
  public int holders() {
    return holders.size();
  }

  @Override
  public long heldFrom(ToLongFunction<QueueId> oldestNumbers) {
    long lowest = Long.MAX_VALUE;
    for (Map.Entry<QueueId, BodyMarks> holder : holders.entrySet()) {
      long oldest = oldestNumbers.applyAsLong(holder.getKey());
      lowest = Math.min(lowest, holder.getValue().neededFrom(oldest));
    }
    return lowest;
  }

  /** A replay that runs reads on from its place, however old that is by now. */
  @Override
  public long archivedFrom(long retentionClockMillis) {
    long lowest = archive.neededFrom(retentionClockMillis);
    for (Replay replay : replays.values()) {
      if (replay.status() == ReplayStatus.RUNNING) {
        lowest = Math.min(lowest, replay.next());
      }
    }
    return lowest;
  }

  @Override
  public long oldestArchivedMillis(long wallMillis) {
    return archive.oldestMillis(wallMillis);
  }

  @Override
  public @Nullable RememberedSend remembered(Deduplication key) {
    return publishes.find(key);
  }

  @Override
  public int rememberedPublishes() {
    return publishes.size();
  }

  @Override
  public long forgettableUpTo(long nowMillis) {
    return publishes.sentBefore(nowMillis - Limits.DEDUPLICATION_MILLIS);
  }

  @Override
  public @Nullable Replay replay(SubscriptionId subscription) {
    return replays.get(subscription);
  }

  @Override
  public List<Replay> replays() {
    return List.copyOf(replays.values());
  }
}
