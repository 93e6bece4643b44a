package io.tern.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The queues, messages and handles that the rows of {@link ErrorsTest} speak about. */
final class ErrorFixture {
  private final Map<String, String> values = new LinkedHashMap<>();

  ErrorFixture(Deployment service) {
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
