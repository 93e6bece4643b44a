package io.tern.conformance;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.services.sqs.model.ListMessageMoveTasksResultEntry;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.BatchRequestTooLongException;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sqs.model.InvalidAttributeNameException;
import software.amazon.awssdk.services.sqs.model.InvalidAttributeValueException;
import software.amazon.awssdk.services.sqs.model.InvalidBatchEntryIdException;
import software.amazon.awssdk.services.sqs.model.InvalidMessageContentsException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageNotInflightException;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.OverLimitException;
import software.amazon.awssdk.services.sqs.model.PurgeQueueInProgressException;
import software.amazon.awssdk.services.sqs.model.QueueDeletedRecentlyException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;
import software.amazon.awssdk.services.sqs.model.UnsupportedOperationException;

/** What the first Java SDK has in other shapes than the second, translated for {@link OldSdk}. */
final class OldShapes {
  private static final String SERVICE = "AWS.SimpleQueueService.";

  /** Which exception of the new SDK a code of Query stands for; any other is a plain one. */
  private static final Map<String, Supplier<? extends SqsException.Builder>> BY_CODE =
      Map.ofEntries(
          Map.entry(SERVICE + "NonExistentQueue", QueueDoesNotExistException::builder),
          Map.entry(SERVICE + "QueueDeletedRecently", QueueDeletedRecentlyException::builder),
          Map.entry(SERVICE + "PurgeQueueInProgress", PurgeQueueInProgressException::builder),
          Map.entry(SERVICE + "MessageNotInflight", MessageNotInflightException::builder),
          Map.entry(SERVICE + "EmptyBatchRequest", EmptyBatchRequestException::builder),
          Map.entry(
              SERVICE + "TooManyEntriesInBatchRequest",
              TooManyEntriesInBatchRequestException::builder),
          Map.entry(
              SERVICE + "BatchEntryIdsNotDistinct", BatchEntryIdsNotDistinctException::builder),
          Map.entry(SERVICE + "InvalidBatchEntryId", InvalidBatchEntryIdException::builder),
          Map.entry(SERVICE + "BatchRequestTooLong", BatchRequestTooLongException::builder),
          Map.entry(SERVICE + "UnsupportedOperation", UnsupportedOperationException::builder),
          Map.entry("QueueAlreadyExists", QueueNameExistsException::builder),
          Map.entry("OverLimit", OverLimitException::builder),
          Map.entry("ReceiptHandleIsInvalid", ReceiptHandleIsInvalidException::builder),
          Map.entry("InvalidMessageContents", InvalidMessageContentsException::builder),
          Map.entry("InvalidAttributeName", InvalidAttributeNameException::builder),
          Map.entry("InvalidAttributeValue", InvalidAttributeValueException::builder),
          Map.entry("ResourceNotFoundException", ResourceNotFoundException::builder));

  private OldShapes() {}

  static RuntimeException failure(AmazonServiceException old) {
    Supplier<? extends SqsException.Builder> builder =
        BY_CODE.getOrDefault(old.getErrorCode(), SqsException::builder);
    return builder
        .get()
        .message(old.getErrorMessage())
        .statusCode(old.getStatusCode())
        .requestId(old.getRequestId())
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode(old.getErrorCode())
                .errorMessage(old.getErrorMessage())
                .serviceName(old.getServiceName())
                .build())
        .cause(old)
        .build();
  }

  static com.amazonaws.services.sqs.model.SendMessageRequest send(SendMessageRequest request) {
    return new com.amazonaws.services.sqs.model.SendMessageRequest(
            request.queueUrl(), request.messageBody())
        .withDelaySeconds(request.delaySeconds())
        .withMessageAttributes(each(request.messageAttributes(), OldShapes::attribute))
        .withMessageSystemAttributes(
            each(request.messageSystemAttributesAsStrings(), OldShapes::systemAttribute))
        .withMessageGroupId(request.messageGroupId())
        .withMessageDeduplicationId(request.messageDeduplicationId());
  }

  static com.amazonaws.services.sqs.model.SendMessageBatchRequestEntry sendEntry(
      SendMessageBatchRequestEntry entry) {
    return new com.amazonaws.services.sqs.model.SendMessageBatchRequestEntry(
            entry.id(), entry.messageBody())
        .withDelaySeconds(entry.delaySeconds())
        .withMessageAttributes(each(entry.messageAttributes(), OldShapes::attribute))
        .withMessageSystemAttributes(
            each(entry.messageSystemAttributesAsStrings(), OldShapes::systemAttribute))
        .withMessageGroupId(entry.messageGroupId())
        .withMessageDeduplicationId(entry.messageDeduplicationId());
  }

  static SendMessageBatchResultEntry sentEntry(
      com.amazonaws.services.sqs.model.SendMessageBatchResultEntry old) {
    return SendMessageBatchResultEntry.builder()
        .id(old.getId())
        .messageId(old.getMessageId())
        .md5OfMessageBody(old.getMD5OfMessageBody())
        .md5OfMessageAttributes(old.getMD5OfMessageAttributes())
        .md5OfMessageSystemAttributes(old.getMD5OfMessageSystemAttributes())
        .sequenceNumber(old.getSequenceNumber())
        .build();
  }

  static com.amazonaws.services.sqs.model.DeleteMessageBatchRequestEntry deleteEntry(
      DeleteMessageBatchRequestEntry entry) {
    return new com.amazonaws.services.sqs.model.DeleteMessageBatchRequestEntry(
        entry.id(), entry.receiptHandle());
  }

  static DeleteMessageBatchResultEntry deletedEntry(
      com.amazonaws.services.sqs.model.DeleteMessageBatchResultEntry old) {
    return DeleteMessageBatchResultEntry.builder().id(old.getId()).build();
  }

  static com.amazonaws.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry changeEntry(
      ChangeMessageVisibilityBatchRequestEntry entry) {
    return new com.amazonaws.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry(
            entry.id(), entry.receiptHandle())
        .withVisibilityTimeout(entry.visibilityTimeout());
  }

  static ChangeMessageVisibilityBatchResultEntry changedEntry(
      com.amazonaws.services.sqs.model.ChangeMessageVisibilityBatchResultEntry old) {
    return ChangeMessageVisibilityBatchResultEntry.builder().id(old.getId()).build();
  }

  static List<BatchResultErrorEntry> failures(
      List<com.amazonaws.services.sqs.model.BatchResultErrorEntry> old) {
    return old.stream()
        .map(entry ->
            BatchResultErrorEntry.builder()
                .id(entry.getId())
                .senderFault(entry.getSenderFault())
                .code(entry.getCode())
                .message(entry.getMessage())
                .build())
        .toList();
  }

  /** The old SDK has one name for what the new one has two for; tests use both. */
  @SuppressWarnings("deprecation")
  static List<String> systemAttributeNames(ReceiveMessageRequest request) {
    return Stream.concat(
            request.attributeNamesAsStrings().stream(),
            request.messageSystemAttributeNamesAsStrings().stream())
        .distinct()
        .toList();
  }

  static Message message(com.amazonaws.services.sqs.model.Message old) {
    return Message.builder()
        .messageId(old.getMessageId())
        .receiptHandle(old.getReceiptHandle())
        .md5OfBody(old.getMD5OfBody())
        .body(old.getBody())
        .attributesWithStrings(old.getAttributes())
        .md5OfMessageAttributes(old.getMD5OfMessageAttributes())
        .messageAttributes(each(old.getMessageAttributes(), OldShapes::newAttribute))
        .build();
  }

  static software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry moveTask(
      ListMessageMoveTasksResultEntry old) {
    return software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry.builder()
        .taskHandle(old.getTaskHandle())
        .status(old.getStatus())
        .sourceArn(old.getSourceArn())
        .destinationArn(old.getDestinationArn())
        .maxNumberOfMessagesPerSecond(old.getMaxNumberOfMessagesPerSecond())
        .approximateNumberOfMessagesMoved(old.getApproximateNumberOfMessagesMoved())
        .approximateNumberOfMessagesToMove(old.getApproximateNumberOfMessagesToMove())
        .failureReason(old.getFailureReason())
        .startedTimestamp(old.getStartedTimestamp())
        .build();
  }

  private static com.amazonaws.services.sqs.model.MessageAttributeValue attribute(
      MessageAttributeValue value) {
    return new com.amazonaws.services.sqs.model.MessageAttributeValue()
        .withDataType(value.dataType())
        .withStringValue(value.stringValue())
        .withBinaryValue(buffer(value.binaryValue()));
  }

  private static com.amazonaws.services.sqs.model.MessageSystemAttributeValue systemAttribute(
      MessageSystemAttributeValue value) {
    return new com.amazonaws.services.sqs.model.MessageSystemAttributeValue()
        .withDataType(value.dataType())
        .withStringValue(value.stringValue())
        .withBinaryValue(buffer(value.binaryValue()));
  }

  private static MessageAttributeValue newAttribute(
      com.amazonaws.services.sqs.model.MessageAttributeValue old) {
    MessageAttributeValue.Builder value =
        MessageAttributeValue.builder()
            .dataType(old.getDataType())
            .stringValue(old.getStringValue());
    return old.getBinaryValue() == null
        ? value.build()
        : value.binaryValue(SdkBytes.fromByteBuffer(old.getBinaryValue())).build();
  }

  private static @Nullable ByteBuffer buffer(@Nullable SdkBytes bytes) {
    return bytes == null ? null : bytes.asByteBuffer();
  }

  private static <K, V, W> Map<K, W> each(Map<K, V> map, Function<V, W> translate) {
    Map<K, W> translated = new LinkedHashMap<>();
    map.forEach((key, value) -> translated.put(key, translate.apply(value)));
    return translated;
  }
}
