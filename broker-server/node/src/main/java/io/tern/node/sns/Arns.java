package io.tern.node.sns;

import static io.tern.node.sns.Refusals.invalid;

import io.tern.state.TopicName;
import io.tern.topics.envelope.SubscriptionArn;
import io.tern.topics.envelope.TopicArn;
import java.util.List;

/** Reads the ARNs of requests; what is wrong with one is told in SNS's order and words. */
final class Arns {
  private static final int LEAST_PARTS = 6;
  private static final int TOPIC_PARTS = 6;

  private Arns() {}

  /**
   * The topic that an ARN of this region names.
   *
   * @param parameter what the request calls it
   */
  static TopicName topic(String region, String parameter, String arn) {
    checkParts(parameter, arn);
    TopicArn parsed = TopicArn.parse(arn).orElseThrow(() -> invalid(parameter));
    checkRegion(region, parameter, parsed.region());
    return new TopicName(parsed.region(), parsed.account(), parsed.name());
  }

  /** The subscription that an ARN names. */
  static SubscriptionArn subscription(String arn) {
    checkParts("SubscriptionArn", arn);
    return SubscriptionArn.parse(arn).orElseThrow(() -> invalid("SubscriptionId"));
  }

  /** Whether the ARN is of a topic's form: a TargetArn may be one, or a device's. */
  static boolean isTopic(String arn) {
    return arn.split(":", -1).length == TOPIC_PARTS && arn.indexOf('/') < 0;
  }

  static void checkParts(String parameter, String arn) {
    int parts = parts(arn).size();
    if (parts < LEAST_PARTS) {
      throw invalid(
          parameter + " Reason: An ARN must have at least 6 elements, not " + parts);
    }
  }

  static void checkRegion(String region, String parameter, String found) {
    if (!found.equals(region)) {
      throw invalid(parameter);
    }
  }

  static List<String> parts(String arn) {
    return List.of(arn.split(":", -1));
  }
}
