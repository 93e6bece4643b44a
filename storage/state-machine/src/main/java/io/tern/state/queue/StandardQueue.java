package io.tern.state.queue;

import io.tern.state.QueueId;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.QueueImage.MessageRange;
import io.tern.state.queue.QueueImage.SentMark;
import io.tern.state.queue.QueueImage.TouchedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The index of one standard queue. Rules read it as {@link QueueView}; the partition's state alone
 * changes it. Every message is in exactly one place: ready, or hidden.
 */
public final class StandardQueue implements QueueView {
  private final QueueId queue;
  private long version;
  private QueueSettings settings;
  private long nextNumber = 1;
  private long purgedAtMillis = QueueImage.NEVER;
  private final ReadyRanges ready = new ReadyRanges();
  private final TreeMap<Long, Touched> touched = new TreeMap<>();
  private final HiddenMessages hidden = new HiddenMessages();
  private final SentTimes sentTimes = new SentTimes();

  public StandardQueue(QueueId queue, long version, QueueSettings settings) {
    this.queue = queue;
    this.version = version;
    this.settings = settings;
  }

  /** The index a snapshot kept. A touched message that is not ready is hidden. */
  public static StandardQueue of(QueueImage image) {
    StandardQueue queue = new StandardQueue(image.queue(), image.version(), image.settings());
    queue.nextNumber = image.nextNumber();
    queue.purgedAtMillis = image.purgedAtMillis();
    for (MessageRange range : image.ready()) {
      queue.ready.append(range);
    }
    for (TouchedMessage kept : image.touched()) {
      Touched message = Touched.of(kept);
      queue.touched.put(kept.number(), message);
      if (!queue.ready.contains(kept.number())) {
        queue.hidden.add(message);
      }
    }
    for (SentMark mark : image.sentMarks()) {
      queue.sentTimes.append(mark);
    }
    return queue;
  }

  public QueueImage image() {
    List<TouchedMessage> traces = new ArrayList<>(touched.size());
    for (Touched message : touched.values()) {
      traces.add(message.image());
    }
    return new QueueImage(
        queue,
        version,
        settings,
        nextNumber,
        purgedAtMillis,
        ready.image(),
        traces,
        sentTimes.image(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  public QueueGauge gauge() {
    return new QueueGauge(
        queue,
        version,
        visible(),
        inFlight(),
        delayed(),
        hidden.nextVisibleAtMillis(),
        visible(),
        false,
        List.of());
  }

  /** Takes newer settings; messages that are there keep their times. */
  public void configure(long newVersion, QueueSettings newSettings) {
    version = newVersion;
    settings = newSettings;
  }

  /** Takes a new message, ready or delayed. */
  public void store(long number, long visibleAtMillis, long sentAtMillis, long nowMillis) {
    nextNumber = number + 1;
    sentTimes.sent(number, sentAtMillis, settings.retentionMillis());
    if (visibleAtMillis <= nowMillis) {
      ready.add(number);
      return;
    }
    Touched message = new Touched(number);
    message.delayUntil(visibleAtMillis);
    touched.put(number, message);
    hidden.add(message);
  }

  /** Notes a receive or a change of visibility; a time not later than now means ready. */
  public void hide(
      long number,
      long untilMillis,
      int receiveCount,
      long receivedAtMillis,
      long firstReceivedMillis,
      long nowMillis) {
    Touched message = touched.get(number);
    if (message == null) {
      message = new Touched(number);
      touched.put(number, message);
    } else {
      hidden.remove(message);
    }
    message.receive(untilMillis, receiveCount, receivedAtMillis, firstReceivedMillis);
    if (untilMillis <= nowMillis) {
      ready.add(number);
    } else {
      ready.remove(number);
      hidden.add(message);
    }
  }

  /** Makes visible what is due by now. */
  public void releaseDue(long nowMillis) {
    Touched message = hidden.pollDue(nowMillis);
    while (message != null) {
      if (message.receiveCount() == 0) {
        touched.remove(message.number());
      }
      ready.add(message.number());
      message = hidden.pollDue(nowMillis);
    }
  }

  public void remove(long number) {
    ready.remove(number);
    Touched message = touched.remove(number);
    if (message != null) {
      hidden.remove(message);
    }
    forgetSentTimes();
  }

  public void removeUpTo(long number) {
    ready.removeUpTo(number);
    SortedMap<Long, Touched> gone = touched.headMap(number, true);
    for (Touched message : gone.values()) {
      hidden.remove(message);
    }
    gone.clear();
    forgetSentTimes();
  }

  public void purge(long upTo, long atMillis) {
    removeUpTo(upTo);
    purgedAtMillis = atMillis;
  }

  /** Queue time when the next hidden message becomes visible, or {@link TimeHeap#NEVER}. */
  public long nextVisibleAtMillis() {
    return hidden.nextVisibleAtMillis();
  }

  /** What the retention clock shows when the next messages expire, or {@link TimeHeap#NEVER}. */
  public long nextExpiryMillis() {
    long oldest = sentTimes.oldestMillis();
    return oldest == Long.MAX_VALUE ? TimeHeap.NEVER : oldest + settings.retentionMillis() + 1;
  }

  private void forgetSentTimes() {
    long firstTouched = touched.isEmpty() ? Long.MAX_VALUE : touched.firstKey();
    sentTimes.forgetBelow(Math.min(ready.first(), firstTouched));
  }

  @Override
  public QueueId queue() {
    return queue;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public QueueSettings settings() {
    return settings;
  }

  @Override
  public long nextNumber() {
    return nextNumber;
  }

  @Override
  public long purgedAtMillis() {
    return purgedAtMillis;
  }

  @Override
  public long visible() {
    return ready.count();
  }

  @Override
  public int inFlight() {
    return hidden.inFlight();
  }

  @Override
  public int delayed() {
    return hidden.delayed();
  }

  @Override
  public boolean isReady(long number) {
    return ready.contains(number);
  }

  @Override
  public @Nullable Touched touched(long number) {
    return touched.get(number);
  }

  @Override
  public long expiredUpTo(long retentionClockMillis) {
    return sentTimes.sentBefore(retentionClockMillis - settings.retentionMillis());
  }

  @Override
  public int inFlightUpTo(long number) {
    int count = 0;
    for (Touched message : touched.headMap(number, true).values()) {
      if (message.isHidden() && message.receiveCount() > 0) {
        count++;
      }
    }
    return count;
  }

  @Override
  public int lowestReady(long floor, int max, long[] into) {
    return ready.lowestAbove(floor, max, into);
  }
}
