package io.tern.state.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The heap against a sorted list, and independent of the order in which it was filled. */
class TimeHeapTest {
  private static final Comparator<Thing> ORDER =
      Comparator.comparingLong(Thing::atMillis).thenComparingLong(Thing::number);

  private static final class Thing extends TimeHeap.Member {
    Thing(long number) {
      super(number);
    }
  }

  @Property(tries = 300)
  void behavesLikeASortedList(@ForAll long seed) {
    Random random = new Random(seed);
    TimeHeap<Thing> heap = new TimeHeap<>();
    Map<Long, Thing> things = new HashMap<>();
    for (int step = 0; step < 300; step++) {
      Thing thing = things.computeIfAbsent((long) random.nextInt(30), Thing::new);
      boolean out = random.nextInt(3) == 0;
      heap.set(thing, out ? TimeHeap.NEVER : random.nextInt(20));
      List<Thing> sorted = sorted(things);
      assertThat(heap.size()).isEqualTo(sorted.size());
      assertThat(heap.firstAtMillis())
          .isEqualTo(sorted.isEmpty() ? TimeHeap.NEVER : sorted.getFirst().atMillis());
      long now = random.nextInt(22);
      int limit = random.nextInt(10);
      List<Thing> due = sorted.stream().filter(t -> t.atMillis() <= now).toList();
      assertThat(heap.firstDue(now)).isEqualTo(due.isEmpty() ? null : due.getFirst());
      assertThat(heap.due(now, limit)).isEqualTo(due.stream().limit(limit).toList());
    }
  }

  private static List<Thing> sorted(Map<Long, Thing> things) {
    List<Thing> sorted = new ArrayList<>();
    for (Thing thing : things.values()) {
      if (thing.atMillis() != TimeHeap.NEVER) {
        sorted.add(thing);
      }
    }
    sorted.sort(ORDER);
    return sorted;
  }
}
