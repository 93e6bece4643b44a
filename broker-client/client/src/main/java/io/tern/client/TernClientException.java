package io.tern.client;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The one error of this client. Operations throw it; futures end with it.
 *
 * <p>{@link #code()} is the AWS error code of the server's answer, for example {@code
 * AWS.SimpleQueueService.NonExistentQueue}, or one of the codes named here.
 */
public final class TernClientException extends RuntimeException {
  /** No node answered, or none that answered could serve. */
  public static final String UNAVAILABLE = "ServiceUnavailable";

  /** The deadline of an operation, or the delivery timeout of a message, has passed. */
  public static final String TIMEOUT = "RequestTimeout";

  /** The producer's buffer is full. */
  public static final String BUFFER_FULL = "ClientBufferFull";

  /** The client, producer or consumer was closed. */
  public static final String CLOSED = "ClientClosed";

  /** The caller's thread was interrupted while it waited; its interrupt flag is set again. */
  public static final String INTERRUPTED = "ClientInterrupted";

  /** Codes of what was refused because too much came at once; it had no effect. */
  static final Set<String> THROTTLED =
      Set.of(
          "RequestThrottled",
          "ThrottlingException",
          "Throttling",
          "Throttled",
          "KMS.ThrottlingException");

  private static final Metadata.Key<String> ERROR_CODE =
      Metadata.Key.of("tern-error-code", Metadata.ASCII_STRING_MARSHALLER);
  private static final long serialVersionUID = 1;

  private final String code;
  private final boolean retryable;

  TernClientException(String code, String message, boolean retryable, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.retryable = retryable;
  }

  TernClientException(String code, String message, boolean retryable) {
    super(message);
    this.code = code;
    this.retryable = retryable;
  }

  /** The AWS error code, or one of the constants of this class; never empty. */
  public String code() {
    return code;
  }

  /**
   * Whether the same thing may succeed when it is tried again. It does not say that the first
   * attempt had no effect.
   */
  public boolean retryable() {
    return retryable;
  }

  /** What the failure of a call means. */
  static TernClientException of(Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof TernClientException known) {
      return known;
    }
    Status status = Status.fromThrowable(cause);
    Metadata trailers = trailers(cause);
    String said = trailers == null ? null : trailers.get(ERROR_CODE);
    String text = status.getDescription() == null ? cause.toString() : status.getDescription();
    return new TernClientException(
        said == null ? codeOf(status) : said, text, mayBeRetried(status, said), cause);
  }

  /** What a future ended with, without the wrapping of futures. */
  static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  static TernClientException closed(String what) {
    return new TernClientException(CLOSED, what + " is closed", false);
  }

  static TernClientException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new TernClientException(INTERRUPTED, "interrupted while waiting", true, cause);
  }

  private static @Nullable Metadata trailers(Throwable cause) {
    if (cause instanceof StatusRuntimeException runtime) {
      return runtime.getTrailers();
    }
    return cause instanceof StatusException checked ? checked.getTrailers() : null;
  }

  private static boolean mayBeRetried(Status status, @Nullable String said) {
    return switch (status.getCode()) {
      case UNAVAILABLE, ABORTED, DEADLINE_EXCEEDED -> true;
      // A rate passes, the number of topics does not.
      case RESOURCE_EXHAUSTED -> said == null || THROTTLED.contains(said);
      case OK,
          CANCELLED,
          UNKNOWN,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          INTERNAL,
          DATA_LOSS,
          UNAUTHENTICATED ->
          false;
    };
  }

  private static String codeOf(Status status) {
    return switch (status.getCode()) {
      case UNAVAILABLE -> UNAVAILABLE;
      case DEADLINE_EXCEEDED -> TIMEOUT;
      case CANCELLED -> CLOSED;
      case RESOURCE_EXHAUSTED -> "RequestThrottled";
      case UNIMPLEMENTED -> "UnsupportedOperation";
      case PERMISSION_DENIED, UNAUTHENTICATED -> "AccessDenied";
      case OK,
          UNKNOWN,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE,
          INTERNAL,
          DATA_LOSS ->
          "InternalFailure";
    };
  }
}
