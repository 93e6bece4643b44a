package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** An error as an SDK tells it, whichever protocol it speaks: the older code and the text. */
record Refusal(String code, int status, String text) {
  /** The call must be refused with this error and exactly this text. */
  static void assertRefused(ThrowingCallable call, ErrorKind kind, String text) {
    assertThat(of(call)).isEqualTo(new Refusal(kind.queryCode(), kind.status(), text));
  }

  /** The call must be refused with this error; SQS documents no text. */
  static void assertRefused(ThrowingCallable call, ErrorKind kind) {
    Refusal refusal = of(call);
    assertThat(refusal).isEqualTo(new Refusal(kind.queryCode(), kind.status(), refusal.text()));
  }

  static Refusal of(ThrowingCallable call) {
    SqsException error = catchThrowableOfType(SqsException.class, call);
    assertThat(error).as("a refusal").isNotNull();
    return new Refusal(
        error.awsErrorDetails().errorCode(),
        error.statusCode(),
        error.awsErrorDetails().errorMessage());
  }
}
