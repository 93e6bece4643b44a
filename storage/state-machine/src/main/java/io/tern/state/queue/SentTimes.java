package io.tern.state.queue;

import io.tern.state.limits.Limits;
import io.tern.state.queue.QueueImage.SentMark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sparse map from message number to the time it was sent, to answer "up to which number is
 * everything older than this?". It errs to the late side only: no message is called older than it
 * is.
 *
 * <p>A mark says that all numbers up to its own were sent at its time or before. Sends of one slice
 * of time share a mark; a retention period has {@value #SLICES} slices.
 */
public final class SentTimes {
  private static final int SLICES = Limits.SENT_TIME_MARKS / 2;
  private static final int SMALLEST = 4;

  private long[] numbers = new long[0];
  private long[] times = new long[0];
  private int start;
  private int end;

  public int size() {
    return end - start;
  }

  /** Notes a number above all noted before, at a time not before theirs. */
  public void sent(long number, long atMillis, long retentionMillis) {
    long slice = Math.max(1, retentionMillis / SLICES);
    boolean sameSlice =
        end > start && Math.floorDiv(times[end - 1], slice) == Math.floorDiv(atMillis, slice);
    if (!sameSlice) {
      makeRoom();
      end++;
    }
    numbers[end - 1] = number;
    times[end - 1] = atMillis;
  }

  /** The highest number known to be sent before that time; 0 when none is. */
  public long sentBefore(long atMillis) {
    int low = start;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < atMillis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == start ? 0 : numbers[low - 1];
  }

  /** The time of the oldest mark, or {@link Long#MAX_VALUE}. */
  public long oldestMillis() {
    return end == start ? Long.MAX_VALUE : times[start];
  }

  /** Drops the marks that only speak of numbers below this one, all of which are gone. */
  public void forgetBelow(long number) {
    while (start < end && numbers[start] < number) {
      start++;
    }
    if (start == end) {
      start = 0;
      end = 0;
    }
  }

  public void append(SentMark mark) {
    makeRoom();
    numbers[end] = mark.number();
    times[end] = mark.retentionMillis();
    end++;
  }

  public List<SentMark> image() {
    List<SentMark> marks = new ArrayList<>(size());
    for (int i = start; i < end; i++) {
      marks.add(new SentMark(numbers[i], times[i]));
    }
    return marks;
  }

  private void makeRoom() {
    if (size() >= Limits.SENT_TIME_MARKS) {
      thin();
    }
    if (end < numbers.length) {
      return;
    }
    int size = size();
    boolean halfFree = start > 0 && start >= numbers.length / 2;
    int capacity = halfFree ? numbers.length : Math.max(SMALLEST, 2 * numbers.length);
    numbers = Arrays.copyOf(Arrays.copyOfRange(numbers, start, end), capacity);
    times = Arrays.copyOf(Arrays.copyOfRange(times, start, end), capacity);
    start = 0;
    end = size;
  }

  /** Keeps every second mark, the newest included; numbers of a dropped one take the next time. */
  private void thin() {
    int kept = start;
    for (int i = start + (size() - 1) % 2; i < end; i += 2) {
      numbers[kept] = numbers[i];
      times[kept] = times[i];
      kept++;
    }
    end = kept;
  }
}
