package io.tern.client.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.chaos.ClusterSpec;
import io.tern.chaos.TernCluster;
import io.tern.client.TernClient;
import io.tern.client.TernClientException;
import io.tern.proto.sns.CreateTopicRequest;
import io.tern.proto.sns.SnsGrpc;
import io.tern.proto.sqs.GetQueueUrlRequest;
import io.tern.proto.sqs.ReceiveMessageRequest;
import io.tern.proto.sqs.SendMessageRequest;
import io.tern.proto.sqs.SqsGrpc;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Operations through the client, and what becomes of them when nodes are gone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnaryTest {
  private final TernCluster cluster = TernCluster.start(ClusterSpec.ofNodes("client-unary", 1));
  private final String node = cluster.grpcTargets().get(0);
  private final TernClient client = TernClient.builder().endpoints(node).build();

  @AfterAll
  void close() {
    client.close();
    cluster.close();
  }

  @Test
  void queuesAndTopicsAreServed() {
    String queue = LiveQueues.standard(client);
    assertThat(
            client
                .call(
                    SqsGrpc.getSendMessageMethod(),
                    SendMessageRequest.newBuilder()
                        .setQueueUrl(queue)
                        .setMessageBody("hello")
                        .build())
                .getMessageId())
        .isNotEmpty();
    ReceiveMessageRequest receive =
        ReceiveMessageRequest.newBuilder().setQueueUrl(queue).setWaitTimeSeconds(5).build();
    assertThat(client.callAsync(SqsGrpc.getReceiveMessageMethod(), receive))
        .succeedsWithin(10, TimeUnit.SECONDS)
        .satisfies(answer -> assertThat(answer.getMessages(0).getBody()).isEqualTo("hello"));
    assertThat(
            client
                .call(
                    SnsGrpc.getCreateTopicMethod(),
                    CreateTopicRequest.newBuilder().setName("news").build())
                .getTopicArn())
        .endsWith(":news");
  }

  @Test
  void anErrorHasItsCodeAndIsNotTriedAgain() {
    GetQueueUrlRequest unknown = GetQueueUrlRequest.newBuilder().setQueueName("none").build();
    assertThatThrownBy(() -> client.call(SqsGrpc.getGetQueueUrlMethod(), unknown))
        .isInstanceOfSatisfying(
            TernClientException.class,
            error -> {
              assertThat(error.code()).contains("NonExistentQueue");
              assertThat(error.retryable()).isFalse();
            });
  }

  @Test
  void anEndpointThatIsGoneIsPassedOver() {
    // Ports below 10 are nobody's on a machine of today.
    try (TernClient other =
        TernClient.builder().endpoints("127.0.0.1:1", node, "127.0.0.1:2").build()) {
      for (int i = 0; i < 4; i++) {
        assertThat(LiveQueues.standard(other)).contains("live-");
      }
    }
  }

  @Test
  void nobodyThereIsToldWithinTheDeadline() {
    try (TernClient alone =
        TernClient.builder().endpoints("127.0.0.1:1").deadline(Duration.ofSeconds(2)).build()) {
      assertThatThrownBy(() -> LiveQueues.standard(alone))
          .isInstanceOfSatisfying(
              TernClientException.class,
              error -> {
                assertThat(error.code()).isEqualTo(TernClientException.UNAVAILABLE);
                assertThat(error.retryable()).isTrue();
              });
    }
  }

  @Test
  void whatIsUnderWayEndsWhenTheClientCloses() {
    TernClient closing = TernClient.builder().endpoints(node).build();
    String queue = LiveQueues.standard(closing);
    ReceiveMessageRequest waits =
        ReceiveMessageRequest.newBuilder().setQueueUrl(queue).setWaitTimeSeconds(20).build();
    CompletableFuture<?> receive = closing.callAsync(SqsGrpc.getReceiveMessageMethod(), waits);
    closing.close();
    assertThat(receive)
        .failsWithin(5, TimeUnit.SECONDS)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(TernClientException.class);
  }
}
