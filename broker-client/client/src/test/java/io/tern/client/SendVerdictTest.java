package io.tern.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.proto.messaging.MessageError;
import io.tern.proto.messaging.ProduceResult;
import org.junit.jupiter.api.Test;

/** What answers and broken streams mean for a message. */
class SendVerdictTest {
  private static final SendVerdict.Rules HARMLESS = new SendVerdict.Rules(true);
  private static final SendVerdict.Rules HARMFUL = new SendVerdict.Rules(false);

  @Test
  void whatTheQueueTookIsTaken() {
    ProduceResult answer =
        ProduceResult.newBuilder().setMessageId("id").setSequenceNumber("7").build();
    assertThat(SendVerdict.of(answer, HARMFUL, true))
        .isEqualTo(new SendVerdict.Taken(new SendResult("id", "7")));
  }

  @Test
  void aMistakeOfTheSenderFails() {
    assertFails(SendVerdict.of(error("InvalidMessageContents", true), HARMLESS, false), false);
  }

  @Test
  void whatWasSurelyNotTakenIsSentAgainInAnyCase() {
    assertAgain(SendVerdict.of(error("RequestThrottled", true), HARMFUL, false));
    assertAgain(SendVerdict.of(error("RequestThrottled", false), HARMLESS, false));
  }

  @Test
  void whatIsInDoubtIsSentAgainWhereThatIsHarmless() {
    assertAgain(SendVerdict.of(error("ServiceUnavailable", false), HARMLESS, false));
    assertFails(SendVerdict.of(error("ServiceUnavailable", false), HARMFUL, false), true);
    assertAgain(SendVerdict.ofBrokenStream(broken(), HARMLESS, false));
    assertFails(SendVerdict.ofBrokenStream(broken(), HARMFUL, false), true);
  }

  @Test
  void nothingIsSentAgainAfterItsTime() {
    assertFails(SendVerdict.of(error("RequestThrottled", false), HARMLESS, true), true);
    assertFails(SendVerdict.ofBrokenStream(broken(), HARMLESS, true), true);
  }

  @Test
  void aStreamThatEndedForGoodFailsItsMessages() {
    TernClientException noQueue = new TernClientException("QueueDoesNotExist", "", false);
    assertFails(SendVerdict.ofBrokenStream(noQueue, HARMLESS, false), false);
  }

  private static ProduceResult error(String code, boolean senderFault) {
    return ProduceResult.newBuilder()
        .setError(MessageError.newBuilder().setCode(code).setSenderFault(senderFault))
        .build();
  }

  private static void assertAgain(SendVerdict verdict) {
    assertThat(verdict).isEqualTo(new SendVerdict.Again());
  }

  private static void assertFails(SendVerdict verdict, boolean retryable) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            SendVerdict.Failed.class,
            failed -> assertThat(failed.error().retryable()).isEqualTo(retryable));
  }

  private static TernClientException broken() {
    return new TernClientException(TernClientException.UNAVAILABLE, "gone", true);
  }
}
