package io.tern.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.sqs.javamessaging.AmazonSQSExtendedClient;
import com.amazon.sqs.javamessaging.ExtendedClientConfiguration;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * The Extended Client: payloads larger than 256 KiB go to S3 (a stand-in from npm), the queue
 * carries pointers. What was sent before the leader died is received and deleted after it, with
 * handles that carry the pointer too.
 */
final class ExtendedClientJob implements ClientJob {
  private static final int LARGE_BYTES = 400_000;
  private static final int COUNT = 3;
  private static final int MAX_RECEIVES = 30;

  private final ClientProcess s3Process;
  private final S3Client s3;
  private final String bucket;
  private final JobQueue queue;
  private final SqsClient extended;

  ExtendedClientJob(URI endpoint) {
    s3Process = ClientProcess.start("s3", List.of("node", "javascript/s3.cjs"));
    String[] said = words(s3Process);
    s3 = SdkSettings.s3(URI.create("http://127.0.0.1:" + said[0]));
    bucket = said[1];
    SqsClient plain = SdkSettings.sqs(endpoint);
    queue = JobQueue.standard(plain, "extended");
    extended =
        new AmazonSQSExtendedClient(
            plain, new ExtendedClientConfiguration().withPayloadSupportEnabled(s3, bucket));
  }

  @Override
  public void firstHalf() {
    for (String text : JobQueue.texts("a", COUNT)) {
      extended.sendMessage(r -> r.queueUrl(queue.url()).messageBody(large(text)));
    }
    assertThat(receiveAndDelete(COUNT)).containsExactlyInAnyOrderElementsOf(larges("a"));
    assertThat(objects()).isZero();
    extended.sendMessageBatch(r -> r.queueUrl(queue.url()).entries(entries("b")));
    assertThat(objects()).as("payloads are in S3").isEqualTo(COUNT);
    assertPointersInQueue();
  }

  @Override
  public void secondHalf() {
    extended.sendMessage(r -> r.queueUrl(queue.url()).messageBody("small"));
    Set<String> expected = new HashSet<>(larges("b"));
    expected.add("small");
    assertThat(receiveAndDelete(COUNT + 1)).isEqualTo(expected);
    queue.awaitEmpty();
    assertThat(objects()).as("payloads left in S3").isZero();
  }

  @Override
  public void close() throws IOException {
    extended.close();
    s3.close();
    s3Process.close();
  }

  private Set<String> receiveAndDelete(int distinct) {
    Set<String> bodies = new HashSet<>();
    for (int i = 0; i < MAX_RECEIVES && bodies.size() < distinct; i++) {
      List<Message> messages =
          extended
              .receiveMessage(
                  r -> r.queueUrl(queue.url()).maxNumberOfMessages(10).waitTimeSeconds(2))
              .messages();
      for (Message message : messages) {
        bodies.add(message.body());
        extended.deleteMessage(r -> r.queueUrl(queue.url()).receiptHandle(message.receiptHandle()));
      }
    }
    return bodies;
  }

  private void assertPointersInQueue() {
    List<Message> raw =
        queue.sqs().receiveMessage(r -> r.queueUrl(queue.url()).visibilityTimeout(0)).messages();
    assertThat(raw).isNotEmpty();
    assertThat(raw)
        .allSatisfy(
            message -> assertThat(message.body()).contains("PayloadS3Pointer").contains(bucket));
  }

  private int objects() {
    return s3.listObjectsV2(r -> r.bucket(bucket)).contents().size();
  }

  private static List<SendMessageBatchRequestEntry> entries(String prefix) {
    return IntStream.range(0, COUNT)
        .mapToObj(i ->
            SendMessageBatchRequestEntry.builder()
                .id("entry-" + i)
                .messageBody(larges(prefix).get(i))
                .build())
        .toList();
  }

  private static List<String> larges(String prefix) {
    return JobQueue.texts(prefix, COUNT).stream().map(ExtendedClientJob::large).toList();
  }

  private static String large(String text) {
    return text + "-".repeat(LARGE_BYTES);
  }

  private static String[] words(ClientProcess process) {
    try {
      return process.line().split(" ", -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
