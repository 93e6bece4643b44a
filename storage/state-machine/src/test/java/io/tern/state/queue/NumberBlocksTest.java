package io.tern.state.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The first number is never called higher than it is, and at most a block lower. */
class NumberBlocksTest {
  private static final int BLOCK = 1_024;

  @Test
  void knowsNoNumberWhenEmpty() {
    assertThat(new NumberBlocks().first()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void followsWhatIsThere() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      NumberBlocks blocks = new NumberBlocks();
      TreeSet<Long> numbers = new TreeSet<>();
      long next = 1;
      for (int step = 0; step < 3_000; step++) {
        next += random.nextInt(40);
        if (numbers.add(next)) {
          blocks.add(next);
        }
        if (random.nextInt(3) == 0) {
          long gone = numbers.removeFirst();
          blocks.remove(gone);
        }
        if (random.nextInt(200) == 0) {
          removeUpTo(blocks, numbers, next - random.nextInt(5_000));
        }
        long first = numbers.isEmpty() ? Long.MAX_VALUE : numbers.first();
        assertThat(blocks.first())
            .isEqualTo(first == Long.MAX_VALUE ? first : first / BLOCK * BLOCK);
      }
    }
  }

  /** As the queue does it: once for each group. */
  private static void removeUpTo(NumberBlocks blocks, SortedSet<Long> numbers, long upTo) {
    NumberList even = new NumberList();
    NumberList odd = new NumberList();
    numbers.forEach(number -> (number % 2 == 0 ? even : odd).add(number));
    blocks.removeUpTo(upTo, even);
    blocks.removeUpTo(upTo, odd);
    numbers.headSet(upTo + 1).clear();
  }
}
