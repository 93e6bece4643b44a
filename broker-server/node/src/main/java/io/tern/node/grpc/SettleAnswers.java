package io.tern.node.grpc;

import io.tern.node.api.Producing;
import io.tern.proto.messaging.ConsumeResponse;
import io.tern.proto.messaging.SettleFailure;
import io.tern.proto.messaging.Settled;
import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;

/** What a consumer is to be told of its settlements, gathered into one answer. */
final class SettleAnswers {
  private final Settled.Builder waiting = Settled.newBuilder();

  boolean isWaiting() {
    return waiting.getDoneCount() + waiting.getFailedCount() > 0;
  }

  void done(long delivery) {
    waiting.addDone(delivery);
  }

  void failed(long delivery, TernException error) {
    waiting.addFailed(
        SettleFailure.newBuilder().setDelivery(delivery).setError(Producing.error(error)));
  }

  void notOutstanding(long delivery) {
    failed(
        delivery,
        new TernException(
            ErrorCode.RECEIPT_HANDLE_IS_INVALID,
            "Delivery " + Long.toUnsignedString(delivery) + " is not outstanding."));
  }

  ConsumeResponse take() {
    ConsumeResponse response = ConsumeResponse.newBuilder().setSettled(waiting).build();
    waiting.clear();
    return response;
  }
}
