package io.tern.state.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Hidden messages against a sorted set; heartbeats leave nothing behind. */
class HiddenMessagesTest {

  @Test
  void aHeartbeatMovesItsMessageAndLeavesNothingBehind() {
    HiddenMessages hidden = new HiddenMessages();
    Touched message = new Touched(1, "");
    for (long beat = 1; beat <= 1_000; beat++) {
      hidden.remove(message);
      message.receive(beat * 10, 1, 0, 0);
      hidden.add(message);
    }
    assertThat(hidden.inFlight()).isEqualTo(1);
    assertThat(hidden.pollDue(9_999)).isNull();
    assertThat(hidden.pollDue(10_000)).isSameAs(message);
    assertThat(hidden.pollDue(Long.MAX_VALUE - 1)).isNull();
    assertThat(hidden.inFlight()).isZero();
    assertThat(hidden.nextVisibleAtMillis()).isEqualTo(TimeHeap.NEVER);
  }

  @Property(tries = 200)
  void releasesInOrderAndCounts(@ForAll long seed) {
    Random random = new Random(seed);
    HiddenMessages hidden = new HiddenMessages();
    TreeSet<Touched> set =
        new TreeSet<>(
            Comparator.comparingLong(Touched::visibleAtMillis).thenComparingLong(Touched::number));
    List<Touched> all = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      all.add(new Touched(i, ""));
    }
    for (int step = 0; step < 200; step++) {
      Touched message = all.get(random.nextInt(all.size()));
      set.remove(message);
      hidden.remove(message);
      if (random.nextInt(4) > 0) {
        message.receive(random.nextInt(50), random.nextInt(2), 0, 0);
        set.add(message);
        hidden.add(message);
      }
      if (random.nextInt(10) == 0) {
        release(hidden, set, random.nextInt(50));
      }
      assertThat(hidden.inFlight() + hidden.delayed()).isEqualTo(set.size());
      assertThat(hidden.delayed())
          .isEqualTo((int) set.stream().filter(m -> m.receiveCount() == 0).count());
    }
  }

  private static void release(HiddenMessages hidden, NavigableSet<Touched> set, long now) {
    while (!set.isEmpty() && set.first().visibleAtMillis() <= now) {
      assertThat(hidden.pollDue(now)).isSameAs(set.pollFirst());
    }
    assertThat(hidden.pollDue(now)).isNull();
  }
}
