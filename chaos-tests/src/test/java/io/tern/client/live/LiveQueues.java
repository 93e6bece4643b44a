package io.tern.client.live;

import io.tern.client.TernClient;
import io.tern.proto.sqs.CreateQueueRequest;
import io.tern.proto.sqs.GetQueueAttributesRequest;
import io.tern.proto.sqs.SqsGrpc;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** New queues for the tests of this package, and what servers count in them. */
final class LiveQueues {
  private static final AtomicInteger LAST = new AtomicInteger();

  private LiveQueues() {}

  static String standard(TernClient client) {
    return create(client, "live-" + LAST.incrementAndGet(), Map.of());
  }

  static String fifo(TernClient client) {
    return create(client, "live-" + LAST.incrementAndGet() + ".fifo", Map.of("FifoQueue", "true"));
  }

  /** Messages that may be received now. */
  static int visible(TernClient client, String queueUrl) {
    return count(client, queueUrl, "ApproximateNumberOfMessages");
  }

  /** Messages that somebody has. */
  static int inFlight(TernClient client, String queueUrl) {
    return count(client, queueUrl, "ApproximateNumberOfMessagesNotVisible");
  }

  private static int count(TernClient client, String queueUrl, String name) {
    GetQueueAttributesRequest request =
        GetQueueAttributesRequest.newBuilder()
            .setQueueUrl(queueUrl)
            .addAttributeNames(name)
            .build();
    return Integer.parseInt(
        client.call(SqsGrpc.getGetQueueAttributesMethod(), request).getAttributesOrThrow(name));
  }

  private static String create(TernClient client, String name, Map<String, String> attributes) {
    CreateQueueRequest request =
        CreateQueueRequest.newBuilder().setQueueName(name).putAllAttributes(attributes).build();
    return client.call(SqsGrpc.getCreateQueueMethod(), request).getQueueUrl();
  }
}
