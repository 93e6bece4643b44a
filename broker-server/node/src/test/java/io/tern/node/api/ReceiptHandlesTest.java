package io.tern.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.protocols.TernException;
import io.tern.state.Bytes;
import io.tern.state.QueueId;
import io.tern.state.limits.ErrorCode;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Receipt handles open for their queue, and for nobody who made one up. */
class ReceiptHandlesTest {
  private static final QueueId ORDERS = new QueueId(7);

  private final ReceiptHandles handles = new ReceiptHandles(Bytes.of(new byte[32]));

  @Test
  void aHandleOpensToWhatWasSealed() {
    String handle = handles.seal(ORDERS, 1_234_567_890_123L, 3);

    assertThat(handle).hasSizeLessThanOrEqualTo(1_024);
    assertThat(handles.open(handle, ORDERS))
        .isEqualTo(new ReceiptHandles.Receipt(ORDERS, 1_234_567_890_123L, 3));
  }

  @Test
  void twoHandlesOfOneReceiveDiffer() {
    assertThat(handles.seal(ORDERS, 1, 1)).isNotEqualTo(handles.seal(ORDERS, 1, 1));
  }

  @Test
  void foreignAlteredAndGarbageHandlesAreInvalid() {
    byte[] altered = Base64.getDecoder().decode(handles.seal(ORDERS, 1, 1));
    altered[20] ^= 1;
    String ofAnotherCluster = new ReceiptHandles(Bytes.of(new byte[16])).seal(ORDERS, 1, 1);

    assertInvalid(() -> handles.open(handles.seal(new QueueId(8), 1, 1), ORDERS));
    assertInvalid(() -> handles.open(Base64.getEncoder().encodeToString(altered), ORDERS));
    assertInvalid(() -> handles.open(ofAnotherCluster, ORDERS));
    assertInvalid(() -> handles.open("garbage", ORDERS));
    assertInvalid(() -> handles.open("", ORDERS));
    assertInvalid(() -> handles.open("AQEB", ORDERS));
  }

  private static void assertInvalid(ThrowingCallable open) {
    assertThatThrownBy(open)
        .isInstanceOfSatisfying(
            TernException.class,
            mistake -> assertThat(mistake.code()).isEqualTo(ErrorCode.RECEIPT_HANDLE_IS_INVALID));
  }
}
