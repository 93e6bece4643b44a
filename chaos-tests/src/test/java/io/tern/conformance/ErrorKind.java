package io.tern.conformance;

/** One row of the error catalogue: the JSON shape, the code of the older protocol, the status. */
enum ErrorKind {
  QUEUE_DOES_NOT_EXIST(sqs("QueueDoesNotExist"), old("NonExistentQueue"), 400),
  QUEUE_NAME_EXISTS(sqs("QueueNameExists"), "QueueAlreadyExists", 400),
  QUEUE_DELETED_RECENTLY(sqs("QueueDeletedRecently"), old("QueueDeletedRecently"), 400),
  PURGE_QUEUE_IN_PROGRESS(sqs("PurgeQueueInProgress"), old("PurgeQueueInProgress"), 403),
  OVER_LIMIT(sqs("OverLimit"), "OverLimit", 403),
  RECEIPT_HANDLE_IS_INVALID(sqs("ReceiptHandleIsInvalid"), "ReceiptHandleIsInvalid", 400),
  INVALID_MESSAGE_CONTENTS(sqs("InvalidMessageContents"), "InvalidMessageContents", 400),
  INVALID_ATTRIBUTE_NAME(sqs("InvalidAttributeName"), "InvalidAttributeName", 400),
  INVALID_ATTRIBUTE_VALUE(sqs("InvalidAttributeValue"), "InvalidAttributeValue", 400),
  EMPTY_BATCH_REQUEST(sqs("EmptyBatchRequest"), old("EmptyBatchRequest"), 400),
  TOO_MANY_ENTRIES(sqs("TooManyEntriesInBatchRequest"), old("TooManyEntriesInBatchRequest"), 400),
  BATCH_IDS_NOT_DISTINCT(sqs("BatchEntryIdsNotDistinct"), old("BatchEntryIdsNotDistinct"), 400),
  INVALID_BATCH_ENTRY_ID(sqs("InvalidBatchEntryId"), old("InvalidBatchEntryId"), 400),
  BATCH_REQUEST_TOO_LONG(sqs("BatchRequestTooLong"), old("BatchRequestTooLong"), 400),
  UNSUPPORTED_OPERATION(sqs("UnsupportedOperation"), old("UnsupportedOperation"), 400),
  RESOURCE_NOT_FOUND(sqs("ResourceNotFoundException"), "ResourceNotFoundException", 404),
  INVALID_PARAMETER_VALUE(
      framework("InvalidParameterValueException"), "InvalidParameterValue", 400),
  MISSING_PARAMETER(framework("MissingRequiredParameterException"), "MissingParameter", 400);

  private final String shape;
  private final String queryCode;
  private final int status;

  ErrorKind(String shape, String queryCode, int status) {
    this.shape = shape;
    this.queryCode = queryCode;
    this.status = status;
  }

  /** The {@code __type} of the JSON error. */
  String shape() {
    return shape;
  }

  /** The code in the Query error and, with the fault, in x-amzn-query-error. */
  String queryCode() {
    return queryCode;
  }

  int status() {
    return status;
  }

  private static String sqs(String name) {
    return "com.amazonaws.sqs#" + name;
  }

  private static String framework(String name) {
    return "com.amazon.coral.service#" + name;
  }

  private static String old(String name) {
    return "AWS.SimpleQueueService." + name;
  }
}
