package io.tern.state.topic;

import io.tern.state.QueueId;
import io.tern.state.TopicId;
import io.tern.state.limits.TopicSettings;
import io.tern.state.queue.QueueImage.RememberedSend;
import io.tern.state.queue.QueueImage.SentMark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a partition knows of one topic: that it is the topic's home, or that it keeps bodies of it,
 * or both.
 *
 * @param version of the definition, or {@link #NOT_HOME}
 * @param settings null when this is not the topic's home
 * @param nextBody the number of the next body
 * @param firstBody all bodies with numbers below are gone; equal to nextBody when none is kept
 * @param archivedFrom the first number that belongs to the archive, 0 without one
 * @param archivedSinceMillis wall clock when the archive began, 0 without one
 * @param archiveMarks ages of the archived bodies, ascending
 * @param holders queues that may hold notifications of kept bodies, by number
 * @param publishes what a FIFO topic remembers, ascending by number
 * @param replays by subscription
 */
public record TopicImage(
    TopicId topic,
    long version,
    @Nullable TopicSettings settings,
    long nextBody,
    long firstBody,
    long archivedFrom,
    long archivedSinceMillis,
    List<SentMark> archiveMarks,
    List<Holder> holders,
    List<RememberedSend> publishes,
    List<Replay> replays) {

  /** The version of a topic that lives in another partition. */
  public static final long NOT_HOME = 0;

  /**
   * A queue with notifications.
   *
   * @param lastNumber the newest of its messages that is a notification of the topic
   * @param marks ascending, at least one and at most {@code Limits.HOLDER_MARKS}
   */
  public record Holder(QueueId queue, long lastNumber, List<BodyMark> marks) {}

  /** Of the queue's messages from this number on, none refers to a body below this one. */
  public record BodyMark(long number, long body) {}
}
