package io.tern.node.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.limits.DeliveryLimits;
import org.junit.jupiter.api.Test;

/** How often the owner of one endpoint may be asked. */
class QuestionPaceTest {
  private static final String ENDPOINT = "http://a.example/x";
  private static final long NOW_MILLIS = 1_000_000;

  private final QuestionPace pace = QuestionPace.ofMail();

  @Test
  void someGoAtOnceThenOneInAWhileThenNone() {
    long waiting = DeliveryLimits.QUESTION_WAIT_MILLIS / DeliveryLimits.QUESTION_INTERVAL_MILLIS;
    for (int i = 0; i < DeliveryLimits.QUESTIONS_AT_ONCE; i++) {
      assertThat(pace.delayMillis(ENDPOINT, NOW_MILLIS)).hasValue(0);
    }
    for (int i = 1; i <= waiting; i++) {
      assertThat(pace.delayMillis(ENDPOINT, NOW_MILLIS))
          .hasValue(i * DeliveryLimits.QUESTION_INTERVAL_MILLIS);
    }
    assertThat(pace.delayMillis(ENDPOINT, NOW_MILLIS)).isEmpty();
    assertThat(pace.delayMillis("http://b.example/x", NOW_MILLIS)).as("another's").hasValue(0);
  }

  @Test
  void webEndpointsOfManyTopicsAreAskedFaster() {
    QuestionPace web = QuestionPace.ofWeb();
    for (int i = 0; i < DeliveryLimits.WEB_QUESTIONS_AT_ONCE; i++) {
      assertThat(web.delayMillis(ENDPOINT, NOW_MILLIS)).hasValue(0);
    }
    assertThat(web.delayMillis(ENDPOINT, NOW_MILLIS))
        .hasValue(DeliveryLimits.WEB_QUESTION_INTERVAL_MILLIS);
  }

  @Test
  void timeMakesRoomAgain() {
    for (int i = 0; i < DeliveryLimits.QUESTIONS_AT_ONCE; i++) {
      pace.delayMillis(ENDPOINT, NOW_MILLIS);
    }
    long later = NOW_MILLIS + DeliveryLimits.QUESTION_INTERVAL_MILLIS;
    assertThat(pace.delayMillis(ENDPOINT, later)).hasValue(0);
    assertThat(pace.delayMillis(ENDPOINT, later)).hasValue(DeliveryLimits.QUESTION_INTERVAL_MILLIS);
  }

  @Test
  void tagsAndCaseMakeNoOtherMailbox() {
    for (int i = 0; i < DeliveryLimits.QUESTIONS_AT_ONCE; i++) {
      pace.delayMillis("Reader+" + i + "@Example.com", NOW_MILLIS);
    }
    assertThat(pace.delayMillis("reader@example.com", NOW_MILLIS).getAsLong()).isPositive();
    assertThat(pace.delayMillis("other@example.com", NOW_MILLIS)).hasValue(0);
    assertThat(pace.size()).isEqualTo(2);
  }

  @Test
  void moreThanItRemembersAreNotAsked() {
    for (int i = 0; i < DeliveryLimits.QUESTIONED_ENDPOINTS; i++) {
      pace.delayMillis("http://a.example/" + i, NOW_MILLIS);
    }
    assertThat(pace.delayMillis(ENDPOINT, NOW_MILLIS)).isEmpty();
    assertThat(pace.delayMillis("http://a.example/1", NOW_MILLIS)).as("a known one").hasValue(0);

    long later = NOW_MILLIS + DeliveryLimits.QUESTION_INTERVAL_MILLIS;
    assertThat(pace.delayMillis(ENDPOINT, later)).hasValue(0);
    assertThat(pace.size()).as("the others are forgotten").isEqualTo(2);
  }
}
