package io.tern.state.queue;

import io.tern.state.queue.QueueImage.MessageRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A set of message numbers kept as intervals, so that a backlog nobody has touched costs one
 * interval however long it is.
 */
final class ReadyRanges {

  /** An interval; its first number is its key in the map and so never changes. */
  private static final class Range {
    final long first;
    long last;

    Range(long first, long last) {
      this.first = first;
      this.last = last;
    }
  }

  private final TreeMap<Long, Range> byFirst = new TreeMap<>();
  private long count;

  long count() {
    return count;
  }

  int intervals() {
    return byFirst.size();
  }

  /** The lowest number, or {@link Long#MAX_VALUE} when there is none. */
  long first() {
    return byFirst.isEmpty() ? Long.MAX_VALUE : byFirst.firstKey();
  }

  boolean contains(long number) {
    Range range = atOrBelow(number);
    return range != null && range.last >= number;
  }

  void add(long number) {
    Range left = atOrBelow(number);
    if (left != null && left.last >= number) {
      return;
    }
    Range right = byFirst.remove(number + 1);
    long last = right == null ? number : right.last;
    if (left != null && left.last == number - 1) {
      left.last = last;
    } else {
      byFirst.put(number, new Range(number, last));
    }
    count++;
  }

  /** Adds an interval above all there is. */
  void append(MessageRange added) {
    byFirst.put(added.first(), new Range(added.first(), added.last()));
    count += added.last() - added.first() + 1;
  }

  /** Takes the number out; false when it was not in. */
  boolean remove(long number) {
    Range range = atOrBelow(number);
    if (range == null || range.last < number) {
      return false;
    }
    long last = range.last;
    if (range.first == number) {
      byFirst.remove(number);
    } else {
      range.last = number - 1;
    }
    if (last > number) {
      byFirst.put(number + 1, new Range(number + 1, last));
    }
    count--;
    return true;
  }

  /** Takes out every number up to this one. */
  void removeUpTo(long number) {
    while (!byFirst.isEmpty() && byFirst.firstKey() <= number) {
      Range range = byFirst.pollFirstEntry().getValue();
      count -= Math.min(range.last, number) - range.first + 1;
      if (range.last > number) {
        byFirst.put(number + 1, new Range(number + 1, range.last));
      }
    }
  }

  /** Writes the lowest numbers above the floor into the array and says how many, at most max. */
  int lowestAbove(long floor, int max, long[] into) {
    long from = floor + 1;
    Range range = atOrBelow(from);
    if (range == null || range.last < from) {
      range = above(from);
    }
    int found = 0;
    while (range != null) {
      for (long number = Math.max(range.first, from); number <= range.last; number++) {
        if (found == max) {
          return found;
        }
        into[found++] = number;
      }
      range = found == max ? null : above(range.first);
    }
    return found;
  }

  List<MessageRange> image() {
    List<MessageRange> ranges = new ArrayList<>(byFirst.size());
    for (Range range : byFirst.values()) {
      ranges.add(new MessageRange(range.first, range.last));
    }
    return ranges;
  }

  private @Nullable Range atOrBelow(long number) {
    Map.Entry<Long, Range> entry = byFirst.floorEntry(number);
    return entry == null ? null : entry.getValue();
  }

  private @Nullable Range above(long number) {
    Map.Entry<Long, Range> entry = byFirst.higherEntry(number);
    return entry == null ? null : entry.getValue();
  }
}
