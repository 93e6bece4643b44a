package io.tern.node.sns;

import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import io.tern.topics.policy.Checked;
import io.tern.topics.policy.Refusal;
import java.util.Optional;

/** The errors that callers of SNS are told, in its words. */
final class Refusals {
  private Refusals() {}

  /** InvalidParameter with SNS's usual beginning. */
  static TernException invalid(String what) {
    return plain("Invalid parameter: " + what);
  }

  /** InvalidParameter in other words. */
  static TernException plain(String text) {
    return new TernException(ErrorCode.SNS_INVALID_PARAMETER, text);
  }

  /** A required member that is not there; the path is spelled as SNS spells it inside. */
  static TernException missing(String path) {
    return new TernException(
        ErrorCode.VALIDATION_ERROR,
        "1 validation error detected: Value null at '"
            + path
            + "' failed to satisfy constraint: Member must not be null");
  }

  /** Checks that a required member is there. */
  static void require(boolean isThere, String path) {
    if (!isThere) {
      throw missing(path);
    }
  }

  static TernException topicMissing() {
    return new TernException(ErrorCode.TOPIC_NOT_FOUND);
  }

  static TernException subscriptionMissing() {
    return new TernException(ErrorCode.SUBSCRIPTION_NOT_FOUND);
  }

  /** Too many changes at once; trying again is right. */
  static TernException contended() {
    return new TernException(
        ErrorCode.SERVICE_UNAVAILABLE, "Too many callers change this at once. Please try again.");
  }

  /** MaxResults of the few lists that have it. */
  static void checkMaxResults(int maxResults, int most) {
    if (maxResults < 1 || maxResults > most) {
      throw new TernException(
          ErrorCode.VALIDATION_EXCEPTION,
          "1 validation error detected: Value '"
              + maxResults
              + "' at 'maxResults' failed to satisfy constraint: Member must have value "
              + (maxResults < 1 ? "greater than or equal to 1" : "less than or equal to " + most));
    }
  }

  /** The value of a check; what it refuses is thrown. */
  static <T> T good(Checked<T> checked) {
    return checked.orThrow(Refusals::told);
  }

  /** Throws what a check refuses. */
  static void check(Optional<Refusal> refusal) {
    if (refusal.isPresent()) {
      throw told(refusal.get());
    }
  }

  static TernException told(Refusal refusal) {
    return new TernException(refusal.code(), refusal.text());
  }
}
