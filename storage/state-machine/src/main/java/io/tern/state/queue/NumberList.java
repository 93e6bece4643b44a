package io.tern.state.queue;

import java.util.Arrays;

/**
 * Message numbers in ascending order, eight bytes each. Numbers come in at the end and go out near
 * the beginning; what comes back goes to its place there. Used for the messages of one group.
 */
final class NumberList {
  private static final long[] NONE = new long[0];
  private static final int SMALLEST = 4;

  private long[] numbers = NONE;
  private int start;
  private int end;

  /** The list of an image. */
  static NumberList of(Numbers image) {
    NumberList list = new NumberList();
    list.numbers = new long[image.size()];
    for (int i = 0; i < image.size(); i++) {
      list.numbers[i] = image.get(i);
    }
    list.end = image.size();
    return list;
  }

  Numbers image() {
    return Numbers.of(Arrays.copyOfRange(numbers, start, end));
  }

  int size() {
    return end - start;
  }

  boolean isEmpty() {
    return end == start;
  }

  long get(int place) {
    return numbers[start + place];
  }

  /** The lowest number, or {@link Long#MAX_VALUE}. */
  long first() {
    return end == start ? Long.MAX_VALUE : numbers[start];
  }

  /** How many numbers are lower than this one. */
  int below(long number) {
    int found = Arrays.binarySearch(numbers, start, end, number);
    return (found < 0 ? -found - 1 : found) - start;
  }

  boolean contains(long number) {
    int place = place(number);
    return place < end && numbers[place] == number;
  }

  /** Puts the number in its place; one that is there already is left alone. */
  void add(long number) {
    int place = place(number);
    if (place < end && numbers[place] == number) {
      return;
    }
    if (place - start < end - place && start > 0) {
      System.arraycopy(numbers, start, numbers, start - 1, place - start);
      start--;
      numbers[place - 1] = number;
      return;
    }
    if (end == numbers.length) {
      place -= makeRoom();
    }
    System.arraycopy(numbers, place, numbers, place + 1, end - place);
    numbers[place] = number;
    end++;
  }

  /** Takes the number out; false when it was not in. */
  boolean remove(long number) {
    int place = place(number);
    if (place == end || numbers[place] != number) {
      return false;
    }
    if (place - start < end - place) {
      System.arraycopy(numbers, start, numbers, start + 1, place - start);
      start++;
    } else {
      System.arraycopy(numbers, place + 1, numbers, place, end - place - 1);
      end--;
    }
    forgetRoom();
    return true;
  }

  /** Takes out every number up to this one and says how many that were. */
  int removeUpTo(long number) {
    int gone = below(number + 1);
    start += gone;
    forgetRoom();
    return gone;
  }

  private int place(long number) {
    return end > start && numbers[end - 1] < number ? end : start + below(number);
  }

  /** Moves the numbers to the front of a larger array, or of the same; says by how much. */
  private int makeRoom() {
    int moved = start;
    boolean halfFree = start > 0 && start >= numbers.length / 2;
    long[] roomy = halfFree ? numbers : new long[Math.max(SMALLEST, 2 * (end - start))];
    System.arraycopy(numbers, start, roomy, 0, end - start);
    numbers = roomy;
    end -= start;
    start = 0;
    return moved;
  }

  private void forgetRoom() {
    if (start == end) {
      numbers = NONE;
      start = 0;
      end = 0;
    } else if (numbers.length > 64 && end - start < numbers.length / 8) {
      numbers = Arrays.copyOfRange(numbers, start, end);
      end -= start;
      start = 0;
    }
  }
}
