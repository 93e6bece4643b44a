package io.tern.conformance.grpc;

import static io.tern.conformance.grpc.GrpcFailures.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.tern.conformance.Deployment;
import io.tern.conformance.OnEachDeployment;
import io.tern.proto.sns.CreateTopicRequest;
import io.tern.proto.sns.GetTopicAttributesRequest;
import io.tern.proto.sns.PublishRequest;
import io.tern.proto.sns.SnsGrpc;
import io.tern.proto.sns.SubscribeRequest;
import io.tern.proto.sqs.CreateQueueRequest;
import io.tern.proto.sqs.DeleteMessageRequest;
import io.tern.proto.sqs.MessageAttributeValue;
import io.tern.proto.sqs.ReceiveMessageRequest;
import io.tern.proto.sqs.SendMessageRequest;
import io.tern.proto.sqs.SendMessageResult;
import io.tern.proto.sqs.SqsGrpc;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Single calls over gRPC, and the AWS SDK on the same queues. */
@OnEachDeployment
class UnaryTest {
  private static final int PATIENT_SECONDS = 15;

  private final Deployment service;

  UnaryTest(Deployment service) {
    this.service = service;
  }

  @Test
  void bothApisShareAQueue() {
    String url =
        sqs()
            .createQueue(
                CreateQueueRequest.newBuilder().setQueueName(service.newName("grpc")).build())
            .getQueueUrl();
    SendMessageResult sent =
        sqs()
            .sendMessage(
                SendMessageRequest.newBuilder()
                    .setQueueUrl(url)
                    .setMessageBody("over gRPC")
                    .putMessageAttributes(
                        "kind",
                        MessageAttributeValue.newBuilder()
                            .setDataType("String")
                            .setStringValue("good")
                            .build())
                    .build());

    // The SDK checks the digests as well.
    List<Message> received =
        service
            .sqs()
            .receiveMessage(r ->
                r.queueUrl(url)
                    .waitTimeSeconds(PATIENT_SECONDS)
                    .visibilityTimeout(0)
                    .messageAttributeNames("All"))
            .messages();
    assertThat(received)
        .singleElement()
        .satisfies(message -> {
          assertThat(message.messageId()).isEqualTo(sent.getMessageId());
          assertThat(message.body()).isEqualTo("over gRPC");
          assertThat(message.messageAttributes())
              .hasEntrySatisfying(
                  "kind", value -> assertThat(value.stringValue()).isEqualTo("good"));
        });

    io.tern.proto.sqs.Message again = receive(url);
    assertThat(again.getMessageId()).isEqualTo(sent.getMessageId());
    delete(url, again.getReceiptHandle());
    assertThat(service.sqs().receiveMessage(r -> r.queueUrl(url)).messages()).isEmpty();
  }

  @Test
  void theAccessKeyOfTheMetadataIsTheSender() {
    String url = service.newQueue("sender");
    Metadata metadata = new Metadata();
    metadata.put(Metadata.Key.of("tern-access-key", Metadata.ASCII_STRING_MARSHALLER), "AKIDGRPC");
    var _ =
        SqsGrpc.newBlockingStub(
                ClientInterceptors.intercept(
                    service.grpc(), MetadataUtils.newAttachHeadersInterceptor(metadata)))
            .sendMessage(
                SendMessageRequest.newBuilder().setQueueUrl(url).setMessageBody("mine").build());

    assertThat(
            service
                .sqs()
                .receiveMessage(r ->
                    r.queueUrl(url)
                        .waitTimeSeconds(PATIENT_SECONDS)
                        .messageSystemAttributeNames(MessageSystemAttributeName.SENDER_ID))
                .messages())
        .singleElement()
        .satisfies(message ->
            assertThat(message.attributes())
                .containsEntry(MessageSystemAttributeName.SENDER_ID, "AKIDGRPC"));
  }

  @Test
  void aTopicReachesAQueue() {
    String url = service.newQueue("topic-target");
    String name = service.newName("grpc-topic");
    SnsGrpc.SnsBlockingStub sns = SnsGrpc.newBlockingStub(service.grpc());
    String topic =
        sns.createTopic(CreateTopicRequest.newBuilder().setName(name).build()).getTopicArn();
    String queueArn =
        "arn:aws:sqs:us-east-1:000000000000:" + url.substring(url.lastIndexOf('/') + 1);
    var _ =
        sns.subscribe(
            SubscribeRequest.newBuilder()
                .setTopicArn(topic)
                .setProtocol("sqs")
                .setEndpoint(queueArn)
                .putAttributes("RawMessageDelivery", "true")
                .build());
    var _ = sns.publish(PublishRequest.newBuilder().setTopicArn(topic).setMessage("news").build());

    assertThat(receive(url).getBody()).isEqualTo("news");
  }

  @Test
  void errorsHaveAStatusAndTheCodeOfAws() {
    String url = service.newQueue("errors");
    String missing = url + "-missing";
    refused(
        Status.Code.NOT_FOUND,
        "AWS.SimpleQueueService.NonExistentQueue",
        () -> sqs().sendMessage(message(missing, "to nobody")));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "MissingParameter",
        () -> sqs().sendMessage(message(url, "")));
    assertThat(
            refused(
                Status.Code.INVALID_ARGUMENT,
                "InvalidParameterValue",
                () ->
                    sqs()
                        .receiveMessage(
                            ReceiveMessageRequest.newBuilder()
                                .setQueueUrl(url)
                                .setMaxNumberOfMessages(11)
                                .build())))
        .contains("11");
    refused(
        Status.Code.NOT_FOUND,
        "NotFound",
        () ->
            SnsGrpc.newBlockingStub(service.grpc())
                .getTopicAttributes(
                    GetTopicAttributesRequest.newBuilder()
                        .setTopicArn("arn:aws:sns:us-east-1:000000000000:not-there")
                        .build()));
  }

  @Test
  void anErrorThatRepeatsALongTextStillArrives() {
    String url = service.newQueue("long-error");
    assertThat(
            refused(
                Status.Code.INVALID_ARGUMENT,
                "ReceiptHandleIsInvalid",
                () ->
                    sqs()
                        .deleteMessage(
                            DeleteMessageRequest.newBuilder()
                                .setQueueUrl(url)
                                .setReceiptHandle("x".repeat(100_000))
                                .build())))
        .endsWith("...");
  }

  @Test
  void aCallerThatIsGoneTakesNoMessage() throws Exception {
    String url = service.newQueue("gone");
    Context.CancellableContext context = Context.current().withCancellation();
    var waiting =
        context.call(() ->
            SqsGrpc.newFutureStub(service.grpc())
                .receiveMessage(
                    ReceiveMessageRequest.newBuilder()
                        .setQueueUrl(url)
                        .setWaitTimeSeconds(20)
                        .build()));
    context.cancel(null);
    assertThat(waiting).failsWithin(PATIENT_SECONDS, TimeUnit.SECONDS);

    var _ = sqs().sendMessage(message(url, "for another"));
    assertThat(receive(url).getBody()).isEqualTo("for another");
  }

  private SqsGrpc.SqsBlockingStub sqs() {
    return SqsGrpc.newBlockingStub(service.grpc());
  }

  private void delete(String url, String handle) {
    var _ =
        sqs()
            .deleteMessage(
                DeleteMessageRequest.newBuilder()
                    .setQueueUrl(url)
                    .setReceiptHandle(handle)
                    .build());
  }

  private static SendMessageRequest message(String url, String body) {
    return SendMessageRequest.newBuilder().setQueueUrl(url).setMessageBody(body).build();
  }

  private io.tern.proto.sqs.Message receive(String url) {
    List<io.tern.proto.sqs.Message> messages =
        sqs()
            .receiveMessage(
                ReceiveMessageRequest.newBuilder()
                    .setQueueUrl(url)
                    .setWaitTimeSeconds(PATIENT_SECONDS)
                    .build())
            .getMessagesList();
    assertThat(messages).hasSize(1);
    return messages.getFirst();
  }
}
