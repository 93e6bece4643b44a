package io.tern.state.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.QueueName;
import io.tern.state.limits.QueueAttributes;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one form in which a redrive policy is stored. */
class RedrivePolicyTest {
  private static final String DEAD = "arn:aws:sqs:eu-west-1:000000000000:dead";
  private static final String NORMAL =
      "{\"deadLetterTargetArn\":\"" + DEAD + "\",\"maxReceiveCount\":5}";

  @Test
  void readsAndWritesTheNormalForm() {
    RedrivePolicy policy = RedrivePolicy.parse(NORMAL);
    assertThat(policy).isEqualTo(new RedrivePolicy(DEAD, 5));
    assertThat(new RedrivePolicy(DEAD, 5).text()).isEqualTo(NORMAL);
    assertThat(new RedrivePolicy(DEAD, 5).target())
        .isEqualTo(new QueueName("000000000000", "dead"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 999, 1_000})
  void everyCountComesBack(int count) {
    RedrivePolicy policy = new RedrivePolicy(DEAD, count);
    assertThat(RedrivePolicy.parse(policy.text())).isEqualTo(policy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "{\"maxReceiveCount\":5,\"deadLetterTargetArn\":\"x\"}",
        "{\"deadLetterTargetArn\":\"x\"}",
        "{\"deadLetterTargetArn\":\"x\",\"maxReceiveCount\":}",
        "{\"deadLetterTargetArn\":\"x\",\"maxReceiveCount\":-1}",
        "{\"deadLetterTargetArn\":\"x\",\"maxReceiveCount\":\"5\"}",
        "{\"deadLetterTargetArn\":\"x\",\"maxReceiveCount\":5.0}",
        "{\"deadLetterTargetArn\":\"x\",\"maxReceiveCount\":99999}",
        "{\"deadLetterTargetArn\":\"x\",\"maxReceiveCount\":5",
        "{ \"deadLetterTargetArn\":\"x\",\"maxReceiveCount\":5}"
      })
  void anyOtherTextIsNone(String text) {
    assertThat(RedrivePolicy.parse(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dead",
        "arn:aws:sqs:eu-west-1:000000000000",
        "arn:aws:sns:eu-west-1:000000000000:dead",
        "arn:aws:sqs:eu-west-1::dead",
        "arn:aws:sqs:eu-west-1:000000000000:",
        "arn:aws:sqs:eu-west-1:000000000000:dead:more",
        "urn:aws:sqs:eu-west-1:000000000000:dead"
      })
  void whatIsNoArnOfAQueueNamesNone(String arn) {
    assertThat(RedrivePolicy.queueOf(arn)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"arn:aws:sqs:x:1:q", "arn:aws-cn:sqs:x:1:q", "arn:aws-us-gov:sqs:x:1:q"})
  void thePartitionOfAnArnFollowsItsRegion(String arn) {
    assertThat(RedrivePolicy.queueOf(arn)).isEqualTo(new QueueName("1", "q"));
  }

  @Test
  void anEmptyAttributeIsNoPolicy() {
    assertThat(RedrivePolicy.of(new TreeMap<>())).isNull();
    assertThat(RedrivePolicy.of(new TreeMap<>(Map.of(QueueAttributes.REDRIVE_POLICY, ""))))
        .isNull();
    assertThat(RedrivePolicy.of(new TreeMap<>(Map.of(QueueAttributes.REDRIVE_POLICY, NORMAL))))
        .isEqualTo(new RedrivePolicy(DEAD, 5));
  }
}
