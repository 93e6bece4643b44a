package io.tern.protocols;

import io.tern.state.limits.ErrorCode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What SNS calls the errors that the parts common to both services raise in the words of SQS or of
 * the framework. {@link AwsQuery} asks when it answers for SNS.
 */
final class SpokenErrors {
  private static final Map<ErrorCode, ErrorCode> IN_SNS = inSns();

  private SpokenErrors() {}

  /** The code SNS answers with; most are the same. */
  static ErrorCode inSns(ErrorCode code) {
    return IN_SNS.getOrDefault(code, code);
  }

  private static Map<ErrorCode, ErrorCode> inSns() {
    Map<ErrorCode, ErrorCode> codes = new EnumMap<>(ErrorCode.class);
    codes.put(ErrorCode.INTERNAL_FAILURE, ErrorCode.SNS_INTERNAL_ERROR);
    codes.put(ErrorCode.INVALID_PARAMETER_VALUE, ErrorCode.SNS_INVALID_PARAMETER);
    codes.put(ErrorCode.INVALID_PARAMETER_COMBINATION, ErrorCode.SNS_INVALID_PARAMETER);
    codes.put(ErrorCode.MISSING_PARAMETER, ErrorCode.VALIDATION_ERROR);
    codes.put(ErrorCode.UNSUPPORTED_OPERATION, ErrorCode.INVALID_ACTION);
    codes.put(ErrorCode.ACCESS_DENIED, ErrorCode.AUTHORIZATION_ERROR);
    codes.put(ErrorCode.REQUEST_THROTTLED, ErrorCode.THROTTLING);
    codes.put(ErrorCode.RESOURCE_NOT_FOUND, ErrorCode.SNS_RESOURCE_NOT_FOUND);
    codes.put(ErrorCode.EMPTY_BATCH_REQUEST, ErrorCode.SNS_EMPTY_BATCH_REQUEST);
    codes.put(
        ErrorCode.TOO_MANY_ENTRIES_IN_BATCH_REQUEST,
        ErrorCode.SNS_TOO_MANY_ENTRIES_IN_BATCH_REQUEST);
    codes.put(ErrorCode.BATCH_ENTRY_IDS_NOT_DISTINCT, ErrorCode.SNS_BATCH_ENTRY_IDS_NOT_DISTINCT);
    codes.put(ErrorCode.INVALID_BATCH_ENTRY_ID, ErrorCode.SNS_INVALID_BATCH_ENTRY_ID);
    codes.put(ErrorCode.BATCH_REQUEST_TOO_LONG, ErrorCode.SNS_BATCH_REQUEST_TOO_LONG);
    codes.put(ErrorCode.KMS_ACCESS_DENIED, ErrorCode.SNS_KMS_ACCESS_DENIED);
    codes.put(ErrorCode.KMS_DISABLED, ErrorCode.SNS_KMS_DISABLED);
    codes.put(ErrorCode.KMS_INVALID_STATE, ErrorCode.SNS_KMS_INVALID_STATE);
    codes.put(ErrorCode.KMS_NOT_FOUND, ErrorCode.SNS_KMS_NOT_FOUND);
    codes.put(ErrorCode.KMS_OPT_IN_REQUIRED, ErrorCode.SNS_KMS_OPT_IN_REQUIRED);
    codes.put(ErrorCode.KMS_THROTTLED, ErrorCode.SNS_KMS_THROTTLING);
    return Collections.unmodifiableMap(codes);
  }
}
