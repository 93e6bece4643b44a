package io.tern.conformance;

import java.util.Map;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The three counts of a queue, as GetQueueAttributes tells them. */
record QueueCounts(int visible, int inFlight, int delayed) {
  static QueueCounts of(Deployment service, String queueUrl) {
    Map<QueueAttributeName, String> attributes =
        service
            .sqs()
            .getQueueAttributes(r ->
                r.queueUrl(queueUrl)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
            .attributes();
    return new QueueCounts(
        number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
        number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
        number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
  }

  private static int number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
    String value = attributes.get(name);
    if (value == null) {
      throw new AssertionError(name + " is missing");
    }
    return Integer.parseInt(value);
  }
}
