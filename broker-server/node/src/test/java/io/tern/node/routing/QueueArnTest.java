package io.tern.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.QueueName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ARNs of queues. */
class QueueArnTest {
  private static final QueueName ORDERS = new QueueName("000000000000", "orders.fifo");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:sqs:us-east-1:000000000000:orders.fifo",
        "arn:aws-cn:sqs:cn-north-1:000000000000:orders.fifo",
        "arn:aws-us-gov:sqs:us-gov-west-1:000000000000:orders.fifo",
      })
  void anArnIsReadAndWritten(String arn) {
    assertThat(QueueArn.parse(arn).map(QueueArn::text)).contains(arn);
    assertThat(QueueArn.parse(arn).map(QueueArn::queue)).contains(ORDERS);
  }

  @Test
  void whatIsNoneOfAQueueIsEmpty() {
    assertThat(QueueArn.parse("orders")).isEmpty();
    assertThat(QueueArn.parse("arn:aws:sns:us-east-1:000000000000:orders")).isEmpty();
    assertThat(QueueArn.parse("arn:aws:sqs:us-east-1:000000000000:orders:x")).isEmpty();
    assertThat(QueueArn.parse("arn:aws:sqs:us-east-1:000000000000:or\"ders")).isEmpty();
  }
}
