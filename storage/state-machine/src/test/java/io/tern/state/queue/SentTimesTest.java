package io.tern.state.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.limits.Limits;
import io.tern.state.queue.QueueImage.SentMark;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The sparse marks against the exact times: never early, and not much too late. */
class SentTimesTest {
  private static final long RETENTION_MILLIS = 60_000;
  private static final long SLICE_MILLIS = RETENTION_MILLIS / (Limits.SENT_TIME_MARKS / 2);

  @Test
  void sendsOfOneSliceShareAMark() {
    SentTimes times = new SentTimes();
    for (long number = 1; number <= 1_000_000; number++) {
      times.sent(number, 42, RETENTION_MILLIS);
    }
    assertThat(times.image()).containsExactly(new SentMark(1_000_000, 42));
  }

  @Test
  void whatIsSentOverTheWholePeriodFitsAndExpiresWithinASlice() {
    SentTimes times = new SentTimes();
    for (long now = 1; now <= RETENTION_MILLIS; now++) {
      times.sent(now, now, RETENTION_MILLIS);
    }
    assertThat(times.size()).isLessThanOrEqualTo(Limits.SENT_TIME_MARKS);
    assertThat(times.sentBefore(30_000)).isBetween(30_000 - SLICE_MILLIS - 1, 29_999L);
  }

  @Test
  void marksOfMessagesThatAreGoneAreDropped() {
    SentTimes times = new SentTimes();
    for (long number = 1; number <= 100; number++) {
      times.sent(number, number * 1_000, RETENTION_MILLIS);
    }
    times.forgetBelow(51);
    assertThat(times.size()).isEqualTo(50);
    assertThat(times.oldestMillis()).isEqualTo(51_000);
    times.forgetBelow(101);
    assertThat(times.size()).isZero();
    assertThat(times.oldestMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Property(tries = 100)
  void neverEarly(@ForAll long seed) {
    Random random = new Random(seed);
    SentTimes times = new SentTimes();
    TreeMap<Long, Long> exact = new TreeMap<>();
    long now = 1;
    for (long number = 1; number <= 12_000; number++) {
      now += random.nextInt(8) * SLICE_MILLIS;
      // Short periods make many slices, so that marks are thinned.
      times.sent(number, now, random.nextBoolean() ? RETENTION_MILLIS : 1);
      exact.put(number, now);
      assertThat(times.size()).isLessThanOrEqualTo(Limits.SENT_TIME_MARKS);
      if (random.nextInt(100) == 0) {
        long before = (long) (random.nextDouble() * now);
        long upTo = times.sentBefore(before);
        Map.Entry<Long, Long> newest = exact.floorEntry(upTo);
        assertThat(newest == null ? -1 : newest.getValue()).isLessThan(before);
      }
      if (random.nextInt(1_000) == 0) {
        times.forgetBelow((long) (random.nextDouble() * number));
      }
    }
    assertThat(times.sentBefore(now + 1)).isEqualTo(12_000);
    assertThat(copy(times).image()).isEqualTo(times.image());
  }

  private static SentTimes copy(SentTimes times) {
    SentTimes copy = new SentTimes();
    times.image().forEach(copy::append);
    return copy;
  }
}
