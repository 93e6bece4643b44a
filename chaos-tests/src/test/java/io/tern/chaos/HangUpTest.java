package io.tern.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A caller may go while he waits for messages: nothing waits for him any more, nothing failed. */
class HangUpTest {
  private static final String BODY =
      "{\"QueueUrl\":\"http://x/000000000000/left\",\"WaitTimeSeconds\":20}";

  private static final String REQUEST =
      """
      POST / HTTP/1.1\r
      Host: x\r
      Content-Type: application/x-amz-json-1.0\r
      X-Amz-Target: AmazonSQS.ReceiveMessage\r
      Content-Length: %d\r
      \r
      %s\
      """
          .formatted(BODY.length(), BODY);

  /** Found by the first chaos run: each was logged as a fault of ours, with a stack trace. */
  @Test
  void aCallerWhoHangsUpWhileHeWaitsIsNoFault() throws IOException {
    try (TernCluster cluster = TernCluster.start(ClusterSpec.ofNodes("hang-up", 1));
        SqsClient sqs = SdkClient.of(cluster.endpoints().getFirst())) {
      NodeProcess node = cluster.node(0);
      sqs.createQueue(r -> r.queueName("left"));
      try (Socket socket = new RawHttp(cluster.endpoints().getFirst()).connect()) {
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.ISO_8859_1));
        awaitParkedPolls(node, "1.0");
      }
      awaitParkedPolls(node, "0.0");
      // A request that is counted has been answered, or would have been.
      await("the call is counted")
          .atMost(Duration.ofSeconds(20))
          .until(() ->
              node.metrics().contains("tern_requests_seconds_count{")
                  && node.metrics().contains("operation=\"ReceiveMessage\""));
      assertThat(node.metrics()).doesNotContain("InternalFailure");
      assertThat(Files.readString(node.log())).doesNotContain("a request failed");
    }
  }

  private static void awaitParkedPolls(NodeProcess node, String count) {
    await(count + " polls wait")
        .atMost(Duration.ofSeconds(20))
        .until(() -> node.metrics().contains("tern_parked_polls " + count));
  }
}
