package io.tern.node.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.GrpcLimits;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Errors as gRPC tells them: a status for programs that know gRPC, and beside it the error code of
 * AWS. The third renderer, after AWS JSON and AWS Query.
 */
final class GrpcErrors {
  /** The AWS error code, as batches name it. */
  static final Metadata.Key<String> ERROR_CODE =
      Metadata.Key.of("tern-error-code", Metadata.ASCII_STRING_MARSHALLER);

  private static final Map<ErrorCode, Status> SPECIAL = special();

  private GrpcErrors() {}

  /** The kind of an error: where its HTTP status says enough, from that. */
  static Status status(ErrorCode code) {
    Status special = SPECIAL.get(code);
    return special != null ? special : byHttpStatus(code.httpStatus());
  }

  private static Status byHttpStatus(int status) {
    return switch (status) {
      case 403 -> Status.PERMISSION_DENIED;
      case 404 -> Status.NOT_FOUND;
      case 413, 429 -> Status.RESOURCE_EXHAUSTED;
      case 503 -> Status.UNAVAILABLE;
      default -> status < 500 ? Status.INVALID_ARGUMENT : Status.INTERNAL;
    };
  }

  /** Errors whose HTTP status says less than AWS means by them. */
  private static Map<ErrorCode, Status> special() {
    Map<ErrorCode, Status> special = new EnumMap<>(ErrorCode.class);
    put(special, Status.NOT_FOUND, ErrorCode.QUEUE_DOES_NOT_EXIST, ErrorCode.KMS_NOT_FOUND);
    put(special, Status.NOT_FOUND, ErrorCode.SNS_KMS_NOT_FOUND);
    put(special, Status.ALREADY_EXISTS, ErrorCode.QUEUE_NAME_EXISTS);
    put(special, Status.UNIMPLEMENTED, ErrorCode.UNSUPPORTED_OPERATION);
    put(special, Status.UNIMPLEMENTED, ErrorCode.UNKNOWN_OPERATION, ErrorCode.INVALID_ACTION);
    put(special, Status.ABORTED, ErrorCode.CONCURRENT_ACCESS, ErrorCode.STALE_TAG);
    Status wait = Status.FAILED_PRECONDITION;
    put(special, wait, ErrorCode.QUEUE_DELETED_RECENTLY, ErrorCode.PURGE_QUEUE_IN_PROGRESS);
    put(special, wait, ErrorCode.MESSAGE_NOT_INFLIGHT, ErrorCode.INVALID_STATE);
    put(special, wait, ErrorCode.ENDPOINT_DISABLED, ErrorCode.PLATFORM_APPLICATION_DISABLED);
    put(special, wait, ErrorCode.OPTED_OUT, ErrorCode.KMS_DISABLED, ErrorCode.SNS_KMS_DISABLED);
    put(special, wait, ErrorCode.KMS_INVALID_STATE, ErrorCode.SNS_KMS_INVALID_STATE);
    Status full = Status.RESOURCE_EXHAUSTED;
    put(special, full, ErrorCode.OVER_LIMIT, ErrorCode.REQUEST_THROTTLED, ErrorCode.THROTTLING);
    put(special, full, ErrorCode.KMS_THROTTLED, ErrorCode.SNS_KMS_THROTTLING);
    put(special, full, ErrorCode.TOPIC_LIMIT_EXCEEDED, ErrorCode.SUBSCRIPTION_LIMIT_EXCEEDED);
    put(special, full, ErrorCode.FILTER_POLICY_LIMIT_EXCEEDED, ErrorCode.REPLAY_LIMIT_EXCEEDED);
    put(special, full, ErrorCode.TAG_LIMIT_EXCEEDED);
    put(special, Status.PERMISSION_DENIED, ErrorCode.KMS_ACCESS_DENIED);
    put(special, Status.PERMISSION_DENIED, ErrorCode.SNS_KMS_ACCESS_DENIED);
    Status who = Status.UNAUTHENTICATED;
    put(special, who, ErrorCode.MISSING_AUTHENTICATION_TOKEN, ErrorCode.INVALID_CLIENT_TOKEN_ID);
    put(special, who, ErrorCode.SIGNATURE_DOES_NOT_MATCH, ErrorCode.INCOMPLETE_SIGNATURE);
    put(special, who, ErrorCode.REQUEST_EXPIRED, ErrorCode.EXPIRED_TOKEN);
    return Collections.unmodifiableMap(special);
  }

  private static void put(Map<ErrorCode, Status> special, Status status, ErrorCode... codes) {
    for (ErrorCode code : codes) {
      special.put(code, status);
    }
  }

  /** Ends the call with the error. */
  static void close(ServerCall<?, ?> call, TernException error) {
    Metadata trailers = new Metadata();
    trailers.put(ERROR_CODE, error.code().queryCode());
    call.close(status(error.code()).withDescription(description(error)), trailers);
  }

  /** What is said for people: an error text may repeat what the caller sent, however long. */
  private static String description(TernException error) {
    String text = text(error);
    return text.length() <= GrpcLimits.STATUS_CHARACTERS
        ? text
        : text.substring(0, GrpcLimits.STATUS_CHARACTERS) + "...";
  }

  private static String text(TernException error) {
    return error.detail().isEmpty() ? error.code().text() : error.detail();
  }
}
