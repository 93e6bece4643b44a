package io.tern.state.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.MessageId;
import io.tern.state.PartitionId;
import io.tern.state.TopicId;
import io.tern.state.topic.ReplayStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a topic does, written without regard to cost. */
final class NaiveTopic {
  private static final long WINDOW_MILLIS = 300_000;

  /** A publish that must not be repeated. */
  record Sent(int key, long number, MessageId id, long atMillis) {}

  /** A replay to one queue. */
  static final class NaiveReplay {
    final long version;
    private final boolean hasEnd;
    long next;
    ReplayStatus status = ReplayStatus.PENDING;

    NaiveReplay(long version, boolean hasEnd) {
      this.version = version;
      this.hasEnd = hasEnd;
    }

    boolean isActive() {
      return status == ReplayStatus.PENDING || status == ReplayStatus.RUNNING;
    }

    /** It ends only when it saw everything. */
    void advanced(long upTo, boolean ended) {
      next = upTo + 1;
      status =
          !ended ? ReplayStatus.RUNNING : hasEnd ? ReplayStatus.PAUSED : ReplayStatus.COMPLETED;
    }
  }

  final TopicId id;
  final PartitionId home;
  final boolean fifo;

  /** By queue. */
  final Map<Integer, NaiveReplay> replays = new TreeMap<>();

  private final List<Sent> sent = new ArrayList<>();

  /** 0 until it is installed. */
  long version;

  long archiveMillis;
  long lastNumber;

  NaiveTopic(TopicId id, PartitionId home, boolean fifo) {
    this.id = id;
    this.home = home;
    this.fifo = fifo;
  }

  /** Whether new messages go to the queue. */
  boolean isLive(int queue) {
    NaiveReplay replay = replays.get(queue);
    return replay == null || replay.status == ReplayStatus.COMPLETED;
  }

  /** The same publish within five minutes, counted from the first. */
  Optional<Sent> repeated(int key, long now) {
    return sent.stream()
        .filter(s -> s.key() == key && now - s.atMillis() < WINDOW_MILLIS)
        .findFirst();
  }

  void accepted(int key, MessageId id, long number, long now) {
    if (fifo) {
      assertThat(number).as("sequence number").isGreaterThan(lastNumber);
      sent.add(new Sent(key, number, id, now));
    }
    lastNumber = Math.max(lastNumber, number);
  }
}
