package io.tern.topics.policy;

import io.tern.state.TopicName;
import io.tern.topics.envelope.SubscriptionArn;
import io.tern.topics.envelope.TopicArn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** ARNs that requests name; what they name may still not exist. The API calls it first of all. */
public final class ArnChecks {
  private static final int ARN_PARTS = 6;
  private static final int ENDPOINT_SLASHES = 3;

  private ArnChecks() {}

  /**
   * A topic of the region that the request is for.
   *
   * @param parameter what the request calls it: TopicArn, ResourceArn, TargetArn
   */
  public static Checked<TopicName> topic(String parameter, @Nullable String arn, String region) {
    Optional<Refusal> shape = shape(parameter, arn);
    if (arn == null || shape.isPresent()) {
      return Checked.bad(shape.orElseGet(() -> missing(parameter)));
    }
    return TopicArn.parse(arn)
        .filter(topic -> topic.region().equals(region))
        .map(Checked::good)
        .orElseGet(() -> Checked.bad(Refusal.invalid(parameter)));
  }

  /** A subscription of any region: its topic says which. */
  public static Checked<SubscriptionArn> subscription(String parameter, @Nullable String arn) {
    Optional<Refusal> shape = shape(parameter, arn);
    if (arn == null || shape.isPresent()) {
      return Checked.bad(shape.orElseGet(() -> missing(parameter)));
    }
    return SubscriptionArn.parse(arn)
        .map(Checked::good)
        .orElseGet(
            () -> Checked.bad(Refusal.invalid(isTopicFirst(arn) ? "SubscriptionId" : parameter)));
  }

  /** A platform endpoint's ARN, as far as its slashes tell. */
  public static Optional<Refusal> endpoint(String parameter, @Nullable String arn) {
    Optional<Refusal> shape = shape(parameter, arn);
    if (arn == null || shape.isPresent()) {
      return shape;
    }
    String relative = arn.split(":", ARN_PARTS)[ARN_PARTS - 1];
    boolean wrong = relative.chars().filter(c -> c == '/').count() != ENDPOINT_SLASHES;
    return wrong
        ? Optional.of(
            Refusal.invalid(
                parameter + " Reason: Wrong number of slashes in relative portion of the ARN."))
        : Optional.empty();
  }

  /** Whether anything of the form of an ARN was given at all. */
  public static Optional<Refusal> shape(String parameter, @Nullable String arn) {
    if (arn == null) {
      return Optional.of(missing(parameter));
    }
    int parts = arn.split(":", -1).length;
    return parts < ARN_PARTS
        ? Optional.of(
            Refusal.invalid(
                parameter + " Reason: An ARN must have at least 6 elements, not " + parts))
        : Optional.empty();
  }

  private static Refusal missing(String parameter) {
    return Refusal.invalid(parameter + " Reason: no value for required parameter");
  }

  private static boolean isTopicFirst(String arn) {
    String[] parts = arn.split(":", -1);
    return parts[2].equals("sns") && !parts[ARN_PARTS - 1].isEmpty();
  }
}
