package io.tern.state.limits;

import static io.tern.state.limits.ErrorOrigin.FRAMEWORK;
import static io.tern.state.limits.ErrorOrigin.SNS;
import static io.tern.state.limits.ErrorOrigin.SQS;
import static io.tern.state.limits.ErrorOrigin.SQS_PREFIXED;

/**
 * Every error a caller can be told, one row each: what it is called in AWS JSON and in AWS Query,
 * its HTTP status and whose fault it is. Rules reject with it, the renderers of the wire protocols
 * read it.
 *
 * <p>The text of a row is said when the one who raises the error has nothing more precise to say.
 */
public enum ErrorCode {

  // Errors the model of SQS names.

  /** The queue of the request is not there. The one error whose text differs between protocols. */
  QUEUE_DOES_NOT_EXIST(
      SQS,
      "QueueDoesNotExist",
      "AWS.SimpleQueueService.NonExistentQueue",
      400,
      "The specified queue does not exist.",
      "The specified queue does not exist for this wsdl version."),

  /** CreateQueue names an existing queue and an attribute that differs from the queue's. */
  QUEUE_NAME_EXISTS(
      SQS,
      "QueueNameExists",
      "QueueAlreadyExists",
      400,
      "A queue already exists with the same name and a different value for an attribute."),

  /** CreateQueue within 60 seconds after DeleteQueue of the same name. */
  QUEUE_DELETED_RECENTLY(
      SQS_PREFIXED,
      "QueueDeletedRecently",
      400,
      "You must wait 60 seconds after deleting a queue before you can create another with the same"
          + " name."),

  /** PurgeQueue within 60 seconds after another of the same queue. */
  PURGE_QUEUE_IN_PROGRESS(
      SQS_PREFIXED,
      "PurgeQueueInProgress",
      403,
      "Only one PurgeQueue operation is allowed every 60 seconds."),

  /** A short poll at the in-flight limit, too many actions in a permission, too many queues. */
  OVER_LIMIT(SQS, "OverLimit", 403, "A limit of the service was reached."),

  /** A receipt handle that cannot be read, or belongs to another queue. */
  RECEIPT_HANDLE_IS_INVALID(
      SQS, "ReceiptHandleIsInvalid", 400, "The input receipt handle is invalid."),

  /** In the model for ChangeMessageVisibility; AWS answers INVALID_PARAMETER_VALUE instead. */
  MESSAGE_NOT_INFLIGHT(SQS_PREFIXED, "MessageNotInflight", 400, "The message is not in flight."),

  /** The body holds a character outside the permitted Unicode ranges. */
  INVALID_MESSAGE_CONTENTS(
      SQS, "InvalidMessageContents", 400, "Message body contains invalid characters."),

  /** A queue attribute that does not exist or does not apply to this kind of queue. */
  INVALID_ATTRIBUTE_NAME(SQS, "InvalidAttributeName", 400, "Unknown Attribute."),

  /** A queue attribute whose value is out of range or of the wrong form. */
  INVALID_ATTRIBUTE_VALUE(SQS, "InvalidAttributeValue", 400, "Invalid value for the parameter."),

  /** A batch without entries. */
  EMPTY_BATCH_REQUEST(
      SQS_PREFIXED, "EmptyBatchRequest", 400, "There should be at least one entry in the request."),

  /** A batch of more than ten entries. */
  TOO_MANY_ENTRIES_IN_BATCH_REQUEST(
      SQS_PREFIXED,
      "TooManyEntriesInBatchRequest",
      400,
      "Maximum number of entries per request are 10."),

  /** Two entries of a batch have the same id. */
  BATCH_ENTRY_IDS_NOT_DISTINCT(
      SQS_PREFIXED,
      "BatchEntryIdsNotDistinct",
      400,
      "Two or more batch entries in the request have the same Id."),

  /** The id of a batch entry is empty, too long or has a character that is not allowed. */
  INVALID_BATCH_ENTRY_ID(
      SQS_PREFIXED,
      "InvalidBatchEntryId",
      400,
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can"
          + " be at most 80 letters long."),

  /** The messages of a batch are together longer than the limit. */
  BATCH_REQUEST_TOO_LONG(
      SQS_PREFIXED,
      "BatchRequestTooLong",
      400,
      "Batch requests cannot be longer than 1048576 bytes."),

  /** A known operation or parameter that this service does not carry out. */
  UNSUPPORTED_OPERATION(
      SQS_PREFIXED, "UnsupportedOperation", 400, "The operation is not supported."),

  /** A message move task, or a queue named by its ARN in one, is not there. */
  RESOURCE_NOT_FOUND(
      SQS, "ResourceNotFoundException", 404, "The resource that you specified doesn't exist."),

  /** A queue URL that is not one. */
  INVALID_ADDRESS(SQS, "InvalidAddress", 400, "The specified queue URL is invalid."),

  /** The request is not secured the way the service demands: plain HTTP, or another signature. */
  INVALID_SECURITY(
      SQS,
      "InvalidSecurity",
      403,
      "The request was not made over HTTPS or did not use SigV4 for signing."),

  /** More requests than are served; the caller should come back later. */
  REQUEST_THROTTLED(SQS, "RequestThrottled", 403, "The request was throttled."),

  // Encryption with a managed key; the texts say what each one is.
  KMS_ACCESS_DENIED(
      SQS, "KmsAccessDenied", "KMS.AccessDeniedException", 400, "The caller may not use the key."),
  KMS_DISABLED(SQS, "KmsDisabled", "KMS.DisabledException", 400, "The key is disabled."),
  KMS_INVALID_KEY_USAGE(
      SQS,
      "KmsInvalidKeyUsage",
      "KMS.InvalidKeyUsageException",
      400,
      "The key is for another use."),
  KMS_INVALID_STATE(
      SQS, "KmsInvalidState", "KMS.InvalidStateException", 400, "The key is in a wrong state."),
  KMS_NOT_FOUND(SQS, "KmsNotFound", "KMS.NotFoundException", 400, "The key can't be found."),
  KMS_OPT_IN_REQUIRED(
      SQS, "KmsOptInRequired", "KMS.OptInRequired", 400, "The key needs a subscription."),
  KMS_THROTTLED(SQS, "KmsThrottled", "KMS.ThrottlingException", 400, "The key service throttles."),

  /** Deprecated by AWS in favour of RECEIPT_HANDLE_IS_INVALID; kept because the model names it. */
  INVALID_ID_FORMAT(
      SQS,
      "InvalidIdFormat",
      400,
      "The specified receipt handle is not valid for the current version."),

  // Errors the model of SNS names. It has no JSON: shape and code are one.

  SNS_INVALID_PARAMETER(SNS, "InvalidParameter", 400, "Invalid parameter"),
  /** A message attribute that is not well-formed. */
  PARAMETER_VALUE_INVALID(SNS, "ParameterValueInvalid", 400, "A message attribute is invalid."),
  /** A required member is absent. */
  VALIDATION_ERROR(SNS, "ValidationError", 400, "1 validation error detected"),
  VALIDATION_EXCEPTION(SNS, "ValidationException", 400, "A parameter of the request is invalid."),
  TOPIC_NOT_FOUND(SNS, "NotFound", 404, "Topic does not exist"),
  SUBSCRIPTION_NOT_FOUND(SNS, "NotFound", 404, "Subscription does not exist"),
  PLATFORM_APPLICATION_NOT_FOUND(SNS, "NotFound", 404, "PlatformApplication does not exist"),
  ENDPOINT_NOT_FOUND(SNS, "NotFound", 404, "Endpoint does not exist"),
  /** What is to be tagged, or a number of the SMS sandbox. */
  SNS_RESOURCE_NOT_FOUND(SNS, "ResourceNotFound", 404, "Resource does not exist"),
  AUTHORIZATION_ERROR(SNS, "AuthorizationError", 403, "The caller may not do this."),
  SNS_INTERNAL_ERROR(SNS, "InternalError", 500, "The request failed because of an internal error."),
  /** Too many SMS requests; every other one is refused with THROTTLING. */
  THROTTLED(SNS, "Throttled", 429, "Rate exceeded"),
  TOPIC_LIMIT_EXCEEDED(SNS, "TopicLimitExceeded", 403, "Too many topics."),
  SUBSCRIPTION_LIMIT_EXCEEDED(SNS, "SubscriptionLimitExceeded", 403, "Too many subscriptions."),
  FILTER_POLICY_LIMIT_EXCEEDED(SNS, "FilterPolicyLimitExceeded", 403, "Too many filter policies."),
  REPLAY_LIMIT_EXCEEDED(SNS, "ReplayLimitExceeded", 403, "Too many replays."),
  ENDPOINT_DISABLED(SNS, "EndpointDisabled", 400, "Endpoint is disabled"),
  PLATFORM_APPLICATION_DISABLED(
      SNS, "PlatformApplicationDisabled", 400, "PlatformApplication is disabled"),
  SNS_TOO_MANY_ENTRIES_IN_BATCH_REQUEST(
      SNS,
      "TooManyEntriesInBatchRequest",
      400,
      "The batch request contains more entries than permissible."),
  SNS_EMPTY_BATCH_REQUEST(
      SNS, "EmptyBatchRequest", 400, "The batch request doesn't contain any entries."),
  SNS_BATCH_ENTRY_IDS_NOT_DISTINCT(
      SNS,
      "BatchEntryIdsNotDistinct",
      400,
      "Two or more batch entries in the request have the same Id."),
  SNS_INVALID_BATCH_ENTRY_ID(
      SNS, "InvalidBatchEntryId", 400, "The Id of a batch entry in the batch request is invalid."),
  SNS_BATCH_REQUEST_TOO_LONG(
      SNS,
      "BatchRequestTooLong",
      400,
      "The length of all the messages put together is more than the limit."),
  TAG_LIMIT_EXCEEDED(SNS, "TagLimitExceeded", 400, "The topic would have too many tags."),
  STALE_TAG(SNS, "StaleTag", 400, "The tag has been added to the resource at the same time."),
  TAG_POLICY(SNS, "TagPolicy", 400, "The tag policy forbids the request."),
  CONCURRENT_ACCESS(SNS, "ConcurrentAccess", 400, "The resource is being changed; try again."),
  /** DeleteTopic while the topic has an archive policy. */
  INVALID_STATE(SNS, "InvalidState", 400, "The topic's state forbids the request."),
  SNS_KMS_ACCESS_DENIED(SNS, "KMSAccessDenied", 400, "The caller may not use the key."),
  SNS_KMS_DISABLED(SNS, "KMSDisabled", 400, "The key is disabled."),
  SNS_KMS_INVALID_STATE(SNS, "KMSInvalidState", 400, "The key is in a wrong state."),
  SNS_KMS_NOT_FOUND(SNS, "KMSNotFound", 400, "The key can't be found."),
  SNS_KMS_OPT_IN_REQUIRED(SNS, "KMSOptInRequired", 403, "The key needs a subscription."),
  SNS_KMS_THROTTLING(SNS, "KMSThrottling", 400, "The key service throttles."),
  OPTED_OUT(SNS, "OptedOut", 400, "The phone number has opted out of messages."),
  USER_ERROR(SNS, "UserError", 400, "A parameter of the request is invalid."),
  VERIFICATION_EXCEPTION(SNS, "VerificationException", 400, "The password is not the one sent."),

  // Errors of the framework around every AWS service.

  /** Most failed validations: a value that is out of range or of the wrong form. */
  INVALID_PARAMETER_VALUE(
      FRAMEWORK,
      "InvalidParameterValueException",
      "InvalidParameterValue",
      400,
      "One or more parameters are invalid."),

  /** A required value is absent or empty. */
  MISSING_PARAMETER(
      FRAMEWORK,
      "MissingRequiredParameterException",
      "MissingParameter",
      400,
      "The request is missing a required parameter."),

  /** Two values that are fine alone and contradict each other. */
  INVALID_PARAMETER_COMBINATION(
      FRAMEWORK,
      "InvalidParameterCombinationException",
      "InvalidParameterCombination",
      400,
      "Parameters that must not be used together were used together."),

  /** The request names no operation, or in AWS JSON one that does not exist. */
  UNKNOWN_OPERATION(
      FRAMEWORK, "UnknownOperationException", 404, "The requested operation is not recognized."),

  /** In AWS Query an action that does not exist, or not on this path. */
  INVALID_ACTION(FRAMEWORK, "InvalidAction", 400, "The action is not valid for this endpoint."),

  /** A JSON document that is malformed, too deep, or has a member of the wrong type. */
  SERIALIZATION(
      FRAMEWORK,
      "SerializationException",
      "MalformedInput",
      400,
      "The request body could not be read."),

  /** Query parameters that cannot be decoded, or too many of them. */
  MALFORMED_QUERY_STRING(
      FRAMEWORK, "MalformedQueryString", 400, "The query string or form contains a syntax error."),

  /** The body of the request is longer than this service reads. */
  REQUEST_ENTITY_TOO_LARGE(
      FRAMEWORK,
      "RequestEntityTooLargeException",
      "RequestEntityTooLarge",
      413,
      "The request is too large."),

  /** A fault of ours. */
  INTERNAL_FAILURE(
      FRAMEWORK, "InternalFailure", 500, "The request failed because of an internal error."),

  /** Nobody can answer now, or nobody knows whether the request took effect; retrying is right. */
  SERVICE_UNAVAILABLE(
      FRAMEWORK,
      "ServiceUnavailable",
      503,
      "The service is temporarily unavailable. Please try again."),

  // Errors of signing and of permissions.

  /** The request carries no credentials. */
  MISSING_AUTHENTICATION_TOKEN(
      FRAMEWORK,
      "MissingAuthenticationTokenException",
      "MissingAuthenticationToken",
      403,
      "Request is missing Authentication Token"),

  /** Nobody has this access key. */
  INVALID_CLIENT_TOKEN_ID(
      FRAMEWORK,
      "UnrecognizedClientException",
      "InvalidClientTokenId",
      403,
      "The security token included in the request is invalid."),

  /** The signature is not the one the secret key gives for this request. */
  SIGNATURE_DOES_NOT_MATCH(
      FRAMEWORK,
      "InvalidSignatureException",
      "SignatureDoesNotMatch",
      403,
      "The request signature we calculated does not match the signature you provided."),

  /** The signature's header or parameters lack a part or cannot be read. */
  INCOMPLETE_SIGNATURE(
      FRAMEWORK,
      "IncompleteSignatureException",
      "IncompleteSignature",
      400,
      "The request signature does not conform to AWS standards."),

  /** The request was signed too long ago, too far ahead, or its presigned time is over. */
  REQUEST_EXPIRED(FRAMEWORK, "RequestExpired", 400, "Request has expired."),

  /** The temporary credentials of the request are over. */
  EXPIRED_TOKEN(
      FRAMEWORK,
      "ExpiredTokenException",
      "ExpiredToken",
      403,
      "The security token included in the request is expired"),

  /** More requests than SNS serves; SQS says REQUEST_THROTTLED. */
  THROTTLING(FRAMEWORK, "ThrottlingException", "Throttling", 400, "Rate exceeded"),

  /** A policy or the key's permissions forbid it. */
  ACCESS_DENIED(
      FRAMEWORK, "AccessDeniedException", "AccessDenied", 403, "Access to the resource is denied.");

  private final ErrorOrigin origin;
  private final String shape;
  private final String queryCode;
  private final int httpStatus;
  private final String text;
  private final String queryText;

  ErrorCode(ErrorOrigin origin, String shape, int httpStatus, String text) {
    this(origin, shape, origin.queryPrefix() + shape, httpStatus, text);
  }

  ErrorCode(ErrorOrigin origin, String shape, String queryCode, int httpStatus, String text) {
    this(origin, shape, queryCode, httpStatus, text, text);
  }

  ErrorCode(
      ErrorOrigin origin,
      String shape,
      String queryCode,
      int httpStatus,
      String text,
      String queryText) {
    this.origin = origin;
    this.shape = shape;
    this.queryCode = queryCode;
    this.httpStatus = httpStatus;
    this.text = text;
    this.queryText = queryText;
  }

  /** The namespace of the JSON shape. */
  public String namespace() {
    return origin.namespace();
  }

  /** The name of the JSON shape, without its namespace. */
  public String shape() {
    return shape;
  }

  /** The code of AWS Query, of the x-amzn-query-error header and of failed batch entries. */
  public String queryCode() {
    return queryCode;
  }

  public int httpStatus() {
    return httpStatus;
  }

  public ErrorFault fault() {
    return httpStatus >= 500 ? ErrorFault.RECEIVER : ErrorFault.SENDER;
  }

  /** What to say when there is nothing more precise to say. */
  public String text() {
    return text;
  }

  /** The same in AWS Query, where one text differs. */
  public String queryText() {
    return queryText;
  }
}
