package io.tern.client;

import io.tern.proto.messaging.MessageError;
import io.tern.proto.messaging.ProduceResult;

/** What an answer, or the lack of one, means for a message that was on its way. */
sealed interface SendVerdict {
  /** It is in the queue. */
  record Taken(SendResult result) implements SendVerdict {}

  /** It is sent again. */
  record Again() implements SendVerdict {}

  /** It is given up. */
  record Failed(TernClientException error) implements SendVerdict {}

  /**
   * When a message may be sent again although it may have been taken.
   *
   * @param harmless the queue knows it again, or its owner accepts that it may be there twice
   */
  record Rules(boolean harmless) {}

  /** The server's answer for one message. */
  static SendVerdict of(ProduceResult answer, Rules rules, boolean expired) {
    if (!answer.hasError()) {
      return new Taken(new SendResult(answer.getMessageId(), answer.getSequenceNumber()));
    }
    MessageError error = answer.getError();
    boolean notTaken = TernClientException.THROTTLED.contains(error.getCode());
    boolean retryable = notTaken || !error.getSenderFault();
    boolean repeat = notTaken || (retryable && rules.harmless());
    return repeat && !expired
        ? new Again()
        : new Failed(new TernClientException(error.getCode(), error.getMessage(), retryable));
  }

  /** The stream ended before the answer came: the message may have been taken or not. */
  static SendVerdict ofBrokenStream(TernClientException error, Rules rules, boolean expired) {
    return error.retryable() && rules.harmless() && !expired ? new Again() : new Failed(error);
  }
}
