package io.tern.state.queue;

import io.tern.state.Change.MessageArrived;
import io.tern.state.Change.MessageHidden;
import io.tern.state.QueueId;
import io.tern.state.limits.Limits;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.QueueImage.SentMark;
import io.tern.state.queue.QueueImage.TouchedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The index of one queue: what both kinds share. Rules read it as {@link QueueView}; the
 * partition's state alone changes it. Every message is in exactly one place: ready, or hidden.
 */
public abstract sealed class MessageQueue implements QueueView permits StandardQueue, FifoQueue {
  final TreeMap<Long, Touched> touched = new TreeMap<>();
  final HiddenMessages hidden = new HiddenMessages();
  final SentTimes sentTimes = new SentTimes();
  private final QueueId queue;
  private final List<MoveTask> tasks = new ArrayList<>();
  private long version;
  private QueueSettings settings;
  private long nextNumber = 1;
  private long purgedAtMillis = QueueImage.NEVER;

  MessageQueue(QueueId queue, long version, QueueSettings settings) {
    this.queue = queue;
    this.version = version;
    this.settings = settings;
  }

  /** A new queue of the kind that the settings say. */
  public static MessageQueue empty(QueueId queue, long version, QueueSettings settings) {
    return settings.fifo()
        ? new FifoQueue(queue, version, settings)
        : new StandardQueue(queue, version, settings);
  }

  /** The index a snapshot kept at that queue time. */
  public static MessageQueue of(QueueImage image, long nowMillis) {
    MessageQueue queue = empty(image.queue(), image.version(), image.settings());
    queue.nextNumber = image.nextNumber();
    queue.purgedAtMillis = image.purgedAtMillis();
    queue.tasks.addAll(image.tasks());
    for (SentMark mark : image.sentMarks()) {
      queue.sentTimes.append(mark);
    }
    queue.load(image, nowMillis);
    return queue;
  }

  /** Fills the parts that the kinds do not share. */
  abstract void load(QueueImage image, long nowMillis);

  public abstract QueueImage image();

  /** A published summary of the queue as it is now. */
  public abstract QueueGauge gauge();

  /** Takes newer settings. */
  public void configure(long newVersion, QueueSettings newSettings, long nowMillis) {
    version = newVersion;
    settings = newSettings;
  }

  /** Takes a new message, ready or delayed. */
  public abstract void store(
      long number, long visibleAtMillis, long sentAtMillis, String group, long nowMillis);

  /**
   * Takes a message that has been in other queues.
   *
   * @param retentionMillis the retention clock now; the message itself may be older
   */
  public abstract void arrive(MessageArrived message, long retentionMillis, long nowMillis);

  /** Notes a receive or a change of visibility; a time not later than now means ready. */
  public abstract void hide(MessageHidden receipt, long nowMillis);

  /** Makes visible what is due by now. */
  public abstract void releaseDue(long nowMillis);

  /** Takes one message out: deleted, parked or expired. */
  public abstract void remove(long number, long nowMillis);

  /** Takes all messages out up to this number. */
  public abstract void removeUpTo(long number);

  /** Takes all messages out up to this number, because the owner wants it so. */
  public void purge(long upTo, long atMillis) {
    removeUpTo(upTo);
    purgedAtMillis = atMillis;
  }

  /**
   * Puts the task in place of the one of its id, or before all others; the oldest are forgotten.
   */
  public void keep(MoveTask task) {
    for (int i = 0; i < tasks.size(); i++) {
      if (tasks.get(i).taskId().equals(task.taskId())) {
        tasks.set(i, task);
        return;
      }
    }
    tasks.addFirst(task);
    if (tasks.size() > Limits.MOVE_TASKS) {
      tasks.removeLast();
    }
  }

  /** Queue time when the next hidden message becomes visible, or {@link TimeHeap#NEVER}. */
  public abstract long nextVisibleAtMillis();

  /** What the retention clock shows when the next messages expire, or {@link TimeHeap#NEVER}. */
  public abstract long nextExpiryMillis();

  /** Queue time when sends should be forgotten, or {@link TimeHeap#NEVER}. */
  public abstract long nextForgettingMillis();

  final void took(long number) {
    nextNumber = number + 1;
  }

  final long nextMarkExpiryMillis() {
    long oldest = sentTimes.oldestMillis();
    return oldest == Long.MAX_VALUE ? TimeHeap.NEVER : oldest + settings.retentionMillis() + 1;
  }

  final List<TouchedMessage> touchedImage() {
    List<TouchedMessage> traces = new ArrayList<>(touched.size());
    for (Touched message : touched.values()) {
      traces.add(message.image());
    }
    return traces;
  }

  @Override
  public final QueueId queue() {
    return queue;
  }

  @Override
  public final long version() {
    return version;
  }

  @Override
  public final QueueSettings settings() {
    return settings;
  }

  @Override
  public final long nextNumber() {
    return nextNumber;
  }

  @Override
  public final long purgedAtMillis() {
    return purgedAtMillis;
  }

  @Override
  public final int inFlight() {
    return hidden.inFlight();
  }

  @Override
  public final @Nullable Touched touched(long number) {
    return touched.get(number);
  }

  @Override
  public final List<MoveTask> tasks() {
    return List.copyOf(tasks);
  }

  @Override
  public final long expiredUpTo(long retentionClockMillis) {
    return sentTimes.sentBefore(retentionClockMillis - settings.retentionMillis());
  }

  @Override
  public final int inFlightUpTo(long number) {
    int count = 0;
    for (Touched message : touched.headMap(number, true).values()) {
      if (message.isInFlight()) {
        count++;
      }
    }
    return count;
  }
}
