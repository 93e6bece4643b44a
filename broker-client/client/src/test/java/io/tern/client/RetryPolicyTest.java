package io.tern.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How often and how soon things are tried again. */
class RetryPolicyTest {
  private static final RetryPolicy POLICY = new RetryPolicy(3, 50, 1_000);

  @Test
  void delaysDoubleUpToTheLongest() {
    assertThat(POLICY.delayMillis(1, 1)).isEqualTo(50);
    assertThat(POLICY.delayMillis(2, 1)).isEqualTo(100);
    assertThat(POLICY.delayMillis(3, 1)).isEqualTo(200);
    assertThat(POLICY.delayMillis(6, 1)).isEqualTo(1_000);
    assertThat(POLICY.delayMillis(1_000_000, 1)).isEqualTo(1_000);
  }

  @Test
  void chanceShortensADelayToHalfAtMost() {
    assertThat(POLICY.delayMillis(2, 0)).isEqualTo(50);
    assertThat(POLICY.delayMillis(2, 0.5)).isEqualTo(75);
  }

  @Test
  void attemptsAreBounded() {
    assertThat(POLICY.triesAgain(2, error(true))).isTrue();
    assertThat(POLICY.triesAgain(3, error(true))).isFalse();
  }

  @Test
  void whatWouldBeRefusedAgainIsNotTriedAgain() {
    assertThat(POLICY.triesAgain(1, error(false))).isFalse();
  }

  private static TernClientException error(boolean retryable) {
    return new TernClientException("Some", "", retryable);
  }
}
