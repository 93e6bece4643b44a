package io.tern.node.leader;

import io.tern.disk.StoredMessage;
import io.tern.state.PartitionId;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the bodies of parked messages into what a courier carries. Reads rows, so it runs on the
 * pool for disk reads.
 */
final class OutboxLoader {
  /** More than an entry takes besides a message's content. */
  private static final long HEAD_BYTES = 1_024;

  /** More than an encoded target of a fan-out takes. */
  private static final int TARGET_BYTES = 128;

  private final LeaderPorts.ParkedRows rows;
  private final TopicPorts topics;

  OutboxLoader(LeaderPorts.ParkedRows rows, TopicPorts topics) {
    this.rows = rows;
    this.topics = topics;
  }

  /** Whether some of these need a row. */
  static boolean needsRows(List<OutboxEntry> entries) {
    return entries.stream()
        .map(OutboxEntry::crossing)
        .anyMatch(crossing ->
            crossing instanceof Crossing.ParkedMessage || crossing instanceof TopicCrossing.FanOut);
  }

  /**
   * The first of these entries, whole, as many as one call may carry. Ends before an entry whose
   * row is not there; empty when that is the first.
   */
  List<OutboxEntry> load(PartitionId destination, List<OutboxEntry> entries) {
    List<OutboxEntry> whole = new ArrayList<>(entries.size());
    long bytes = 0;
    for (OutboxEntry entry : entries) {
      Optional<Crossing> crossing = whole(destination, entry);
      if (crossing.isEmpty()) {
        break;
      }
      bytes += bytes(crossing.get());
      if (bytes > Limits.CROSSING_BYTES_PER_CALL && !whole.isEmpty()) {
        break;
      }
      whole.add(new OutboxEntry(entry.number(), crossing.get()));
    }
    return whole;
  }

  private Optional<Crossing> whole(PartitionId destination, OutboxEntry entry) {
    return switch (entry.crossing()) {
      case Crossing.ParkedMessage parked ->
          rows.read(destination, entry.number()).map(stored -> moved(parked, stored));
      case Crossing.MovedMessage moved -> Optional.of(moved);
      case Crossing.InstallQueue install -> Optional.of(install);
      case TopicCrossing.FanOut fanOut ->
          topics
              .bodies()
              .fanOutBody(destination, entry.number(), fanOut)
              .map(body -> new TopicCrossing.CarriedFanOut(fanOut, body));
      case TopicCrossing other -> Optional.of(other);
      case Crossing.RemoveQueue remove -> Optional.of(remove);
    };
  }

  private Crossing moved(Crossing.ParkedMessage parked, StoredMessage stored) {
    return new Crossing.MovedMessage(
        parked,
        stored.sentMillis(),
        stored.group(),
        CarriedContent.of(parked, stored, topics.rendering()));
  }

  private static long bytes(Crossing crossing) {
    return switch (crossing) {
      case Crossing.MovedMessage moved -> HEAD_BYTES + moved.content().size();
      case TopicCrossing.CarriedFanOut carried ->
          HEAD_BYTES
              + carried.content().size()
              + (long) TARGET_BYTES * carried.fanOut().targets().size();
      default -> HEAD_BYTES;
    };
  }
}
