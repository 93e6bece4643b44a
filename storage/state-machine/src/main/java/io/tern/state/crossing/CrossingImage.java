package io.tern.state.crossing;

import io.tern.state.PartitionId;
import java.util.List;

/** Outboxes and inboxes of one partition as plain data, ordered by the other partition. */
public record CrossingImage(List<OutboxImage> outboxes, List<InboxMark> inboxes) {

  /** Nothing sent, nothing taken. */
  public static final CrossingImage EMPTY = new CrossingImage(List.of(), List.of());

  /**
   * What waits for one destination.
   *
   * @param lastNumber the newest number given out, settled or not
   */
  public record OutboxImage(PartitionId destination, long lastNumber, List<OutboxEntry> waiting) {}

  /** The highest number taken from one source. */
  public record InboxMark(PartitionId source, long number) {}
}
