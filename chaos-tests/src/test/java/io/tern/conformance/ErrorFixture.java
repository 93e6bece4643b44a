package io.tern.conformance;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The queues, messages and handles that the rows of {@link ErrorsTest} speak about. Some rows hold
 * for a minute after a purge or a deletion, so a fixture is made anew before it is half as old.
 */
final class ErrorFixture {
  private static final long FRESH_NANOS = 20_000_000_000L;

  private final Map<String, String> values = new LinkedHashMap<>();

  /** The newest fixture of one deployment. */
  private static final class Newest {
    private @Nullable ErrorFixture fixture;
    private long madeNanos;

    synchronized ErrorFixture get(Deployment service) {
      ErrorFixture known = fixture;
      if (known == null || System.nanoTime() - madeNanos > FRESH_NANOS) {
        madeNanos = System.nanoTime();
        known = new ErrorFixture(service);
        fixture = known;
      }
      return known;
    }
  }

  /** A fixture that is not old. */
  static ErrorFixture of(Deployment service) {
    return service.once(Newest.class, _ -> new Newest()).get(service);
  }

  private ErrorFixture(Deployment service) {
    String queue = service.newQueue("errors");
    String small =
        service.newQueue("small", Map.of(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1024"));
    String other = service.newQueue("errorsother");
    String purged = service.newQueue("errorspurged");
    String deleted = service.newQueue("errorsdeleted");
    service.sqs().purgeQueue(r -> r.queueUrl(purged));
    service.sqs().deleteQueue(r -> r.queueUrl(deleted));
    String gone = receiveNew(service, queue);
    service.sqs().deleteMessage(r -> r.queueUrl(queue).receiptHandle(gone));

    values.put("{queue}", queue);
    values.put("{name}", nameOf(queue));
    values.put("{small}", small);
    values.put("{purged}", purged);
    values.put("{purgedName}", nameOf(purged));
    values.put("{deletedName}", nameOf(deleted));
    values.put("{missing}", queue + "-missing");
    values.put("{missingName}", nameOf(queue) + "-missing");
    values.put("{handle}", receiveNew(service, queue));
    values.put("{deletedHandle}", gone);
    values.put("{foreignHandle}", receiveNew(service, other));
    values.put("{arn}", "arn:aws:sqs:us-east-1:000000000000:" + nameOf(queue));
    addFifo(service);
    addTasks(service);
    service
        .sqs()
        .addPermission(r ->
            r.queueUrl(queue).label("there").awsAccountIds("111111111111").actions("SendMessage"));
    values.put("{80}", "x".repeat(80));
    values.put("{1024}", "x".repeat(1024));
    values.put("{512Ki}", "x".repeat(524_288));
    values.put("{1Mi}", "x".repeat(1_048_576));
  }

  String fill(String text) {
    String filled = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace(value.getKey(), value.getValue());
    }
    return filled;
  }

  /** A FIFO queue with a handle and an attempt that are over, because both were tried again. */
  private void addFifo(Deployment service) {
    TestQueue fifo = TestQueue.fifo(service, "errors");
    fifo.send("g", "m");
    Message older =
        fifo.receive(r -> r.receiveRequestAttemptId("attempt").visibilityTimeout(0)).getFirst();
    fifo.next();
    values.put("{fifo}", fifo.url());
    values.put("{expiredHandle}", older.receiptHandle());
  }

  /** A dead-letter queue, and one whose task takes longer than the cases. */
  private void addTasks(Deployment service) {
    TestQueue dead = TestQueue.standard(service, "errorsdead");
    TestQueue.standard(service, "errorssource").redrive(dead, 1);
    TestQueue busy = TestQueue.standard(service, "errorsbusy");
    TestQueue destination = TestQueue.standard(service, "errorsdestination");
    destination.redrive(busy, 1);
    for (int i = 0; i < 90; i++) {
      busy.send("m");
    }
    service
        .sqs()
        .startMessageMoveTask(r ->
            r.sourceArn(busy.arn())
                .destinationArn(destination.arn())
                .maxNumberOfMessagesPerSecond(1));
    values.put("{deadArn}", dead.arn());
    values.put("{busyArn}", busy.arn());
    values.put("{unknownTask}", taskHandle(dead.arn()));
    values.put("{taskOfMissing}", taskHandle(dead.arn() + "-missing"));
  }

  private static String taskHandle(String sourceArn) {
    String inside =
        "{\"taskId\":\"11111111-2222-3333-4444-555555555555\",\"sourceArn\":\"" + sourceArn + "\"}";
    return Base64.getEncoder().encodeToString(inside.getBytes(StandardCharsets.UTF_8));
  }

  private static String receiveNew(Deployment service, String url) {
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("m"));
    return service
        .sqs()
        .receiveMessage(r -> r.queueUrl(url).visibilityTimeout(3600).waitTimeSeconds(5))
        .messages()
        .getFirst()
        .receiptHandle();
  }

  private static String nameOf(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
