package io.tern.disk;

import io.tern.state.queue.Numbers;
import java.util.Arrays;

/** Message numbers while they come in. Used by those that read groups of messages. */
final class GrowingNumbers {
  private static final int FIRST_CAPACITY = 4;

  private long[] numbers = new long[FIRST_CAPACITY];
  private int size;

  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size++] = number;
  }

  Numbers toNumbers() {
    return Numbers.of(Arrays.copyOf(numbers, size));
  }
}
