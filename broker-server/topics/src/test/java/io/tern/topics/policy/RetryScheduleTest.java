package io.tern.topics.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The schedules SNS documents, and the four ways to get from the least delay to the most. */
class RetryScheduleTest {
  /** The chance that changes nothing. */
  private static final double NONE = 0.5;

  @Test
  void machinesOfTheServiceAreTriedForWeeks() {
    RetrySchedule schedule = RetrySchedule.AWS_MANAGED;
    assertThat(schedule.retries()).isEqualTo(100_015);
    assertThat(delays(schedule).subList(0, 17))
        .containsExactly(
            0L, 0L, 0L, 1_000L, 1_000L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 20_000L, 20_000L,
            20_000L, 20_000L, 20_000L, 20_000L, 20_000L);
    assertThat(schedule.totalMillis() / 86_400_000).isEqualTo(23);
  }

  @Test
  void machinesOfCustomersAreTriedForHours() {
    RetrySchedule schedule = RetrySchedule.CUSTOMER_MANAGED;
    assertThat(schedule.retries()).isEqualTo(50);
    assertThat(delays(schedule).subList(0, 5))
        .containsExactly(10_000L, 10_000L, 10_000L, 20_000L, 40_000L);
    assertThat(delays(schedule).getLast()).isEqualTo(600_000);
    assertThat(schedule.totalMillis()).isGreaterThan(6 * 3_600_000L);
  }

  @Test
  void webServersAreTriedThreeTimesMore() {
    assertThat(delays(RetrySchedule.of(RetryPolicy.DEFAULT)))
        .containsExactly(20_000L, 20_000L, 20_000L);
  }

  @Test
  void theFourPhasesFollowEachOther() {
    RetryPolicy policy = new RetryPolicy(10, 30, 9, 2, 3, 1, Backoff.LINEAR);
    assertThat(delays(RetrySchedule.of(policy)))
        .containsExactly(0L, 0L, 0L, 10_000L, 10_000L, 20_000L, 30_000L, 30_000L, 30_000L);
  }

  @Test
  void afterTheLastRetryThereIsNone() {
    RetrySchedule schedule = RetrySchedule.of(new RetryPolicy(1, 1, 0, 0, 0, 0, Backoff.LINEAR));
    assertThat(schedule.delayMillis(1, NONE)).isEmpty();
    assertThat(RetrySchedule.AWS_MANAGED.delayMillis(100_015, NONE)).hasValue(20_000);
    assertThat(RetrySchedule.AWS_MANAGED.delayMillis(100_016, NONE)).isEmpty();
  }

  @Test
  void chanceMovesADelayByATenth() {
    RetrySchedule schedule = RetrySchedule.of(RetryPolicy.DEFAULT);
    assertThat(schedule.delayMillis(1, 0)).hasValue(18_000);
    assertThat(schedule.delayMillis(1, 1)).hasValue(22_000);
  }

  @ParameterizedTest
  @CsvSource({
    "LINEAR, 10000 20000 30000 40000 50000",
    "ARITHMETIC, 10000 14000 22000 34000 50000",
    "EXPONENTIAL, 10000 20000 40000 50000 50000"
  })
  void delaysGrow(Backoff backoff, String delays) {
    RetryPolicy policy = new RetryPolicy(10, 50, 5, 0, 0, 0, backoff);
    assertThat(delays(RetrySchedule.of(policy)).stream().map(String::valueOf))
        .containsExactly(delays.split(" "));
  }

  @Test
  void geometricDelaysGrowByTheSameFactor() {
    List<Long> delays =
        delays(RetrySchedule.of(new RetryPolicy(10, 160, 5, 0, 0, 0, Backoff.GEOMETRIC)));
    assertThat(delays).containsExactly(10_000L, 20_000L, 40_000L, 80_000L, 160_000L);
  }

  @Test
  void whatDoublingDoesNotReachIsStretched() {
    List<Long> delays =
        delays(RetrySchedule.of(new RetryPolicy(10, 310, 3, 0, 0, 0, Backoff.EXPONENTIAL)));
    assertThat(delays).containsExactly(10_000L, 110_000L, 310_000L);
  }

  @ParameterizedTest
  @EnumSource(Backoff.class)
  void everyFunctionBeginsWithTheLeastAndEndsWithTheMost(Backoff backoff) {
    for (int retries = 2; retries <= 100; retries++) {
      long first = backoff.delayMillis(0, retries, 3_000, 70_000);
      long last = backoff.delayMillis(retries - 1, retries, 3_000, 70_000);
      assertThat(first).isEqualTo(3_000);
      assertThat(last).isCloseTo(70_000, Offset.offset(1L));
      assertThat(backoff.delayMillis(1, retries, 3_000, 70_000)).isBetween(3_000L, 70_000L);
    }
    assertThat(backoff.delayMillis(0, 1, 3_000, 70_000)).isEqualTo(3_000);
    assertThat(backoff.delayMillis(3, 5, 20_000, 20_000)).isEqualTo(20_000);
    assertThat(Backoff.of(backoff.text())).contains(backoff);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void everyProtocolHasASchedule(Protocol protocol) {
    int retries = RetrySchedule.of(protocol, HttpPolicy.DEFAULT).retries();
    assertThat(retries)
        .isEqualTo(
            switch (protocol) {
              case SQS, LAMBDA, FIREHOSE -> 100_015;
              case APPLICATION, SMS, EMAIL, EMAIL_JSON -> 50;
              case HTTP, HTTPS -> 3;
            });
  }

  private static List<Long> delays(RetrySchedule schedule) {
    List<Long> delays = new ArrayList<>();
    for (int attempt = 1; attempt <= Math.min(schedule.retries(), 100); attempt++) {
      delays.add(schedule.delayMillis(attempt, NONE).orElseThrow());
    }
    return delays;
  }
}
