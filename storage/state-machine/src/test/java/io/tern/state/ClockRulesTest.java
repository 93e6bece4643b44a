package io.tern.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Change.ClockAdvanced;
import org.junit.jupiter.api.Test;

/** Queue time never goes back; the retention clock approaches the wall clock slowly. */
class ClockRulesTest {
  private static final long WALL = 1_767_225_600_000L;

  @Test
  void theFirstEntryStartsTheRetentionClock() {
    ClockAdvanced first = ClockRules.advance(EntryTime.ZERO, 0, new EntryTime(5, WALL));
    assertThat(first).isEqualTo(new ClockAdvanced(new EntryTime(5, WALL), WALL));
  }

  @Test
  void queueTimeNeverGoesBackAndTheWallClockIsTakenAsGiven() {
    ClockAdvanced next =
        ClockRules.advance(new EntryTime(100, WALL), WALL, new EntryTime(40, WALL - 7));
    assertThat(next).isEqualTo(new ClockAdvanced(new EntryTime(100, WALL - 7), WALL));
  }

  @Test
  void manySmallStepsSlewAsMuchAsALongOne() {
    long dayAhead = WALL + 86_400_000;
    ClockAdvanced step = new ClockAdvanced(new EntryTime(0, WALL), WALL);
    for (long now = 1; now <= 100_000; now++) {
      step = ClockRules.advance(step.time(), step.retentionMillis(), new EntryTime(now, dayAhead));
    }
    ClockAdvanced leap =
        ClockRules.advance(new EntryTime(0, WALL), WALL, new EntryTime(100_000, dayAhead));
    assertThat(step.retentionMillis()).isEqualTo(WALL + 100_000 + 50);
    assertThat(leap).isEqualTo(step);
  }

  @Test
  void aSmallDifferenceIsSlewedAwayExactly() {
    ClockAdvanced next =
        ClockRules.advance(new EntryTime(0, WALL), WALL, new EntryTime(100_000, WALL + 99_990));
    assertThat(next.retentionMillis()).isEqualTo(WALL + 99_990);
  }
}
