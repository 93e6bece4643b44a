package io.tern.state.limits;

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
      Origin.SQS,
      "QueueDoesNotExist",
      "AWS.SimpleQueueService.NonExistentQueue",
      400,
      "The specified queue does not exist.",
      "The specified queue does not exist for this wsdl version."),

  /** CreateQueue names an existing queue and an attribute that differs from the queue's. */
  QUEUE_NAME_EXISTS(
      Origin.SQS,
      "QueueNameExists",
      "QueueAlreadyExists",
      400,
      "A queue already exists with the same name and a different value for an attribute."),

  /** CreateQueue within 60 seconds after DeleteQueue of the same name. */
  QUEUE_DELETED_RECENTLY(
      Origin.SQS,
      "QueueDeletedRecently",
      "AWS.SimpleQueueService.QueueDeletedRecently",
      400,
      "You must wait 60 seconds after deleting a queue before you can create another with the same"
          + " name."),

  /** PurgeQueue within 60 seconds after another of the same queue. */
  PURGE_QUEUE_IN_PROGRESS(
      Origin.SQS,
      "PurgeQueueInProgress",
      "AWS.SimpleQueueService.PurgeQueueInProgress",
      403,
      "Only one PurgeQueue operation is allowed every 60 seconds."),

  /** A short poll at the in-flight limit, too many actions in a permission, too many queues. */
  OVER_LIMIT(Origin.SQS, "OverLimit", 403, "A limit of the service was reached."),

  /** A receipt handle that cannot be read, or belongs to another queue. */
  RECEIPT_HANDLE_IS_INVALID(
      Origin.SQS, "ReceiptHandleIsInvalid", 400, "The input receipt handle is invalid."),

  /** In the model for ChangeMessageVisibility; AWS answers INVALID_PARAMETER_VALUE instead. */
  MESSAGE_NOT_INFLIGHT(
      Origin.SQS,
      "MessageNotInflight",
      "AWS.SimpleQueueService.MessageNotInflight",
      400,
      "The message is not in flight."),

  /** The body holds a character outside the permitted Unicode ranges. */
  INVALID_MESSAGE_CONTENTS(
      Origin.SQS, "InvalidMessageContents", 400, "Message body contains invalid characters."),

  /** A queue attribute that does not exist or does not apply to this kind of queue. */
  INVALID_ATTRIBUTE_NAME(Origin.SQS, "InvalidAttributeName", 400, "Unknown Attribute."),

  /** A queue attribute whose value is out of range or of the wrong form. */
  INVALID_ATTRIBUTE_VALUE(
      Origin.SQS, "InvalidAttributeValue", 400, "Invalid value for the parameter."),

  /** A batch without entries. */
  EMPTY_BATCH_REQUEST(
      Origin.SQS,
      "EmptyBatchRequest",
      "AWS.SimpleQueueService.EmptyBatchRequest",
      400,
      "There should be at least one entry in the request."),

  /** A batch of more than ten entries. */
  TOO_MANY_ENTRIES_IN_BATCH_REQUEST(
      Origin.SQS,
      "TooManyEntriesInBatchRequest",
      "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
      400,
      "Maximum number of entries per request are 10."),

  /** Two entries of a batch have the same id. */
  BATCH_ENTRY_IDS_NOT_DISTINCT(
      Origin.SQS,
      "BatchEntryIdsNotDistinct",
      "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
      400,
      "Two or more batch entries in the request have the same Id."),

  /** The id of a batch entry is empty, too long or has a character that is not allowed. */
  INVALID_BATCH_ENTRY_ID(
      Origin.SQS,
      "InvalidBatchEntryId",
      "AWS.SimpleQueueService.InvalidBatchEntryId",
      400,
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can"
          + " be at most 80 letters long."),

  /** The messages of a batch are together longer than the limit. */
  BATCH_REQUEST_TOO_LONG(
      Origin.SQS,
      "BatchRequestTooLong",
      "AWS.SimpleQueueService.BatchRequestTooLong",
      400,
      "Batch requests cannot be longer than 1048576 bytes."),

  /** A known operation or parameter that this service does not carry out. */
  UNSUPPORTED_OPERATION(
      Origin.SQS,
      "UnsupportedOperation",
      "AWS.SimpleQueueService.UnsupportedOperation",
      400,
      "The operation is not supported."),

  /** A message move task, or a queue named by its ARN in one, is not there. */
  RESOURCE_NOT_FOUND(
      Origin.SQS,
      "ResourceNotFoundException",
      404,
      "The resource that you specified doesn't exist."),

  /** A queue URL that is not one. */
  INVALID_ADDRESS(Origin.SQS, "InvalidAddress", 400, "The specified queue URL is invalid."),

  /** The request is not secured the way the service demands: plain HTTP, or another signature. */
  INVALID_SECURITY(
      Origin.SQS,
      "InvalidSecurity",
      403,
      "The request was not made over HTTPS or did not use SigV4 for signing."),

  /** More requests than are served; the caller should come back later. */
  REQUEST_THROTTLED(Origin.SQS, "RequestThrottled", 403, "The request was throttled."),

  /** Encryption with a managed key: the caller may not use the key. */
  KMS_ACCESS_DENIED(
      Origin.SQS,
      "KmsAccessDenied",
      "KMS.AccessDeniedException",
      400,
      "The caller may not use the key."),

  /** Encryption with a managed key: the key is disabled. */
  KMS_DISABLED(Origin.SQS, "KmsDisabled", "KMS.DisabledException", 400, "The key is disabled."),

  /** Encryption with a managed key: the key is for another use. */
  KMS_INVALID_KEY_USAGE(
      Origin.SQS,
      "KmsInvalidKeyUsage",
      "KMS.InvalidKeyUsageException",
      400,
      "The key is for another use."),

  /** Encryption with a managed key: the key's state forbids the request. */
  KMS_INVALID_STATE(
      Origin.SQS,
      "KmsInvalidState",
      "KMS.InvalidStateException",
      400,
      "The key is in a wrong state."),

  /** Encryption with a managed key: there is no such key. */
  KMS_NOT_FOUND(Origin.SQS, "KmsNotFound", "KMS.NotFoundException", 400, "The key can't be found."),

  /** Encryption with a managed key: the account has not subscribed to it. */
  KMS_OPT_IN_REQUIRED(
      Origin.SQS, "KmsOptInRequired", "KMS.OptInRequired", 400, "The key needs a subscription."),

  /** Encryption with a managed key: the key service throttles. */
  KMS_THROTTLED(
      Origin.SQS, "KmsThrottled", "KMS.ThrottlingException", 400, "The key service throttles."),

  /** Deprecated by AWS in favour of RECEIPT_HANDLE_IS_INVALID; kept because the model names it. */
  INVALID_ID_FORMAT(
      Origin.SQS,
      "InvalidIdFormat",
      400,
      "The specified receipt handle is not valid for the current version."),

  // Errors of the framework around every AWS service.

  /** Most failed validations: a value that is out of range or of the wrong form. */
  INVALID_PARAMETER_VALUE(
      Origin.FRAMEWORK,
      "InvalidParameterValueException",
      "InvalidParameterValue",
      400,
      "One or more parameters are invalid."),

  /** A required value is absent or empty. */
  MISSING_PARAMETER(
      Origin.FRAMEWORK,
      "MissingRequiredParameterException",
      "MissingParameter",
      400,
      "The request is missing a required parameter."),

  /** Two values that are fine alone and contradict each other. */
  INVALID_PARAMETER_COMBINATION(
      Origin.FRAMEWORK,
      "InvalidParameterCombinationException",
      "InvalidParameterCombination",
      400,
      "Parameters that must not be used together were used together."),

  /** The request names no operation, or in AWS JSON one that does not exist. */
  UNKNOWN_OPERATION(
      Origin.FRAMEWORK,
      "UnknownOperationException",
      404,
      "The requested operation is not recognized."),

  /** In AWS Query an action that does not exist, or not on this path. */
  INVALID_ACTION(
      Origin.FRAMEWORK, "InvalidAction", 400, "The action is not valid for this endpoint."),

  /** A JSON document that is malformed, too deep, or has a member of the wrong type. */
  SERIALIZATION(
      Origin.FRAMEWORK,
      "SerializationException",
      "MalformedInput",
      400,
      "The request body could not be read."),

  /** Query parameters that cannot be decoded, or too many of them. */
  MALFORMED_QUERY_STRING(
      Origin.FRAMEWORK,
      "MalformedQueryString",
      400,
      "The query string or form contains a syntax error."),

  /** The body of the request is longer than this service reads. */
  REQUEST_ENTITY_TOO_LARGE(
      Origin.FRAMEWORK,
      "RequestEntityTooLargeException",
      "RequestEntityTooLarge",
      413,
      "The request is too large."),

  /** A fault of ours. */
  INTERNAL_FAILURE(
      Origin.FRAMEWORK, "InternalFailure", 500, "The request failed because of an internal error."),

  /** Nobody can answer now, or nobody knows whether the request took effect; retrying is right. */
  SERVICE_UNAVAILABLE(
      Origin.FRAMEWORK,
      "ServiceUnavailable",
      503,
      "The service is temporarily unavailable. Please try again."),

  // Errors of signing and of permissions.

  /** The request carries no credentials. */
  MISSING_AUTHENTICATION_TOKEN(
      Origin.FRAMEWORK,
      "MissingAuthenticationTokenException",
      "MissingAuthenticationToken",
      403,
      "Request is missing Authentication Token"),

  /** Nobody has this access key. */
  INVALID_CLIENT_TOKEN_ID(
      Origin.FRAMEWORK,
      "UnrecognizedClientException",
      "InvalidClientTokenId",
      403,
      "The security token included in the request is invalid."),

  /** The signature is not the one the secret key gives for this request. */
  SIGNATURE_DOES_NOT_MATCH(
      Origin.FRAMEWORK,
      "InvalidSignatureException",
      "SignatureDoesNotMatch",
      403,
      "The request signature we calculated does not match the signature you provided."),

  /** The signature's header or parameters lack a part or cannot be read. */
  INCOMPLETE_SIGNATURE(
      Origin.FRAMEWORK,
      "IncompleteSignatureException",
      "IncompleteSignature",
      400,
      "The request signature does not conform to AWS standards."),

  /** The request was signed too long ago, too far ahead, or its presigned time is over. */
  REQUEST_EXPIRED(Origin.FRAMEWORK, "RequestExpired", 400, "Request has expired."),

  /** A policy or the key's permissions forbid it. */
  ACCESS_DENIED(
      Origin.FRAMEWORK,
      "AccessDeniedException",
      "AccessDenied",
      403,
      "Access to the resource is denied.");

  /** Who has to change something for the request to succeed; AWS writes it as Sender, Receiver. */
  public enum Fault {
    SENDER("Sender"),
    RECEIVER("Receiver");

    private final String text;

    Fault(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** Where an error is defined; JSON writes it before the name of the shape. */
  private enum Origin {
    SQS("com.amazonaws.sqs"),
    FRAMEWORK("com.amazon.coral.service");

    private final String namespace;

    Origin(String namespace) {
      this.namespace = namespace;
    }
  }

  private final Origin origin;
  private final String shape;
  private final String queryCode;
  private final int httpStatus;
  private final String text;
  private final String queryText;

  ErrorCode(Origin origin, String shape, int httpStatus, String text) {
    this(origin, shape, shape, httpStatus, text);
  }

  ErrorCode(Origin origin, String shape, String queryCode, int httpStatus, String text) {
    this(origin, shape, queryCode, httpStatus, text, text);
  }

  ErrorCode(
      Origin origin,
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
    return origin.namespace;
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

  public Fault fault() {
    return httpStatus >= 500 ? Fault.RECEIVER : Fault.SENDER;
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
