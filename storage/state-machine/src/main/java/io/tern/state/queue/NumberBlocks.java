package io.tern.state.queue;

import java.util.Map;
import java.util.TreeMap;

/**
 * Counts a FIFO queue's messages by blocks of numbers, to say below which number there is none. Its
 * groups know their own first messages only, and there may be as many groups as messages.
 */
final class NumberBlocks {
  private static final int BITS = 10;

  private final TreeMap<Long, Integer> counts = new TreeMap<>();

  void add(long number) {
    counts.merge(number >> BITS, 1, Integer::sum);
  }

  void addAll(Numbers numbers) {
    for (int i = 0; i < numbers.size(); i++) {
      add(numbers.get(i));
    }
  }

  void remove(long number) {
    subtract(number >> BITS, 1);
  }

  /** Takes out what those numbers have up to this one, which is the same for each call. */
  void removeUpTo(long upTo, NumberList numbers) {
    long block = upTo >> BITS;
    counts.headMap(block, false).clear();
    subtract(block, numbers.below(upTo + 1) - numbers.below(block << BITS));
  }

  /** The first number of the lowest block with a message, or the greatest long. */
  long first() {
    Map.Entry<Long, Integer> first = counts.firstEntry();
    return first == null ? Long.MAX_VALUE : first.getKey() << BITS;
  }

  private void subtract(long block, int count) {
    if (count > 0) {
      counts.computeIfPresent(block, (_, before) -> before == count ? null : before - count);
    }
  }
}
