package io.tern.state.queue;

import io.tern.state.Change.MessageArrived;
import io.tern.state.Change.MessageHidden;
import io.tern.state.QueueId;
import io.tern.state.limits.Limits;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.QueueImage.Attempt;
import io.tern.state.queue.QueueImage.MessageRange;
import io.tern.state.queue.QueueImage.RememberedSend;
import io.tern.state.queue.QueueImage.TouchedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The index of one standard queue: best-effort order, the oldest first. Messages without a group
 * are kept as ranges; those with one by their group, so that no group holds up the others.
 */
public final class StandardQueue extends MessageQueue {
  private final ReadyRanges ready = new ReadyRanges();
  private final FairGroups groups = new FairGroups();

  /** Messages from other queues by the time of their first send, which may be long ago. */
  private final TimeHeap<Touched.Aging> arrivals = new TimeHeap<>();

  StandardQueue(QueueId queue, long version, QueueSettings settings) {
    super(queue, version, settings);
  }

  @Override
  void load(QueueImage image, long nowMillis) {
    for (MessageRange range : image.ready()) {
      ready.append(range);
    }
    groups.load(image.groups());
    for (TouchedMessage kept : image.touched()) {
      Touched message = Touched.of(kept);
      touched.put(kept.number(), message);
      age(message);
      if (kept.visibleAtMillis() > nowMillis) {
        hidden.add(message);
        if (message.isInFlight() && !message.group().isEmpty()) {
          groups.tookOff(message.group());
        }
      }
    }
  }

  @Override
  public QueueImage image() {
    return new QueueImage(
        queue(),
        version(),
        settings(),
        nextNumber(),
        purgedAtMillis(),
        ready.image(),
        touchedImage(),
        sentTimes.image(),
        groups.image(),
        List.of(),
        List.of(),
        List.of(),
        tasks());
  }

  @Override
  public QueueGauge gauge() {
    boolean overLimit = inFlight() >= Limits.IN_FLIGHT_MESSAGES;
    return new QueueGauge(
        queue(),
        version(),
        visible(),
        inFlight(),
        delayed(),
        hidden.nextVisibleAtMillis(),
        overLimit ? 0 : visible(),
        overLimit,
        tasks());
  }

  @Override
  public void store(
      long number, long visibleAtMillis, long sentAtMillis, String group, long nowMillis) {
    took(number);
    sentTimes.sent(number, sentAtMillis, settings().retentionMillis());
    if (visibleAtMillis <= nowMillis) {
      show(number, group);
      return;
    }
    Touched message = new Touched(number, group);
    message.delayUntil(visibleAtMillis);
    touched.put(number, message);
    hidden.add(message);
  }

  /** It is visible at once. Its mark among the sent times is of now, its own age is its own. */
  @Override
  public void arrive(MessageArrived message, long retentionMillis, long nowMillis) {
    took(message.number());
    sentTimes.sent(message.number(), retentionMillis, settings().retentionMillis());
    Touched trace =
        new Touched(
            message.number(), message.group(), message.arrival(), message.retentionMillis());
    touched.put(message.number(), trace);
    age(trace);
    show(message.number(), message.group());
  }

  private void age(Touched message) {
    Touched.Aging aging = message.aging();
    if (aging != null) {
      arrivals.set(aging, message.arrivedSentMillis());
    }
  }

  @Override
  public void hide(MessageHidden receipt, long nowMillis) {
    long number = receipt.number();
    Touched message = touched.computeIfAbsent(number, n -> new Touched(n, receipt.group()));
    boolean flew = message.isInFlight();
    hidden.remove(message);
    message.receive(
        receipt.visibleAtMillis(),
        receipt.receiveCount(),
        receipt.receivedAtMillis(),
        receipt.firstReceivedMillis());
    if (receipt.visibleAtMillis() <= nowMillis) {
      show(number, message.group());
    } else {
      unshow(number, message.group());
      hidden.add(message);
    }
    boolean flies = message.isInFlight();
    if (flew && !flies) {
      landed(message, nowMillis);
    } else if (flies && !flew && !message.group().isEmpty()) {
      groups.tookOff(message.group());
    }
  }

  @Override
  public void releaseDue(long nowMillis) {
    Touched message = hidden.firstDue(nowMillis);
    while (message != null) {
      show(message.number(), message.group());
      land(message, message.visibleAtMillis());
      if (message.receiveCount() == 0) {
        touched.remove(message.number());
      }
      message = hidden.firstDue(nowMillis);
    }
  }

  @Override
  public void remove(long number, long nowMillis) {
    Touched message = touched.remove(number);
    if (message == null) {
      ready.remove(number);
      groups.remove(number);
    } else {
      unshow(number, message.group());
      land(message, nowMillis);
      groups.left(message.group());
      forgetAge(message);
    }
    forgetSentTimes();
  }

  @Override
  public void removeUpTo(long number) {
    ready.removeUpTo(number);
    SortedMap<Long, Touched> gone = touched.headMap(number, true);
    for (Touched message : gone.values()) {
      land(message, message.receivedAtMillis());
      forgetAge(message);
    }
    gone.clear();
    groups.removeUpTo(number);
    forgetSentTimes();
  }

  /** Takes a hidden message out of flight, or out of its delay. */
  private void land(Touched message, long nowMillis) {
    boolean flew = message.isInFlight();
    hidden.remove(message);
    if (flew) {
      landed(message, nowMillis);
    }
  }

  private void landed(Touched message, long nowMillis) {
    long usedMillis = nowMillis - message.receivedAtMillis();
    if (message.group().isEmpty()) {
      groups.used(usedMillis, nowMillis);
    } else {
      groups.landed(message.group(), usedMillis, nowMillis);
    }
  }

  private void show(long number, String group) {
    if (group.isEmpty()) {
      ready.add(number);
    } else {
      groups.show(group, number);
    }
  }

  private void unshow(long number, String group) {
    if (group.isEmpty()) {
      ready.remove(number);
    } else {
      groups.unshow(group, number);
    }
  }

  private void forgetAge(Touched message) {
    Touched.Aging aging = message.aging();
    if (aging != null) {
      arrivals.set(aging, TimeHeap.NEVER);
    }
  }

  private void forgetSentTimes() {
    sentTimes.forgetBelow(oldestNumber());
  }

  @Override
  public long oldestNumber() {
    long firstTouched = touched.isEmpty() ? Long.MAX_VALUE : touched.firstKey();
    return Math.min(Math.min(ready.first(), groups.first()), firstTouched);
  }

  @Override
  public long nextVisibleAtMillis() {
    return hidden.nextVisibleAtMillis();
  }

  @Override
  public long nextExpiryMillis() {
    long first = arrivals.firstAtMillis();
    return Math.min(
        nextMarkExpiryMillis(),
        first == TimeHeap.NEVER ? TimeHeap.NEVER : first + settings().retentionMillis() + 1);
  }

  @Override
  public long nextForgettingMillis() {
    return TimeHeap.NEVER;
  }

  @Override
  public long visible() {
    return ready.count() + groups.visible();
  }

  @Override
  public int delayed() {
    return hidden.delayed();
  }

  @Override
  public boolean isUntouched(long number) {
    return ready.contains(number) && !touched.containsKey(number);
  }

  @Override
  public List<Long> expiredArrivals(long retentionClockMillis, int limit) {
    long before = retentionClockMillis - settings().retentionMillis() - 1;
    if (arrivals.firstAtMillis() > before) {
      return List.of();
    }
    List<Long> expired = new ArrayList<>();
    for (Touched.Aging old : arrivals.due(before, limit)) {
      expired.add(old.number());
    }
    return expired;
  }

  @Override
  public List<Candidate> candidates(long floor, int max, long nowMillis) {
    List<Candidate> lone = lone(floor, max);
    return groups.isEmpty() ? lone : groups.candidates(floor, max, lone, inFlight(), nowMillis);
  }

  @Override
  public List<Candidate> movable(long floor, long upTo, int max) {
    List<Candidate> found = groups.byAge(floor, max, lone(floor, max));
    return found.stream().filter(candidate -> candidate.number() <= upTo).toList();
  }

  private List<Candidate> lone(long floor, int max) {
    long[] numbers = new long[max];
    int found = ready.lowestAbove(floor, max, numbers);
    List<Candidate> lone = new ArrayList<>(found);
    for (int i = 0; i < found; i++) {
      lone.add(new Candidate(numbers[i], ""));
    }
    return lone;
  }

  @Override
  public @Nullable RememberedSend remembered(Deduplication key) {
    return null;
  }

  @Override
  public int rememberedSends() {
    return 0;
  }

  @Override
  public long forgettableUpTo(long nowMillis) {
    return 0;
  }

  @Override
  public @Nullable Attempt attempt(String attemptId) {
    return null;
  }
}
