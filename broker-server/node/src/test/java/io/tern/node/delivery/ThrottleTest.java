package io.tern.node.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rate of one subscription's deliveries, on a clock of the test's. */
class ThrottleTest {
  private static final long MILLI_NANOS = 1_000_000;

  private final Throttle throttle = new Throttle(0);

  @Test
  void withoutARateAllIsAllowed() {
    assertThat(throttle.allowed(0, 0)).isEqualTo(Integer.MAX_VALUE);
    assertThat(throttle.waitMillis()).isZero();
  }

  @Test
  void aRateIsKeptOverTime() {
    int made = 0;
    for (int millis = 0; millis < 10_000; millis++) {
      int allowed = throttle.allowed(5, millis * MILLI_NANOS);
      throttle.made(allowed);
      made += allowed;
    }
    assertThat(made).isBetween(50, 51);
  }

  @Test
  void nothingIsSavedUpOverAPause() {
    throttle.made(throttle.allowed(100, 0));

    assertThat(throttle.allowed(100, 60_000 * MILLI_NANOS)).isEqualTo(10);
  }

  @Test
  void theWaitIsUntilTheNextOne() {
    throttle.made(throttle.allowed(2, 0));

    assertThat(throttle.allowed(2, 0)).isZero();
    assertThat(throttle.waitMillis()).isEqualTo(500);
    assertThat(throttle.allowed(2, 500 * MILLI_NANOS)).isEqualTo(1);
  }

  @Test
  void whatWasNotUsedComesBack() {
    throttle.made(throttle.allowed(1, 0));
    throttle.made(-1);

    assertThat(throttle.allowed(1, 0)).isEqualTo(1);
  }
}
