package io.tern.node.api;

import io.tern.node.raft.RaftFailure;
import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whatever failed, as an error that a caller can be told; the same on HTTP and on gRPC. */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** What the caller is told of a failure; faults of ours are logged, mistakes of his are not. */
  public static TernException told(Throwable failure) {
    Throwable cause = RaftFailure.causeOf(failure);
    return switch (cause) {
      case TernException mistake -> mistake;
      case RaftFailure lost -> new TernException(ErrorCode.SERVICE_UNAVAILABLE, reason(lost));
      case TimeoutException _ -> new TernException(ErrorCode.SERVICE_UNAVAILABLE);
      // The caller hung up while he waited for messages; nobody reads this answer.
      case CancellationException _ -> new TernException(ErrorCode.SERVICE_UNAVAILABLE);
      default -> {
        LOG.error("a request failed", cause);
        yield new TernException(ErrorCode.INTERNAL_FAILURE);
      }
    };
  }

  private static String reason(RaftFailure lost) {
    return switch (lost.kind()) {
      case NOT_LEADER -> "The partition has no leader at the moment. Please try again.";
      case UNKNOWN ->
          "The partition's leader was lost; the request may have taken effect. Please try again.";
      case UNAVAILABLE -> "The partition has too much to do at the moment. Please try again.";
    };
  }
}
