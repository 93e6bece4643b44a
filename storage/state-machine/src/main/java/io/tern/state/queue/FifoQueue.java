package io.tern.state.queue;

import io.tern.state.Change.MessageArrived;
import io.tern.state.Change.MessageHidden;
import io.tern.state.QueueId;
import io.tern.state.limits.Limits;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.QueueImage.Attempt;
import io.tern.state.queue.QueueImage.DelayedMessage;
import io.tern.state.queue.QueueImage.GroupImage;
import io.tern.state.queue.QueueImage.RememberedSend;
import io.tern.state.queue.QueueImage.TouchedMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The index of one FIFO queue. Each group is a sequence that locks while one of its messages is in
 * flight; groups that can be served wait in turn. All messages are in the index, eight bytes each,
 * so that a long backlog of one group starves no other.
 */
public final class FifoQueue extends MessageQueue {
  private final SequencedMap<String, MessageGroup> groups = new LinkedHashMap<>();

  /** The groups a receive would serve, the next first; one comes in at the end when it can be. */
  private final SequencedSet<MessageGroup> available = new LinkedHashSet<>();

  private final DelayedMessages delayed = new DelayedMessages();
  private final DeduplicationWindow window = new DeduplicationWindow();
  private final ReceiveAttempts attempts = new ReceiveAttempts();
  private final NumberBlocks blocks = new NumberBlocks();
  private long messages;

  FifoQueue(QueueId queue, long version, QueueSettings settings) {
    super(queue, version, settings);
  }

  @Override
  void load(QueueImage image, long nowMillis) {
    for (GroupImage kept : image.groups()) {
      groups.put(kept.group(), new MessageGroup(kept.group(), NumberList.of(kept.numbers())));
      messages += kept.numbers().size();
      blocks.addAll(kept.numbers());
    }
    for (TouchedMessage kept : image.touched()) {
      Touched message = Touched.of(kept);
      touched.put(kept.number(), message);
      if (kept.visibleAtMillis() > nowMillis) {
        hidden.add(message);
        group(message.group()).hide(message.number());
      }
    }
    loadDelayed(image);
    for (MessageGroup group : groups.values()) {
      refresh(group);
    }
    for (RememberedSend send : image.deduplication()) {
      window.add(send);
    }
    attempts.load(image.attempts());
  }

  private void loadDelayed(QueueImage image) {
    if (image.delayed().isEmpty()) {
      return;
    }
    long first = image.delayed().getFirst().number();
    Map<Long, MessageGroup> byNumber = new HashMap<>();
    for (MessageGroup group : groups.values()) {
      NumberList numbers = group.messages();
      for (int i = numbers.below(first); i < numbers.size(); i++) {
        byNumber.put(numbers.get(i), group);
      }
    }
    for (DelayedMessage kept : image.delayed()) {
      MessageGroup group = Objects.requireNonNull(byNumber.get(kept.number()), "a delayed message");
      delayed.add(kept.number(), kept.sentAtMillis(), group);
    }
  }

  @Override
  public QueueImage image() {
    List<GroupImage> images = new ArrayList<>(groups.size());
    for (MessageGroup group : available) {
      images.add(imageOf(group));
    }
    List<GroupImage> others = new ArrayList<>();
    for (MessageGroup group : groups.values()) {
      if (!available.contains(group)) {
        others.add(imageOf(group));
      }
    }
    others.sort(Comparator.comparing(GroupImage::group));
    images.addAll(others);
    return new QueueImage(
        queue(),
        version(),
        settings(),
        nextNumber(),
        purgedAtMillis(),
        List.of(),
        touchedImage(),
        sentTimes.image(),
        images,
        delayed.image(),
        window.image(),
        attempts.image(),
        tasks());
  }

  private static GroupImage imageOf(MessageGroup group) {
    return new GroupImage(group.name(), group.messages().image(), 0, 0);
  }

  @Override
  public QueueGauge gauge() {
    return new QueueGauge(
        queue(),
        version(),
        visible(),
        inFlight(),
        delayed(),
        nextVisibleAtMillis(),
        inFlight() >= Limits.IN_FLIGHT_MESSAGES ? 0 : available.size(),
        false,
        tasks());
  }

  /** Takes newer settings; a new delay counts for the messages that are delayed now. */
  @Override
  public void configure(long newVersion, QueueSettings newSettings, long nowMillis) {
    super.configure(newVersion, newSettings, nowMillis);
    releaseDelayed(nowMillis);
  }

  @Override
  public void store(
      long number, long visibleAtMillis, long sentAtMillis, String group, long nowMillis) {
    took(number);
    sentTimes.sent(number, sentAtMillis, settings().retentionMillis());
    MessageGroup known =
        groups.computeIfAbsent(group, name -> new MessageGroup(name, new NumberList()));
    known.messages().add(number);
    messages++;
    blocks.add(number);
    if (visibleAtMillis > nowMillis) {
      delayed.add(number, nowMillis, known);
    }
    refresh(known);
  }

  @Override
  public void arrive(MessageArrived message, long retentionMillis, long nowMillis) {
    touched.put(
        message.number(),
        new Touched(
            message.number(), message.group(), message.arrival(), message.retentionMillis()));
    store(message.number(), message.visibleAtMillis(), retentionMillis, message.group(), nowMillis);
  }

  /** A group that a receive served goes behind the others. */
  @Override
  public void hide(MessageHidden receipt, long nowMillis) {
    long number = receipt.number();
    Touched known = touched.get(number);
    Touched message = known == null ? new Touched(number, receipt.group()) : known;
    if (known == null) {
      touched.put(number, message);
    } else {
      hidden.remove(message);
    }
    MessageGroup group = group(message.group());
    if (receipt.receiveCount() > message.receiveCount()) {
      available.remove(group);
    }
    message.receive(
        receipt.visibleAtMillis(),
        receipt.receiveCount(),
        receipt.receivedAtMillis(),
        receipt.firstReceivedMillis());
    if (receipt.visibleAtMillis() <= nowMillis) {
      group.show(number);
    } else {
      group.hide(number);
      hidden.add(message);
    }
    refresh(group);
  }

  @Override
  public void releaseDue(long nowMillis) {
    Touched message = hidden.pollDue(nowMillis);
    while (message != null) {
      MessageGroup group = group(message.group());
      group.show(message.number());
      refresh(group);
      message = hidden.pollDue(nowMillis);
    }
    releaseDelayed(nowMillis);
  }

  private void releaseDelayed(long nowMillis) {
    MessageGroup group = delayed.pollDue(nowMillis, settings().delayMillis());
    while (group != null) {
      refresh(group);
      group = delayed.pollDue(nowMillis, settings().delayMillis());
    }
  }

  @Override
  public void remove(long number, long nowMillis) {
    Touched message = touched.remove(number);
    if (message != null) {
      hidden.remove(message);
    }
    MessageGroup group = message == null ? groupOf(number) : group(message.group());
    if (group == null) {
      return;
    }
    if (group.remove(number)) {
      messages--;
      blocks.remove(number);
    }
    refresh(group);
    forgetSentTimes();
  }

  /** Of a message that a move task takes and nobody has received: mostly of the first group. */
  private @Nullable MessageGroup groupOf(long number) {
    for (MessageGroup group : available) {
      if (group.messages().contains(number)) {
        return group;
      }
    }
    return null;
  }

  @Override
  public void removeUpTo(long number) {
    var gone = touched.headMap(number, true);
    for (Touched message : gone.values()) {
      hidden.remove(message);
    }
    gone.clear();
    delayed.removeUpTo(number);
    List<MessageGroup> shorter = new ArrayList<>();
    for (MessageGroup group : groups.values()) {
      if (group.messages().first() <= number) {
        blocks.removeUpTo(number, group.messages());
        messages -= group.removeUpTo(number);
        shorter.add(group);
      }
    }
    // In an order that a replica which began with a snapshot has too.
    shorter.sort(Comparator.comparingLong(group -> group.messages().first()));
    shorter.forEach(this::refresh);
    if (messages == 0) {
      sentTimes.forgetBelow(Long.MAX_VALUE);
    } else {
      sentTimes.forgetBelow(number + 1);
    }
  }

  /** A purge clears the memory of sends too. */
  @Override
  public void purge(long upTo, long atMillis) {
    super.purge(upTo, atMillis);
    window.clear();
    attempts.clear();
  }

  public void remember(RememberedSend send) {
    window.add(send);
  }

  public void forgetSends(long upTo) {
    window.forgetUpTo(upTo);
  }

  public void remember(Attempt attempt) {
    attempts.remember(attempt);
  }

  /** Puts the group among the available ones, or takes it out, as its messages are now. */
  private void refresh(MessageGroup group) {
    if (group.isEmpty()) {
      groups.remove(group.name());
      available.remove(group);
    } else if (group.deliverable(delayed.firstNumber()) > 0) {
      available.add(group);
    } else {
      available.remove(group);
    }
  }

  /** Exact only when the queue runs empty; otherwise a mark lives until its messages expire. */
  private void forgetSentTimes() {
    if (messages == 0) {
      sentTimes.forgetBelow(Long.MAX_VALUE);
    }
  }

  private MessageGroup group(String name) {
    return Objects.requireNonNull(groups.get(name), "a message of a group that is not there");
  }

  @Override
  public long oldestNumber() {
    return blocks.first();
  }

  @Override
  public long nextVisibleAtMillis() {
    return Math.min(
        hidden.nextVisibleAtMillis(), delayed.nextVisibleAtMillis(settings().delayMillis()));
  }

  @Override
  public long nextExpiryMillis() {
    return nextMarkExpiryMillis();
  }

  @Override
  public long nextForgettingMillis() {
    return window.size() == 0
        ? TimeHeap.NEVER
        : window.oldestMillis() + Limits.DEDUPLICATION_MILLIS + Limits.FORGETTING_MILLIS;
  }

  @Override
  public long visible() {
    return messages - hidden.inFlight() - delayed.size();
  }

  @Override
  public int delayed() {
    return delayed.size();
  }

  @Override
  public boolean isUntouched(long number) {
    return false;
  }

  @Override
  public List<Long> expiredArrivals(long retentionClockMillis, int limit) {
    return List.of();
  }

  @Override
  public List<Candidate> candidates(long floor, int max, long nowMillis) {
    return movable(floor, Long.MAX_VALUE - 1, max);
  }

  /** One group after the other, as many of each as its lock allows. */
  @Override
  public List<Candidate> movable(long floor, long upTo, int max) {
    List<Candidate> found = new ArrayList<>(Math.min(max, Limits.BATCH_ENTRIES));
    long firstDelayed = delayed.firstNumber();
    for (MessageGroup group : available) {
      NumberList numbers = group.messages();
      int end = Math.min(group.deliverable(firstDelayed), numbers.below(upTo + 1));
      for (int i = numbers.below(floor + 1); i < end && found.size() < max; i++) {
        found.add(new Candidate(numbers.get(i), group.name()));
      }
      if (found.size() == max) {
        break;
      }
    }
    return found;
  }

  @Override
  public @Nullable RememberedSend remembered(Deduplication key) {
    return window.find(key);
  }

  @Override
  public int rememberedSends() {
    return window.size();
  }

  @Override
  public long forgettableUpTo(long nowMillis) {
    return window.sentBefore(nowMillis - Limits.DEDUPLICATION_MILLIS);
  }

  @Override
  public @Nullable Attempt attempt(String attemptId) {
    return attempts.find(attemptId);
  }
}
