package io.tern.topics.policy;

import io.tern.state.limits.ErrorCode;

/** Why a request is refused, in SNS's own words; the API tells it to the caller. */
public record Refusal(ErrorCode code, String text) {
  private static final String INVALID_PARAMETER = "Invalid parameter: ";

  /** Nearly every refusal. */
  static Refusal invalid(String what) {
    return new Refusal(ErrorCode.SNS_INVALID_PARAMETER, INVALID_PARAMETER + what);
  }
}
