package io.tern.state.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.limits.Limits;
import io.tern.state.queue.QueueImage.Attempt;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of receives, and for how long. */
class ReceiveAttemptsTest {

  @Test
  void whatIsTooOldIsForgottenWithTheNextReceive() {
    ReceiveAttempts attempts = new ReceiveAttempts();
    attempts.remember(attempt("a", 0));
    attempts.remember(attempt("b", Limits.ATTEMPT_MILLIS - 1));
    assertThat(attempts.find("a")).isNotNull();
    attempts.remember(attempt("c", Limits.ATTEMPT_MILLIS));
    assertThat(attempts.find("a")).isNull();
    assertThat(attempts.find("b")).isNotNull();
  }

  @Test
  void beyondTheLimitTheOldestIsForgotten() {
    ReceiveAttempts attempts = new ReceiveAttempts();
    for (int i = 0; i <= Limits.RECEIVE_ATTEMPTS; i++) {
      attempts.remember(attempt("a" + i, 0));
    }
    assertThat(attempts.find("a0")).isNull();
    assertThat(attempts.find("a1")).isNotNull();
    assertThat(attempts.image()).hasSize(Limits.RECEIVE_ATTEMPTS);
  }

  @Test
  void anImageKeepsWhatARetryPutBehindNewerOnes() {
    ReceiveAttempts attempts = new ReceiveAttempts();
    attempts.remember(attempt("z", 10));
    attempts.remember(attempt("a", 0));
    attempts.remember(attempt("b", Limits.ATTEMPT_MILLIS + 5));
    attempts.remember(attempt("z", 10));
    ReceiveAttempts copy = new ReceiveAttempts();
    copy.load(attempts.image());
    assertThat(copy.image()).isEqualTo(attempts.image());
  }

  private static Attempt attempt(String id, long atMillis) {
    return new Attempt(id, atMillis, atMillis + 30_000, List.of());
  }
}
