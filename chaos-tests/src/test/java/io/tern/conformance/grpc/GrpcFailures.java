package io.tern.conformance.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** What a refused call must say. For all tests of the gRPC API. */
final class GrpcFailures {
  private static final Metadata.Key<String> ERROR_CODE =
      Metadata.Key.of("tern-error-code", Metadata.ASCII_STRING_MARSHALLER);

  private GrpcFailures() {}

  /** The AWS error code of a failed call; null when it has none. */
  static @Nullable String errorCode(@Nullable Metadata trailers) {
    return trailers == null ? null : trailers.get(ERROR_CODE);
  }

  /** The call is refused with that status and that AWS error code; returns the text. */
  static String refused(Status.Code status, String errorCode, ThrowingCallable call) {
    StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(failure).as("the failure").isNotNull();
    assertThat(failure.getStatus().getCode()).isEqualTo(status);
    assertThat(errorCode(failure.getTrailers())).isEqualTo(errorCode);
    return String.valueOf(failure.getStatus().getDescription());
  }
}
