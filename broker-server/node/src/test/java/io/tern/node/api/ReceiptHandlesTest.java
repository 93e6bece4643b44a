package io.tern.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.protocols.TernException;
import io.tern.state.Bytes;
import io.tern.state.QueueId;
import io.tern.state.limits.ErrorCode;
import java.util.Base64;
import java.util.List;
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
  void oneReceiveHasOneHandleAndNoOtherHasIt() {
    String handle = handles.seal(ORDERS, 1, 1);

    assertThat(handles.seal(ORDERS, 1, 1)).isEqualTo(handle);
    assertThat(new ReceiptHandles(Bytes.of(new byte[32])).seal(ORDERS, 1, 1)).isEqualTo(handle);
    assertThat(List.of(handles.seal(ORDERS, 1, 2), handles.seal(ORDERS, 2, 1)))
        .doesNotContain(handle)
        .doesNotHaveDuplicates();
    assertThat(handles.seal(new QueueId(8), 1, 1)).isNotEqualTo(handle);
  }

  @Test
  void everyByteOfAHandleCounts() {
    byte[] sealed = Base64.getDecoder().decode(handles.seal(ORDERS, 1, 1));
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertInvalid(() -> handles.open(Base64.getEncoder().encodeToString(altered), ORDERS));
    }
  }

  @Test
  void foreignAndGarbageHandlesAreInvalid() {
    String ofAnotherCluster = new ReceiptHandles(Bytes.of(anotherKey())).seal(ORDERS, 1, 1);

    assertInvalid(() -> handles.open(handles.seal(new QueueId(8), 1, 1), ORDERS));
    assertInvalid(() -> handles.open(ofAnotherCluster, ORDERS));
    assertInvalid(() -> handles.open("garbage", ORDERS));
    assertInvalid(() -> handles.open("", ORDERS));
    assertInvalid(() -> handles.open("AQEB", ORDERS));
  }

  private static byte[] anotherKey() {
    byte[] key = new byte[32];
    key[31] = 1;
    return key;
  }

  private static void assertInvalid(ThrowingCallable open) {
    assertThatThrownBy(open)
        .isInstanceOfSatisfying(
            TernException.class,
            mistake -> assertThat(mistake.code()).isEqualTo(ErrorCode.RECEIPT_HANDLE_IS_INVALID));
  }
}
