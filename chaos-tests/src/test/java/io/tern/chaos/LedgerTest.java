package io.tern.chaos;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

/** The judge of the fault tests must see each kind of fault. */
class LedgerTest {
  private final Ledger ledger = new Ledger();
  private final LoadBody body = LoadBody.create("w", 7, 50, new Random(1));

  @Test
  void acknowledgedAndReceivedTwiceIsFine() {
    sent();
    ledger.received(message("id", body.text(), "md5"));
    ledger.received(message("id", body.text(), "md5"));
    assertThatCode(ledger::judge).doesNotThrowAnyException();
  }

  @Test
  void lossIsSeen() {
    sent();
    assertThatThrownBy(ledger::judge).hasMessageContaining("lost").hasMessageContaining("w:7");
  }

  @Test
  void inventionIsSeen() {
    sent();
    ledger.received(message("id", body.text(), "md5"));
    LoadBody other = LoadBody.create("w", 8, 50, new Random(2));
    ledger.received(message("id2", other.text(), "md5"));
    assertThatThrownBy(ledger::judge).hasMessageContaining("invented").hasMessageContaining("w:8");
  }

  @Test
  void alterationIsSeen() {
    sent();
    ledger.received(message("id", body.text(), "md5"));
    ledger.received(message("id", body.text().replace(":7:", ":7::"), "md5"));
    assertThatThrownBy(ledger::judge).hasMessageContaining("altered");
  }

  @Test
  void anotherIdIsSeen() {
    sent();
    ledger.received(message("other", body.text(), "md5"));
    assertThatThrownBy(ledger::judge).hasMessageContaining("another id");
  }

  @Test
  void nothingAtAllIsNoSuccess() {
    assertThatThrownBy(ledger::judge).isInstanceOf(AssertionError.class);
  }

  private void sent() {
    ledger.tried(body.key());
    ledger.acknowledged("client", body.key(), "id", "md5");
  }

  private static Message message(String id, String body, String md5) {
    return Message.builder().messageId(id).body(body).md5OfBody(md5).build();
  }
}
