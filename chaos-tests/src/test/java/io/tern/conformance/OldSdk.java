package io.tern.conformance;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.AmazonWebServiceRequest;
import com.amazonaws.ClientConfiguration;
import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.AmazonSQSClientBuilder;
import java.net.URI;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.AddPermissionRequest;
import software.amazon.awssdk.services.sqs.model.AddPermissionResponse;
import software.amazon.awssdk.services.sqs.model.CancelMessageMoveTaskRequest;
import software.amazon.awssdk.services.sqs.model.CancelMessageMoveTaskResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.DeleteQueueRequest;
import software.amazon.awssdk.services.sqs.model.DeleteQueueResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.ListDeadLetterSourceQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListDeadLetterSourceQueuesResponse;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksRequest;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResponse;
import software.amazon.awssdk.services.sqs.model.ListQueueTagsRequest;
import software.amazon.awssdk.services.sqs.model.ListQueueTagsResponse;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;
import software.amazon.awssdk.services.sqs.model.PurgeQueueResponse;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.RemovePermissionRequest;
import software.amazon.awssdk.services.sqs.model.RemovePermissionResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskRequest;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskResponse;
import software.amazon.awssdk.services.sqs.model.TagQueueRequest;
import software.amazon.awssdk.services.sqs.model.TagQueueResponse;
import software.amazon.awssdk.services.sqs.model.UntagQueueRequest;
import software.amazon.awssdk.services.sqs.model.UntagQueueResponse;

/**
 * The first Java SDK, in its last release that speaks Query, behind the interface of the second:
 * {@link Deployments} hands it to the same cases. It only translates; {@link OldShapes} has what
 * both SDKs have in different shapes.
 */
final class OldSdk implements SqsClient {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 30_000;

  private final AmazonSQS old;

  private OldSdk(AmazonSQS old) {
    this.old = old;
  }

  /** A client that tries once: what the server answers is what the test sees. */
  static SqsClient of(URI endpoint) {
    return new OldSdk(
        AmazonSQSClientBuilder.standard()
            .withEndpointConfiguration(new EndpointConfiguration(endpoint.toString(), "us-east-1"))
            .withCredentials(
                new AWSStaticCredentialsProvider(new BasicAWSCredentials("test", "test")))
            .withClientConfiguration(
                new ClientConfiguration()
                    .withMaxErrorRetry(0)
                    .withConnectionTimeout(CONNECT_MILLIS)
                    .withSocketTimeout(READ_MILLIS))
            .build());
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    old.shutdown();
  }

  @Override
  public AddPermissionResponse addPermission(AddPermissionRequest request) {
    call(
        old::addPermission,
        new com.amazonaws.services.sqs.model.AddPermissionRequest(
            request.queueUrl(), request.label(), request.awsAccountIds(), request.actions()));
    return AddPermissionResponse.builder().build();
  }

  @Override
  public RemovePermissionResponse removePermission(RemovePermissionRequest request) {
    call(
        old::removePermission,
        new com.amazonaws.services.sqs.model.RemovePermissionRequest(
            request.queueUrl(), request.label()));
    return RemovePermissionResponse.builder().build();
  }

  @Override
  public CreateQueueResponse createQueue(CreateQueueRequest request) {
    var created =
        call(
            old::createQueue,
            new com.amazonaws.services.sqs.model.CreateQueueRequest(request.queueName())
                .withAttributes(request.attributesAsStrings())
                .withTags(request.tags()));
    return CreateQueueResponse.builder().queueUrl(created.getQueueUrl()).build();
  }

  @Override
  public DeleteQueueResponse deleteQueue(DeleteQueueRequest request) {
    call(
        old::deleteQueue,
        new com.amazonaws.services.sqs.model.DeleteQueueRequest(request.queueUrl()));
    return DeleteQueueResponse.builder().build();
  }

  @Override
  public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
    var found =
        call(
            old::getQueueUrl,
            new com.amazonaws.services.sqs.model.GetQueueUrlRequest(request.queueName())
                .withQueueOwnerAWSAccountId(request.queueOwnerAWSAccountId()));
    return GetQueueUrlResponse.builder().queueUrl(found.getQueueUrl()).build();
  }

  @Override
  public ListQueuesResponse listQueues(ListQueuesRequest request) {
    var found =
        call(
            old::listQueues,
            new com.amazonaws.services.sqs.model.ListQueuesRequest(request.queueNamePrefix())
                .withMaxResults(request.maxResults())
                .withNextToken(request.nextToken()));
    return ListQueuesResponse.builder()
        .queueUrls(found.getQueueUrls())
        .nextToken(found.getNextToken())
        .build();
  }

  @Override
  public ListDeadLetterSourceQueuesResponse listDeadLetterSourceQueues(
      ListDeadLetterSourceQueuesRequest request) {
    var found =
        call(
            old::listDeadLetterSourceQueues,
            new com.amazonaws.services.sqs.model.ListDeadLetterSourceQueuesRequest()
                .withQueueUrl(request.queueUrl())
                .withMaxResults(request.maxResults())
                .withNextToken(request.nextToken()));
    return ListDeadLetterSourceQueuesResponse.builder()
        .queueUrls(found.getQueueUrls())
        .nextToken(found.getNextToken())
        .build();
  }

  @Override
  public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
    var found =
        call(
            old::getQueueAttributes,
            new com.amazonaws.services.sqs.model.GetQueueAttributesRequest(
                request.queueUrl(), request.attributeNamesAsStrings()));
    return GetQueueAttributesResponse.builder()
        .attributesWithStrings(found.getAttributes())
        .build();
  }

  @Override
  public SetQueueAttributesResponse setQueueAttributes(SetQueueAttributesRequest request) {
    call(
        old::setQueueAttributes,
        new com.amazonaws.services.sqs.model.SetQueueAttributesRequest(
            request.queueUrl(), request.attributesAsStrings()));
    return SetQueueAttributesResponse.builder().build();
  }

  @Override
  public PurgeQueueResponse purgeQueue(PurgeQueueRequest request) {
    call(
        old::purgeQueue,
        new com.amazonaws.services.sqs.model.PurgeQueueRequest(request.queueUrl()));
    return PurgeQueueResponse.builder().build();
  }

  @Override
  public TagQueueResponse tagQueue(TagQueueRequest request) {
    call(
        old::tagQueue,
        new com.amazonaws.services.sqs.model.TagQueueRequest(request.queueUrl(), request.tags()));
    return TagQueueResponse.builder().build();
  }

  @Override
  public UntagQueueResponse untagQueue(UntagQueueRequest request) {
    call(
        old::untagQueue,
        new com.amazonaws.services.sqs.model.UntagQueueRequest(
            request.queueUrl(), request.tagKeys()));
    return UntagQueueResponse.builder().build();
  }

  @Override
  public ListQueueTagsResponse listQueueTags(ListQueueTagsRequest request) {
    var found =
        call(
            old::listQueueTags,
            new com.amazonaws.services.sqs.model.ListQueueTagsRequest(request.queueUrl()));
    return ListQueueTagsResponse.builder().tags(found.getTags()).build();
  }

  @Override
  public SendMessageResponse sendMessage(SendMessageRequest request) {
    var sent = call(old::sendMessage, OldShapes.send(request));
    return SendMessageResponse.builder()
        .messageId(sent.getMessageId())
        .md5OfMessageBody(sent.getMD5OfMessageBody())
        .md5OfMessageAttributes(sent.getMD5OfMessageAttributes())
        .md5OfMessageSystemAttributes(sent.getMD5OfMessageSystemAttributes())
        .sequenceNumber(sent.getSequenceNumber())
        .build();
  }

  @Override
  public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
    var sent =
        call(
            old::sendMessageBatch,
            new com.amazonaws.services.sqs.model.SendMessageBatchRequest(
                request.queueUrl(), request.entries().stream().map(OldShapes::sendEntry).toList()));
    return SendMessageBatchResponse.builder()
        .successful(sent.getSuccessful().stream().map(OldShapes::sentEntry).toList())
        .failed(OldShapes.failures(sent.getFailed()))
        .build();
  }

  @Override
  public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
    var received =
        call(
            old::receiveMessage,
            new com.amazonaws.services.sqs.model.ReceiveMessageRequest(request.queueUrl())
                .withAttributeNames(OldShapes.systemAttributeNames(request))
                .withMessageAttributeNames(request.messageAttributeNames())
                .withMaxNumberOfMessages(request.maxNumberOfMessages())
                .withVisibilityTimeout(request.visibilityTimeout())
                .withWaitTimeSeconds(request.waitTimeSeconds())
                .withReceiveRequestAttemptId(request.receiveRequestAttemptId()));
    return ReceiveMessageResponse.builder()
        .messages(received.getMessages().stream().map(OldShapes::message).toList())
        .build();
  }

  @Override
  public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
    call(
        old::deleteMessage,
        new com.amazonaws.services.sqs.model.DeleteMessageRequest(
            request.queueUrl(), request.receiptHandle()));
    return DeleteMessageResponse.builder().build();
  }

  @Override
  public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
    var deleted =
        call(
            old::deleteMessageBatch,
            new com.amazonaws.services.sqs.model.DeleteMessageBatchRequest(
                request.queueUrl(),
                request.entries().stream().map(OldShapes::deleteEntry).toList()));
    return DeleteMessageBatchResponse.builder()
        .successful(deleted.getSuccessful().stream().map(OldShapes::deletedEntry).toList())
        .failed(OldShapes.failures(deleted.getFailed()))
        .build();
  }

  @Override
  public ChangeMessageVisibilityResponse changeMessageVisibility(
      ChangeMessageVisibilityRequest request) {
    call(
        old::changeMessageVisibility,
        new com.amazonaws.services.sqs.model.ChangeMessageVisibilityRequest(
            request.queueUrl(), request.receiptHandle(), request.visibilityTimeout()));
    return ChangeMessageVisibilityResponse.builder().build();
  }

  @Override
  public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
      ChangeMessageVisibilityBatchRequest request) {
    var changed =
        call(
            old::changeMessageVisibilityBatch,
            new com.amazonaws.services.sqs.model.ChangeMessageVisibilityBatchRequest(
                request.queueUrl(),
                request.entries().stream().map(OldShapes::changeEntry).toList()));
    return ChangeMessageVisibilityBatchResponse.builder()
        .successful(changed.getSuccessful().stream().map(OldShapes::changedEntry).toList())
        .failed(OldShapes.failures(changed.getFailed()))
        .build();
  }

  @Override
  public StartMessageMoveTaskResponse startMessageMoveTask(StartMessageMoveTaskRequest request) {
    var started =
        call(
            old::startMessageMoveTask,
            new com.amazonaws.services.sqs.model.StartMessageMoveTaskRequest()
                .withSourceArn(request.sourceArn())
                .withDestinationArn(request.destinationArn())
                .withMaxNumberOfMessagesPerSecond(request.maxNumberOfMessagesPerSecond()));
    return StartMessageMoveTaskResponse.builder().taskHandle(started.getTaskHandle()).build();
  }

  @Override
  public CancelMessageMoveTaskResponse cancelMessageMoveTask(CancelMessageMoveTaskRequest request) {
    var cancelled =
        call(
            old::cancelMessageMoveTask,
            new com.amazonaws.services.sqs.model.CancelMessageMoveTaskRequest()
                .withTaskHandle(request.taskHandle()));
    return CancelMessageMoveTaskResponse.builder()
        .approximateNumberOfMessagesMoved(cancelled.getApproximateNumberOfMessagesMoved())
        .build();
  }

  @Override
  public ListMessageMoveTasksResponse listMessageMoveTasks(ListMessageMoveTasksRequest request) {
    var found =
        call(
            old::listMessageMoveTasks,
            new com.amazonaws.services.sqs.model.ListMessageMoveTasksRequest()
                .withSourceArn(request.sourceArn())
                .withMaxResults(request.maxResults()));
    return ListMessageMoveTasksResponse.builder()
        .results(found.getResults().stream().map(OldShapes::moveTask).toList())
        .build();
  }

  /** One call of the old SDK; what it throws becomes what the new one would throw. */
  private static <I extends AmazonWebServiceRequest, O> O call(
      Function<I, O> operation, I request) {
    try {
      return operation.apply(request);
    } catch (AmazonServiceException e) {
      throw OldShapes.failure(e);
    }
  }
}
