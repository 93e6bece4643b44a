/**
 * The Java client of Tern, over gRPC. {@link io.tern.client.TernClient} is the way in: it carries
 * out the operations of queues and topics, and makes a {@link io.tern.client.Producer} or a {@link
 * io.tern.client.Consumer} of a queue. It needs Java 17 and nothing of the server.
 *
 * <p>A complete program, started with the addresses of some nodes, each as {@code host:port}:
 *
 * <pre>{@code
 * import io.tern.client.Consumer;
 * import io.tern.client.OutgoingMessage;
 * import io.tern.client.Producer;
 * import io.tern.client.TernClient;
 * import io.tern.proto.sqs.CreateQueueRequest;
 * import io.tern.proto.sqs.SqsGrpc;
 * import java.time.Duration;
 * import java.util.concurrent.CountDownLatch;
 *
 * public final class Orders {
 *   public static void main(String[] nodes) throws InterruptedException {
 *     try (TernClient client = TernClient.builder().endpoints(nodes).build()) {
 *       String orders =
 *           client
 *               .call(
 *                   SqsGrpc.getCreateQueueMethod(),
 *                   CreateQueueRequest.newBuilder().setQueueName("orders").build())
 *               .getQueueUrl();
 *
 *       try (Producer producer = client.producer(orders).linger(Duration.ofMillis(2)).build()) {
 *         for (int number = 1; number <= 100; number++) {
 *           producer
 *               .send(OutgoingMessage.of("order " + number).withAttribute("shop", "Berlin"))
 *               .whenComplete(
 *                   (sent, error) -> {
 *                     if (error != null) {
 *                       System.err.println("not sent: " + error);
 *                     }
 *                   });
 *         }
 *       } // Closing waits until every message is durable or has failed.
 *
 *       CountDownLatch handled = new CountDownLatch(100);
 *       try (Consumer consumer = client.consumer(orders).build()) {
 *         consumer.handle(
 *             message -> {
 *               System.out.println(message.body());
 *               handled.countDown();
 *             },
 *             8);
 *         handled.await();
 *       } // Closing lets handlers finish, and gives back what was not handled.
 *     }
 *   }
 * }
 * }</pre>
 */
@NullMarked
package io.tern.client;

import org.jspecify.annotations.NullMarked;
