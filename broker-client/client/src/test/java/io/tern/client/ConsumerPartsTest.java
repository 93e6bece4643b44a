package io.tern.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.proto.messaging.MessageError;
import io.tern.proto.messaging.Settle;
import io.tern.proto.messaging.SettleFailure;
import io.tern.proto.messaging.Settled;
import io.tern.proto.sqs.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Credit, settlements and the messages that an application has. */
class ConsumerPartsTest {
  private static final ConsumerOptions OPTIONS =
      new ConsumerOptions("http://localhost/q", 10, 30, 90, 5, List.of(), List.of());

  @Test
  void creditFillsTheWindowAndIsSavedUp() {
    CreditWindow window = new CreditWindow(8);
    assertThat(window.gift(0)).isEqualTo(8);
    window.delivered(4);
    assertThat(window.gift(0)).isZero();
    window.settled(1);
    assertThat(window.gift(0)).isZero();
    window.settled(1);
    assertThat(window.gift(0)).isEqualTo(2);
  }

  @Test
  void aServerWithoutCreditGetsTheLeastBit() {
    CreditWindow window = new CreditWindow(8);
    assertThat(window.gift(0)).isEqualTo(8);
    window.delivered(8);
    window.settled(1);
    assertThat(window.gift(0)).isEqualTo(1);
  }

  @Test
  void whatIsLeftOfEarlierStreamsTakesRoom() {
    assertThat(new CreditWindow(8).gift(6)).isEqualTo(2);
    assertThat(new CreditWindow(8).gift(9)).isZero();
  }

  @Test
  void settlementsGatherWhileTwoRequestsAreOnTheirWay() {
    Settlements settlements = new Settlements();
    settlements.add(acknowledged(1));
    assertThat(asked(settlements).getAcknowledgedList()).containsExactly(1L);
    settlements.add(new Settlement(message(2, 0), 7));
    assertThat(asked(settlements).getRejected(0).getVisibleAfterSeconds()).isEqualTo(7);
    settlements.add(acknowledged(3));
    settlements.add(acknowledged(4));
    assertThat(settlements.nextRequest()).isNull();

    assertThat(settlements.answered(Settled.newBuilder().addDone(1).build())).hasSize(1);
    assertThat(asked(settlements).getAcknowledgedList()).containsExactly(3L, 4L);
  }

  @Test
  void failuresAreToldWithTheirError() {
    Settlements settlements = new Settlements();
    settlements.add(acknowledged(1));
    assertThat(asked(settlements).getAcknowledgedCount()).isEqualTo(1);
    Settled answer =
        Settled.newBuilder()
            .addFailed(
                SettleFailure.newBuilder()
                    .setDelivery(1)
                    .setError(MessageError.newBuilder().setCode("ServiceUnavailable")))
            .build();
    assertThat(settlements.answered(answer))
        .singleElement()
        .satisfies(failed -> {
          TernClientException error = failed.error();
          assertThat(error).isNotNull();
          assertThat(error == null ? "" : error.code()).isEqualTo("ServiceUnavailable");
        });
    assertThat(settlements.isEmpty()).isTrue();
  }

  @Test
  void allWithoutAnAnswerAreTakenWhenTheStreamIsOver() {
    Settlements settlements = new Settlements();
    for (int delivery = 1; delivery <= 3; delivery++) {
      settlements.add(acknowledged(delivery));
      Settle unused = settlements.nextRequest();
    }
    assertThat(settlements.takeAll()).hasSize(3);
    assertThat(settlements.isEmpty()).isTrue();
  }

  @Test
  void aMessageIsSettledOnce() {
    TakenMessages taken = new TakenMessages(OPTIONS);
    ReceivedMessage message = message(1, 0);
    taken.add(message);
    assertThat(taken.giveBack(message)).isTrue();
    assertThatThrownBy(() -> taken.giveBack(message)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void orphansAreExtendedEveryThirdOfTheirTimeoutUntilTheirTimeIsOver() {
    TakenMessages taken = new TakenMessages(OPTIONS);
    ReceivedMessage message = message(1, 0);
    taken.add(message);
    assertThat(taken.takeBeat(1_000)).isEmpty();

    taken.streamEnded(1_000);
    assertThat(taken.takeBeat(1_000)).containsExactly(message);
    assertThat(taken.beatAtMillis()).isEqualTo(11_000);
    assertThat(taken.takeBeat(10_999)).isEmpty();
    assertThat(taken.takeBeat(11_000)).containsExactly(message);
    assertThat(taken.takeBeat(90_000)).isEmpty();
    assertThat(taken.orphans()).isEqualTo(1);
    assertThat(taken.giveBack(message)).isFalse();
    assertThat(taken.beatAtMillis()).isEqualTo(Long.MAX_VALUE);
  }

  private static Settlement acknowledged(long delivery) {
    return new Settlement(message(delivery, 0), Settlement.ACKNOWLEDGED);
  }

  private static Settle asked(Settlements settlements) {
    Settle request = settlements.nextRequest();
    if (request == null) {
      throw new AssertionError("nothing is asked for");
    }
    return request;
  }

  private static ReceivedMessage message(long delivery, long receivedAtMillis) {
    return new ReceivedMessage(Message.getDefaultInstance(), 1, delivery, receivedAtMillis);
  }
}
