package io.tern.state.queue;

import io.tern.state.limits.Limits;
import io.tern.state.queue.QueueImage.GroupImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The groups of a standard queue: its tenants. A receive takes from quiet groups, the oldest
 * message first, and from noisy ones when no quiet message waits, so that one tenant's backlog does
 * not hold up the others. A message without a group is a quiet tenant of its own, and is not here.
 *
 * <p>Noisy is who holds more than a tenth of what is in flight and at least {@value
 * Limits#FAIR_LEAST_IN_FLIGHT} messages, or has used more than a tenth of the consumers' time
 * lately; so never more than some twenty are.
 */
final class FairGroups {
  private static final int SHARE = 10;

  private final TreeMap<String, FairGroup> groups = new TreeMap<>();

  /** The groups with visible messages, by their oldest. */
  private final TreeMap<Long, FairGroup> byFirst = new TreeMap<>();

  /** What all consumers used, counted like a group's. */
  private final FairGroup all = new FairGroup("", new NumberList(), 0, 0);

  private long visible;

  void load(List<GroupImage> images) {
    for (GroupImage kept : images) {
      if (kept.group().isEmpty()) {
        all.use(kept.usedMillis(), kept.usedSlice() * Limits.FAIR_SLICE_MILLIS);
        continue;
      }
      FairGroup group =
          new FairGroup(
              kept.group(), NumberList.of(kept.numbers()), kept.usedMillis(), kept.usedSlice());
      groups.put(kept.group(), group);
      visible += group.ready().size();
      if (!group.ready().isEmpty()) {
        byFirst.put(group.ready().first(), group);
      }
    }
  }

  /** The groups by name; the one without a name stands for all consumers. */
  List<GroupImage> image() {
    List<GroupImage> images = new ArrayList<>(groups.size() + 1);
    if (all.usedMillis() > 0) {
      images.add(new GroupImage("", Numbers.of(), all.usedMillis(), all.usedSlice()));
    }
    for (FairGroup group : groups.values()) {
      images.add(
          new GroupImage(
              group.name(), group.ready().image(), group.usedMillis(), group.usedSlice()));
    }
    return images;
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  long visible() {
    return visible;
  }

  long first() {
    return byFirst.isEmpty() ? Long.MAX_VALUE : byFirst.firstKey();
  }

  void show(String name, long number) {
    FairGroup group = group(name);
    long before = group.ready().first();
    int sizeBefore = group.ready().size();
    group.ready().add(number);
    visible += group.ready().size() - sizeBefore;
    moved(group, before);
  }

  void unshow(String name, long number) {
    FairGroup group = groups.get(name);
    if (group == null) {
      return;
    }
    long before = group.ready().first();
    if (group.ready().remove(number)) {
      visible--;
      moved(group, before);
    }
  }

  /** Takes out a message that nobody has received; its group is the one that has it. */
  void remove(long number) {
    for (FairGroup group : byFirst.headMap(number, true).values()) {
      if (group.ready().contains(number)) {
        unshow(group.name(), number);
        forgetIfDrained(group);
        return;
      }
    }
  }

  /** A message of the group is gone from the queue. */
  void left(String name) {
    FairGroup group = groups.get(name);
    if (group != null) {
      forgetIfDrained(group);
    }
  }

  /** One more message of the group is in flight. */
  void tookOff(String name) {
    group(name).fly(1);
  }

  /** A message of the group is in flight no more, after so much of a consumer's time. */
  void landed(String name, long usedMillis, long nowMillis) {
    FairGroup group = group(name);
    group.fly(-1);
    group.use(usedMillis, nowMillis);
    all.use(usedMillis, nowMillis);
    forgetIfDrained(group);
  }

  /** A message without a group used so much of a consumer's time. */
  void used(long usedMillis, long nowMillis) {
    if (!groups.isEmpty()) {
      all.use(usedMillis, nowMillis);
    }
  }

  void removeUpTo(long number) {
    while (!byFirst.isEmpty() && byFirst.firstKey() <= number) {
      FairGroup group = byFirst.firstEntry().getValue();
      long before = group.ready().first();
      visible -= group.ready().removeUpTo(number);
      moved(group, before);
      forgetIfDrained(group);
    }
  }

  /** The end of a group's backlog ends what is held against it. */
  private void forgetIfDrained(FairGroup group) {
    if (group.ready().isEmpty() && group.inFlight() == 0) {
      groups.remove(group.name());
    }
  }

  private FairGroup group(String name) {
    return groups.computeIfAbsent(name, _ -> new FairGroup(name, new NumberList(), 0, 0));
  }

  private void moved(FairGroup group, long firstBefore) {
    long first = group.ready().first();
    if (first == firstBefore) {
      return;
    }
    byFirst.remove(firstBefore);
    if (first != Long.MAX_VALUE) {
      byFirst.put(first, group);
    }
  }

  private boolean isNoisy(FairGroup group, int inFlight, long nowMillis) {
    boolean holds =
        group.inFlight() >= Limits.FAIR_LEAST_IN_FLIGHT
            && (long) group.inFlight() * SHARE > inFlight;
    long used = group.usedMillis(nowMillis);
    return holds
        || (used >= Limits.FAIR_LEAST_USED_MILLIS && used * SHARE > all.usedMillis(nowMillis));
  }

  /**
   * What a receive takes next: from quiet groups and from messages without one, the oldest first,
   * then from noisy groups, the one with the fewest in flight first.
   *
   * @param lone the lowest visible numbers without a group
   */
  List<Candidate> candidates(long floor, int max, List<Candidate> lone, int inFlight, long now) {
    List<FairGroup> noisy = new ArrayList<>();
    List<Candidate> found =
        merged(floor, max, lone, group -> isNoisy(group, inFlight, now) && noisy.add(group));
    addNoisy(found, noisy, floor, max);
    return found;
  }

  /** The oldest messages of all groups, noisy or not. */
  List<Candidate> oldest(long floor, int max, List<Candidate> lone) {
    return merged(floor, max, lone, _ -> false);
  }

  private List<Candidate> merged(
      long floor, int max, List<Candidate> lone, Predicate<FairGroup> isLeftOut) {
    List<Candidate> found = new ArrayList<>(Math.min(max, Limits.BATCH_ENTRIES));
    PriorityQueue<Cursor> open = new PriorityQueue<>(Comparator.comparingLong(Cursor::number));
    Map.Entry<Long, FairGroup> unopened = byFirst.firstEntry();
    int alone = 0;
    while (found.size() < max) {
      long nextLone = alone < lone.size() ? lone.get(alone).number() : Long.MAX_VALUE;
      long nextOpen = open.isEmpty() ? Long.MAX_VALUE : open.peek().number();
      if (unopened != null && unopened.getKey() < Math.min(nextLone, nextOpen)) {
        FairGroup group = unopened.getValue();
        if (!isLeftOut.test(group)) {
          offer(open, new Cursor(group, floor));
        }
        unopened = byFirst.higherEntry(unopened.getKey());
      } else if (nextOpen < nextLone) {
        Cursor first = open.remove();
        found.add(first.take());
        offer(open, first);
      } else if (nextLone < Long.MAX_VALUE) {
        found.add(lone.get(alone++));
      } else {
        break;
      }
    }
    return found;
  }

  private static void offer(PriorityQueue<Cursor> open, Cursor cursor) {
    if (!cursor.isAtEnd()) {
      open.add(cursor);
    }
  }

  private static void addNoisy(List<Candidate> found, List<FairGroup> noisy, long floor, int max) {
    noisy.sort(
        Comparator.comparingInt(FairGroup::inFlight)
            .thenComparingLong(group -> group.ready().first()));
    for (FairGroup group : noisy) {
      Cursor cursor = new Cursor(group, floor);
      while (found.size() < max && !cursor.isAtEnd()) {
        found.add(cursor.take());
      }
    }
  }

  /** A group's messages from some place on. */
  private static final class Cursor {
    private final FairGroup group;
    private int place;

    Cursor(FairGroup group, long floor) {
      this.group = group;
      this.place = group.ready().below(floor + 1);
    }

    boolean isAtEnd() {
      return place == group.ready().size();
    }

    long number() {
      return group.ready().get(place);
    }

    Candidate take() {
      return new Candidate(group.ready().get(place++), group.name());
    }
  }
}
