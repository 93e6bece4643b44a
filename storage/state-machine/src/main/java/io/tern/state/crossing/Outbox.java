package io.tern.state.crossing;

import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.TopicId;
import io.tern.state.crossing.CrossingImage.OutboxImage;
import io.tern.state.crossing.TopicCrossing.FanOut;
import io.tern.state.limits.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be carried to one destination, numbered from 1. The rules that hand something over
 * ask it for the next number; the courier settles what was taken.
 */
final class Outbox {
  private final TreeMap<Long, OutboxEntry> waiting = new TreeMap<>();
  private final Map<QueueId, Long> newestOfQueue = new HashMap<>();
  private final Map<TopicId, ArrayDeque<Long>> bodies = new HashMap<>();
  private long lastNumber;
  private long targets;

  static Outbox of(OutboxImage image) {
    Outbox outbox = new Outbox();
    for (OutboxEntry entry : image.waiting()) {
      outbox.append(entry);
    }
    outbox.lastNumber = image.lastNumber();
    return outbox;
  }

  OutboxImage image(PartitionId destination) {
    return new OutboxImage(destination, lastNumber, List.copyOf(waiting.values()));
  }

  long lastNumber() {
    return lastNumber;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  boolean isFull() {
    return waiting.size() >= Limits.OUTBOX_ENTRIES || targets >= Limits.OUTBOX_TARGETS;
  }

  void append(OutboxEntry entry) {
    waiting.put(entry.number(), entry);
    newestOfQueue.put(queueOf(entry.crossing()), entry.number());
    lastNumber = entry.number();
    if (entry.crossing() instanceof FanOut fanOut) {
      targets += fanOut.targets().size();
      bodies.computeIfAbsent(fanOut.topic(), _ -> new ArrayDeque<>()).add(fanOut.body());
    }
  }

  /** The highest number that settling up to this one would forget; 0 when it would forget none. */
  long settles(long upTo) {
    return waiting.isEmpty() || waiting.firstKey() > upTo ? 0 : Math.min(upTo, lastNumber);
  }

  void settle(long upTo) {
    while (!waiting.isEmpty() && waiting.firstKey() <= upTo) {
      OutboxEntry entry = waiting.pollFirstEntry().getValue();
      newestOfQueue.remove(queueOf(entry.crossing()), entry.number());
      if (entry.crossing() instanceof FanOut fanOut) {
        targets -= fanOut.targets().size();
        bodies.computeIfPresent(fanOut.topic(), (_, waits) -> withoutFirst(waits));
      }
    }
  }

  private static @Nullable ArrayDeque<Long> withoutFirst(ArrayDeque<Long> waits) {
    waits.poll();
    return waits.isEmpty() ? null : waits;
  }

  /** The lowest body of the topic that waits to be carried, or the greatest long. */
  long oldestBody(TopicId topic) {
    ArrayDeque<Long> waits = bodies.get(topic);
    Long oldest = waits == null ? null : waits.peek();
    return oldest == null ? Long.MAX_VALUE : oldest;
  }

  /** The newest number that waits and is about this queue, or 0. */
  long waitingFor(QueueId queue) {
    return newestOfQueue.getOrDefault(queue, 0L);
  }

  /** What waits after that number, in order, at most so many. */
  List<OutboxEntry> after(long number, int limit) {
    List<OutboxEntry> found = new ArrayList<>();
    for (OutboxEntry entry : waiting.tailMap(number, false).values()) {
      if (found.size() == limit) {
        break;
      }
      found.add(entry);
    }
    return found;
  }

  private static QueueId queueOf(Crossing crossing) {
    return switch (crossing) {
      case Crossing.InstallQueue install -> install.queue();
      case Crossing.RemoveQueue remove -> remove.queue();
      case Crossing.ParkedMessage parked -> parked.target();
      case Crossing.MovedMessage moved -> moved.parked().target();
      // Numbers of queues and topics come from one counter.
      case TopicCrossing topics -> new QueueId(topicOf(topics).number());
    };
  }

  private static TopicId topicOf(TopicCrossing crossing) {
    return switch (crossing) {
      case TopicCrossing.InstallTopic install -> install.topic();
      case TopicCrossing.RemoveTopic remove -> remove.topic();
      case TopicCrossing.InstallReplay install -> install.topic();
      case TopicCrossing.RemoveReplay remove -> remove.topic();
      case TopicCrossing.FanOut fanOut -> fanOut.topic();
      case TopicCrossing.CarriedFanOut carried -> carried.fanOut().topic();
    };
  }
}
