package io.tern.state.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.queue.QueueImage.MessageRange;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The intervals against a plain set of numbers. */
class ReadyRangesTest {

  @Test
  void numbersInOrderMakeOneInterval() {
    ReadyRanges ranges = new ReadyRanges();
    for (long number = 1; number <= 1_000_000; number++) {
      ranges.add(number);
    }
    assertThat(ranges.intervals()).isEqualTo(1);
    assertThat(ranges.count()).isEqualTo(1_000_000);
    assertThat(ranges.image()).containsExactly(new MessageRange(1, 1_000_000));
  }

  @Test
  void aNumberBetweenTwoIntervalsJoinsThem() {
    ReadyRanges ranges = new ReadyRanges();
    for (long number : new long[] {1, 2, 4, 5, 3}) {
      ranges.add(number);
    }
    assertThat(ranges.image()).containsExactly(new MessageRange(1, 5));
  }

  @Property(tries = 300)
  void behavesLikeASet(@ForAll long seed) {
    Random random = new Random(seed);
    ReadyRanges ranges = new ReadyRanges();
    TreeSet<Long> set = new TreeSet<>();
    for (int step = 0; step < 200; step++) {
      long number = 1L + random.nextInt(40);
      switch (random.nextInt(8)) {
        case 0 -> {
          long upTo = random.nextInt(20);
          ranges.removeUpTo(upTo);
          set.headSet(upTo, true).clear();
        }
        case 1, 2, 3 -> assertThat(ranges.remove(number)).isEqualTo(set.remove(number));
        default -> {
          ranges.add(number);
          set.add(number);
        }
      }
      assertSame(ranges, set, random.nextInt(45), 1 + random.nextInt(10));
    }
  }

  private static void assertSame(ReadyRanges ranges, NavigableSet<Long> set, long floor, int max) {
    assertThat(ranges.count()).isEqualTo(set.size());
    assertThat(ranges.first()).isEqualTo(set.isEmpty() ? Long.MAX_VALUE : set.first());
    assertThat(ranges.contains(floor)).isEqualTo(set.contains(floor));
    long[] lowest = new long[10];
    int found = ranges.lowestAbove(floor, max, lowest);
    List<Long> expected = set.tailSet(floor, false).stream().limit(max).toList();
    assertThat(Arrays.stream(lowest).limit(found).boxed().toList()).isEqualTo(expected);
    long before = Long.MIN_VALUE;
    ReadyRanges copy = new ReadyRanges();
    for (MessageRange range : ranges.image()) {
      assertThat(range.first()).isGreaterThan(before + 1).isLessThanOrEqualTo(range.last());
      before = range.last();
      copy.append(range);
    }
    assertThat(copy.image()).isEqualTo(ranges.image());
    assertThat(copy.count()).isEqualTo(ranges.count());
  }
}
