package io.tern.state.partition;

import io.tern.state.Change;
import io.tern.state.Change.ClockAdvanced;
import io.tern.state.Change.CommonChange;
import io.tern.state.Change.InboxAdvanced;
import io.tern.state.Change.MessageHidden;
import io.tern.state.Change.MessageRemoved;
import io.tern.state.Change.MessageStored;
import io.tern.state.Change.MessagesExpired;
import io.tern.state.Change.OutboxAppended;
import io.tern.state.Change.OutboxSettled;
import io.tern.state.Change.PartitionChange;
import io.tern.state.Change.QueueInstalled;
import io.tern.state.Change.QueuePurged;
import io.tern.state.Change.QueueRemoved;
import io.tern.state.ChangeHash;
import io.tern.state.EntryTime;
import io.tern.state.PartitionImage;
import io.tern.state.QueueId;
import io.tern.state.crossing.CrossingImage;
import io.tern.state.crossing.CrossingState;
import io.tern.state.queue.QueueGauge;
import io.tern.state.queue.QueueImage;
import io.tern.state.queue.QueueView;
import io.tern.state.queue.StandardQueue;
import io.tern.state.queue.TimeHeap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The index of a data partition in memory. The machine evolves it; rules read its view. */
final class PartitionState implements PartitionView {
  private EntryTime clock;
  private long retentionMillis;
  private final ChangeHash hash;

  /** For looking up only; whatever is told in order goes by queue number. */
  private final Map<QueueId, HeldQueue> queues = new HashMap<>();

  private final TimeHeap<HeldQueue.Place> byVisible = new TimeHeap<>();
  private final TimeHeap<HeldQueue.Place> byExpiry = new TimeHeap<>();
  private final CrossingState crossing;
  private final List<HeldQueue> changed = new ArrayList<>();

  PartitionState(PartitionImage image) {
    clock = image.clock();
    retentionMillis = image.retentionMillis();
    hash = new ChangeHash(image.hash());
    crossing = CrossingState.of(image.crossing());
    for (QueueImage queue : image.queues()) {
      hold(StandardQueue.of(queue));
    }
  }

  static PartitionImage emptyImage() {
    return new PartitionImage(EntryTime.ZERO, 0, 0, List.of(), CrossingImage.EMPTY);
  }

  PartitionImage image() {
    List<QueueImage> images = new ArrayList<>(queues.size());
    for (HeldQueue held : queues.values()) {
      images.add(held.queue().image());
    }
    images.sort(Comparator.comparing(QueueImage::queue));
    return new PartitionImage(clock, retentionMillis, hash.value(), images, crossing.image());
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
      case QueuePurged c -> {
        HeldQueue held = held(c.queue());
        held.queue().purge(c.upTo(), c.purgedAtMillis());
        moved(held);
      }
      case MessageStored c -> {
        HeldQueue held = held(c.queue());
        held.queue()
            .store(c.number(), c.visibleAtMillis(), c.retentionMillis(), clock.queueMillis());
        moved(held);
      }
      case Change.MessageArrived _,
          Change.MessageParked _,
          Change.DeduplicationRemembered _,
          Change.DeduplicationForgotten _,
          Change.AttemptRemembered _,
          Change.MoveTaskChanged _ ->
          throw new IllegalStateException("not built");
      case MessageHidden c -> {
        HeldQueue held = held(c.queue());
        held.queue()
            .hide(
                c.number(),
                c.visibleAtMillis(),
                c.receiveCount(),
                c.receivedAtMillis(),
                c.firstReceivedMillis(),
                clock.queueMillis());
        moved(held);
      }
      case MessageRemoved c -> {
        HeldQueue held = held(c.queue());
        held.queue().remove(c.number());
        moved(held);
      }
      case MessagesExpired c -> {
        HeldQueue held = held(c.queue());
        held.queue().removeUpTo(c.upTo());
        moved(held);
      }
    }
  }

  private void evolveCommon(CommonChange change) {
    switch (change) {
      case ClockAdvanced c -> advance(c);
      case OutboxAppended c -> crossing.evolve(c);
      case OutboxSettled c -> crossing.evolve(c);
      case InboxAdvanced c -> crossing.evolve(c);
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
      hold(new StandardQueue(change.queue(), change.version(), change.settings()));
    } else {
      known.queue().configure(change.version(), change.settings());
      moved(known);
    }
  }

  private void hold(StandardQueue queue) {
    HeldQueue held = new HeldQueue(queue);
    queues.put(queue.queue(), held);
    moved(held);
  }

  private void remove(QueueId queue) {
    HeldQueue held = held(queue);
    byVisible.set(held.byVisible(), TimeHeap.NEVER);
    byExpiry.set(held.byExpiry(), TimeHeap.NEVER);
    queues.remove(queue);
  }

  /** Brings the orders that span all queues up to date with this queue. */
  private void moved(HeldQueue held) {
    byVisible.set(held.byVisible(), held.queue().nextVisibleAtMillis());
    byExpiry.set(held.byExpiry(), held.queue().nextExpiryMillis());
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

  @Override
  public EntryTime clock() {
    return clock;
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
  public CrossingState crossing() {
    return crossing;
  }
}
