package io.tern.state.partition;

import io.tern.state.Change;
import io.tern.state.Change.AttemptRemembered;
import io.tern.state.Change.ClockAdvanced;
import io.tern.state.Change.CommonChange;
import io.tern.state.Change.DeduplicationForgotten;
import io.tern.state.Change.DeduplicationRemembered;
import io.tern.state.Change.InboxAdvanced;
import io.tern.state.Change.MessageArrived;
import io.tern.state.Change.MessageHidden;
import io.tern.state.Change.MessageParked;
import io.tern.state.Change.MessageRemoved;
import io.tern.state.Change.MessageStored;
import io.tern.state.Change.MessagesExpired;
import io.tern.state.Change.MoveTaskChanged;
import io.tern.state.Change.OutboxAppended;
import io.tern.state.Change.OutboxSettled;
import io.tern.state.Change.PartitionChange;
import io.tern.state.Change.QueueInstalled;
import io.tern.state.Change.QueuePurged;
import io.tern.state.Change.QueueRemoved;
import io.tern.state.ChangeHash;
import io.tern.state.EntryTime;
import io.tern.state.Logic;
import io.tern.state.PartitionImage;
import io.tern.state.QueueId;
import io.tern.state.TopicChange;
import io.tern.state.TopicChange.NotificationStored;
import io.tern.state.crossing.CrossingImage;
import io.tern.state.crossing.CrossingState;
import io.tern.state.queue.FifoQueue;
import io.tern.state.queue.MessageQueue;
import io.tern.state.queue.MoveTask;
import io.tern.state.queue.QueueGauge;
import io.tern.state.queue.QueueImage;
import io.tern.state.queue.QueueImage.Attempt;
import io.tern.state.queue.QueueImage.RememberedSend;
import io.tern.state.queue.QueueView;
import io.tern.state.queue.TimeHeap;
import io.tern.state.topic.TopicsImage;
import io.tern.state.topic.TopicsState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The index of a data partition in memory. The machine evolves it; rules read its view. */
final class PartitionState implements PartitionView {
  private EntryTime clock;
  private long retentionMillis;
  private final ChangeHash hash;
  private int logic;

  /** For looking up only; whatever is told in order goes by queue number. */
  private final Map<QueueId, HeldQueue> queues = new HashMap<>();

  private final TimeHeap<HeldQueue.Place> byVisible = new TimeHeap<>();
  private final TimeHeap<HeldQueue.Place> byExpiry = new TimeHeap<>();
  private final TimeHeap<HeldQueue.Place> byForgetting = new TimeHeap<>();
  private final CrossingState crossing;
  private final TopicsState topics;
  private final List<HeldQueue> changed = new ArrayList<>();
  private final TreeMap<QueueId, MoveTask> runningTasks = new TreeMap<>();

  PartitionState(PartitionImage image) {
    clock = image.clock();
    retentionMillis = image.retentionMillis();
    hash = new ChangeHash(image.hash());
    Logic.require(image.logic());
    logic = image.logic();
    crossing = CrossingState.of(image.crossing());
    for (QueueImage queue : image.queues()) {
      hold(MessageQueue.of(queue, clock.queueMillis()));
    }
    topics = new TopicsState(image.topics(), this::oldestNumber);
  }

  static PartitionImage emptyImage() {
    return new PartitionImage(
        EntryTime.ZERO, 0, 0, List.of(), TopicsImage.EMPTY, CrossingImage.EMPTY);
  }

  PartitionImage image() {
    List<QueueImage> images = new ArrayList<>(queues.size());
    for (HeldQueue held : queues.values()) {
      images.add(held.queue().image());
    }
    images.sort(Comparator.comparing(QueueImage::queue));
    return new PartitionImage(
        clock, retentionMillis, hash.value(), images, topics.image(), crossing.image(), logic);
  }

  void evolve(Change change) {
    hash.add(change);
    switch (change) {
      case PartitionChange partition -> evolvePartition(partition);
      case CommonChange common -> evolveCommon(common);
      case Change.CatalogueChange catalogue ->
          throw new IllegalStateException("Not of a data partition: " + catalogue);
    }
  }

  private void evolvePartition(PartitionChange change) {
    switch (change) {
      case QueueInstalled c -> install(c);
      case QueueRemoved c -> remove(c.queue());
      case QueuePurged c -> on(c.queue(), queue -> queue.purge(c.upTo(), c.purgedAtMillis()));
      case MessageStored c ->
          store(c.queue(), c.number(), c.visibleAtMillis(), c.retentionMillis(), c.group());
      case MessageArrived c -> on(c.queue(), queue -> queue.arrive(c, retentionMillis, now()));
      case MessageHidden c -> {
        HeldQueue held = held(c.queue());
        held.queue().hide(c, now());
        moved(held);
      }
      case MessageRemoved c -> {
        HeldQueue held = held(c.queue());
        held.queue().remove(c.number(), now());
        moved(held);
      }
      case MessageParked c -> {
        on(c.queue(), queue -> queue.remove(c.number(), now()));
        crossing.evolve(new OutboxAppended(c.destination(), c.outboxNumber(), c.crossing()));
      }
      case NotificationStored c -> {
        store(c.queue(), c.number(), c.visibleAtMillis(), c.retentionMillis(), c.group());
        topics.evolve(c, clock);
      }
      case TopicChange c -> topics.evolve(c, clock);
      case MessagesExpired c -> on(c.queue(), queue -> queue.removeUpTo(c.upTo()));
      case DeduplicationRemembered c ->
          onFifo(
              c.queue(),
              queue ->
                  queue.remember(new RememberedSend(c.number(), c.deduplication(), c.atMillis())));
      case DeduplicationForgotten c -> onFifo(c.queue(), queue -> queue.forgetSends(c.upTo()));
      case AttemptRemembered c ->
          onFifo(
              c.queue(),
              queue ->
                  queue.remember(
                      new Attempt(c.attemptId(), c.atMillis(), c.untilMillis(), c.deliveries())));
      case MoveTaskChanged c -> {
        on(c.queue(), queue -> queue.keep(c.task()));
        keep(c);
      }
    }
  }

  private void store(
      QueueId queue, long number, long visibleAtMillis, long retentionMillis, String group) {
    HeldQueue held = held(queue);
    held.queue().store(number, visibleAtMillis, retentionMillis, group, now());
    moved(held);
  }

  private void on(QueueId queue, Consumer<MessageQueue> evolution) {
    HeldQueue held = held(queue);
    evolution.accept(held.queue());
    moved(held);
  }

  private void onFifo(QueueId queue, Consumer<FifoQueue> evolution) {
    on(
        queue,
        held -> {
          if (!(held instanceof FifoQueue fifo)) {
            throw new IllegalStateException("Not a FIFO queue: " + queue);
          }
          evolution.accept(fifo);
        });
  }

  private void keep(MoveTaskChanged change) {
    MoveTask running = runningTasks.get(change.queue());
    if (change.task().isRunning()) {
      runningTasks.put(change.queue(), change.task());
    } else if (running != null && running.taskId().equals(change.task().taskId())) {
      // Of an older task, what comes back late leaves the running one alone.
      runningTasks.remove(change.queue());
    }
  }

  private long now() {
    return clock.queueMillis();
  }

  private void evolveCommon(CommonChange change) {
    switch (change) {
      case ClockAdvanced c -> advance(c);
      case OutboxAppended c -> crossing.evolve(c);
      case OutboxSettled c -> crossing.evolve(c);
      case InboxAdvanced c -> crossing.evolve(c);
      case Change.LogicAdvanced c -> {
        Logic.require(c.level());
        logic = c.level();
      }
    }
  }

  private void advance(ClockAdvanced change) {
    clock = change.time();
    retentionMillis = change.retentionMillis();
    HeldQueue.Place first = byVisible.firstDue(clock.queueMillis());
    while (first != null) {
      HeldQueue held = first.held();
      held.queue().releaseDue(clock.queueMillis());
      moved(held);
      first = byVisible.firstDue(clock.queueMillis());
    }
  }

  private void install(QueueInstalled change) {
    HeldQueue known = queues.get(change.queue());
    if (known == null) {
      hold(MessageQueue.empty(change.queue(), change.version(), change.settings()));
    } else {
      known.queue().configure(change.version(), change.settings(), now());
      moved(known);
    }
  }

  private void hold(MessageQueue queue) {
    HeldQueue held = new HeldQueue(queue);
    queues.put(queue.queue(), held);
    for (MoveTask task : queue.tasks()) {
      if (task.isRunning()) {
        runningTasks.put(queue.queue(), task);
      }
    }
    moved(held);
  }

  private void remove(QueueId queue) {
    HeldQueue held = held(queue);
    byVisible.set(held.byVisible(), TimeHeap.NEVER);
    byExpiry.set(held.byExpiry(), TimeHeap.NEVER);
    byForgetting.set(held.byForgetting(), TimeHeap.NEVER);
    runningTasks.remove(queue);
    queues.remove(queue);
    topics.queueRemoved(queue);
  }

  /** Brings the orders that span all queues up to date with this queue. */
  private void moved(HeldQueue held) {
    byVisible.set(held.byVisible(), held.queue().nextVisibleAtMillis());
    byExpiry.set(held.byExpiry(), held.queue().nextExpiryMillis());
    byForgetting.set(held.byForgetting(), held.queue().nextForgettingMillis());
    if (held.markChanged()) {
      changed.add(held);
    }
  }

  private HeldQueue held(QueueId queue) {
    HeldQueue held = queues.get(queue);
    if (held == null) {
      throw new IllegalStateException("A change of a queue that is not here: " + queue);
    }
    return held;
  }

  @Nullable QueueGauge gauge(QueueId queue) {
    HeldQueue held = queues.get(queue);
    return held == null ? null : held.queue().gauge();
  }

  List<QueueGauge> takeChangedGauges() {
    List<QueueGauge> gauges = new ArrayList<>(changed.size());
    for (HeldQueue held : changed) {
      held.clearChanged();
      if (queues.get(held.queue().queue()) == held) {
        gauges.add(held.queue().gauge());
      }
    }
    changed.clear();
    return gauges;
  }

  private long oldestNumber(QueueId queue) {
    HeldQueue held = queues.get(queue);
    return held == null ? Long.MAX_VALUE : held.queue().oldestNumber();
  }

  long hash() {
    return hash.value();
  }

  /** Queue time when the next hidden message of any queue becomes visible. */
  long nextVisibleAtMillis() {
    return byVisible.firstAtMillis();
  }

  /** What the retention clock shows when the next messages of any queue expire. */
  long nextExpiryMillis() {
    return byExpiry.firstAtMillis();
  }

  /** Queue time when the sends of any queue should be forgotten. */
  long nextForgettingMillis() {
    return byForgetting.firstAtMillis();
  }

  List<MoveTaskChanged> runningTasks() {
    List<MoveTaskChanged> running = new ArrayList<>();
    for (Map.Entry<QueueId, MoveTask> entry : runningTasks.entrySet()) {
      running.add(new MoveTaskChanged(entry.getKey(), entry.getValue()));
    }
    return running;
  }

  @Override
  public EntryTime clock() {
    return clock;
  }

  @Override
  public int logic() {
    return logic;
  }

  @Override
  public long retentionMillis() {
    return retentionMillis;
  }

  @Override
  public @Nullable QueueView queue(QueueId queue) {
    HeldQueue held = queues.get(queue);
    return held == null ? null : held.queue();
  }

  @Override
  public List<QueueView> queuesWithExpired(int limit) {
    List<QueueView> expired = new ArrayList<>();
    for (HeldQueue.Place place : byExpiry.due(retentionMillis, limit)) {
      expired.add(place.held().queue());
    }
    return expired;
  }

  @Override
  public List<QueueView> queuesWithForgettable(int limit) {
    List<QueueView> found = new ArrayList<>();
    for (HeldQueue.Place place : byForgetting.due(now(), limit)) {
      found.add(place.held().queue());
    }
    return found;
  }

  @Override
  public TopicsState topics() {
    return topics;
  }

  @Override
  public CrossingState crossing() {
    return crossing;
  }
}
