package io.tern.state.crossing;

import io.tern.state.Change.InboxAdvanced;
import io.tern.state.Change.OutboxAppended;
import io.tern.state.Change.OutboxSettled;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.TopicId;
import io.tern.state.crossing.CrossingImage.InboxMark;
import io.tern.state.crossing.CrossingImage.OutboxImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The outboxes and inboxes of one partition; part of the state of every machine. */
public final class CrossingState implements CrossingView {
  private final TreeMap<PartitionId, Outbox> outboxes = new TreeMap<>();
  private final TreeMap<PartitionId, Inbox> inboxes = new TreeMap<>();

  public static CrossingState of(CrossingImage image) {
    CrossingState state = new CrossingState();
    for (OutboxImage outbox : image.outboxes()) {
      state.outboxes.put(outbox.destination(), Outbox.of(outbox));
    }
    for (InboxMark mark : image.inboxes()) {
      state.inbox(mark.source()).advance(mark.number());
    }
    return state;
  }

  public CrossingImage image() {
    List<OutboxImage> waiting = new ArrayList<>();
    for (Map.Entry<PartitionId, Outbox> entry : outboxes.entrySet()) {
      waiting.add(entry.getValue().image(entry.getKey()));
    }
    List<InboxMark> marks = new ArrayList<>();
    for (Map.Entry<PartitionId, Inbox> entry : inboxes.entrySet()) {
      marks.add(new InboxMark(entry.getKey(), entry.getValue().taken()));
    }
    return new CrossingImage(waiting, marks);
  }

  public void evolve(OutboxAppended change) {
    outboxes
        .computeIfAbsent(change.destination(), _ -> new Outbox())
        .append(new OutboxEntry(change.number(), change.crossing().withoutRow()));
  }

  public void evolve(OutboxSettled change) {
    outboxes.computeIfAbsent(change.destination(), _ -> new Outbox()).settle(change.upTo());
  }

  public void evolve(InboxAdvanced change) {
    inbox(change.source()).advance(change.number());
  }

  /** The destinations for which something waits, lowest first. */
  public List<PartitionId> waitingDestinations() {
    List<PartitionId> waiting = new ArrayList<>();
    for (Map.Entry<PartitionId, Outbox> entry : outboxes.entrySet()) {
      if (!entry.getValue().isEmpty()) {
        waiting.add(entry.getKey());
      }
    }
    return waiting;
  }

  /** What waits for that destination after that number, in order, at most so many. */
  public List<OutboxEntry> waiting(PartitionId destination, long afterNumber, int limit) {
    Outbox outbox = outboxes.get(destination);
    return outbox == null ? List.of() : outbox.after(afterNumber, limit);
  }

  @Override
  public long nextNumber(PartitionId destination) {
    Outbox outbox = outboxes.get(destination);
    return outbox == null ? 1 : outbox.lastNumber() + 1;
  }

  @Override
  public boolean isFull(PartitionId destination) {
    Outbox outbox = outboxes.get(destination);
    return outbox != null && outbox.isFull();
  }

  @Override
  public long waitingFor(PartitionId destination, QueueId queue) {
    Outbox outbox = outboxes.get(destination);
    return outbox == null ? 0 : outbox.waitingFor(queue);
  }

  @Override
  public long oldestBody(TopicId topic) {
    long oldest = Long.MAX_VALUE;
    for (Outbox outbox : outboxes.values()) {
      oldest = Math.min(oldest, outbox.oldestBody(topic));
    }
    return oldest;
  }

  @Override
  public long settles(PartitionId destination, long upTo) {
    Outbox outbox = outboxes.get(destination);
    return outbox == null ? 0 : outbox.settles(upTo);
  }

  @Override
  public long taken(PartitionId source) {
    Inbox inbox = inboxes.get(source);
    return inbox == null ? 0 : inbox.taken();
  }

  @Override
  public List<OutboxEntry> fresh(PartitionId source, long previous, List<OutboxEntry> entries) {
    Inbox inbox = inboxes.get(source);
    return (inbox == null ? new Inbox() : inbox).fresh(previous, entries);
  }

  private Inbox inbox(PartitionId source) {
    return inboxes.computeIfAbsent(source, _ -> new Inbox());
  }
}
