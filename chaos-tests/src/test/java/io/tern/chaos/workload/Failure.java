package io.tern.chaos.workload;

import io.tern.chaos.history.Outcome;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Why a call did not end well, and what that says about its effect. {@link ClientCalls} asks.
 *
 * @param nodeIsToBlame whether another node may do better
 */
record Failure(Outcome outcome, String text, boolean nodeIsToBlame) {
  private static final int REQUEST_TIMEOUT = 408;

  static Failure of(SdkException error) {
    if (error instanceof AwsServiceException said && said.statusCode() > 0) {
      return said(said);
    }
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    // Where no connection was made nothing was sent.
    return new Failure(neverSent(root) ? Outcome.FAIL : Outcome.UNKNOWN, root.toString(), true);
  }

  /** Of one entry of a batch whose request as such was answered. */
  static Failure ofEntry(boolean senderFault, String code, @Nullable String message) {
    return new Failure(
        senderFault ? Outcome.FAIL : Outcome.UNKNOWN, code + ": " + message, !senderFault);
  }

  /** Of an entry that the answer to its batch does not name. */
  static Failure withoutAnswer() {
    return new Failure(Outcome.UNKNOWN, "the answer has no such entry", false);
  }

  private static Failure said(AwsServiceException error) {
    int status = error.statusCode();
    boolean refused = status >= 400 && status < 500 && status != REQUEST_TIMEOUT;
    String code = error.awsErrorDetails() == null ? "" : error.awsErrorDetails().errorCode();
    return new Failure(
        refused ? Outcome.FAIL : Outcome.UNKNOWN,
        status + " " + code + ": " + error.getMessage(),
        !refused);
  }

  private static boolean neverSent(Throwable root) {
    return root instanceof ConnectException
        || root instanceof NoRouteToHostException
        || root instanceof UnknownHostException
        // The JDK has one type for both timeouts and tells them apart by text only.
        || (root instanceof SocketTimeoutException
            && "Connect timed out".equalsIgnoreCase(root.getMessage()));
  }
}
