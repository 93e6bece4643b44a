package io.tern.topics.policy;

import io.tern.state.TopicName;
import io.tern.topics.envelope.TopicArn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The attributes of topics: what may be set, in which form it is stored, and whether a topic that
 * is created again is the same. The API of topics uses it.
 */
public final class TopicAttributes {
  public static final String POLICY = "Policy";
  public static final String DISPLAY_NAME = "DisplayName";
  public static final String DELIVERY_POLICY = "DeliveryPolicy";
  public static final String FIFO_TOPIC = "FifoTopic";
  public static final String CONTENT_BASED_DEDUPLICATION = "ContentBasedDeduplication";
  public static final String FIFO_THROUGHPUT_SCOPE = "FifoThroughputScope";
  public static final String ARCHIVE_POLICY = "ArchivePolicy";
  public static final String SIGNATURE_VERSION = "SignatureVersion";
  public static final String TRACING_CONFIG = "TracingConfig";
  public static final String KMS_MASTER_KEY_ID = "KmsMasterKeyId";

  private static final String TRUE = "true";
  private static final String FALSE = "false";
  private static final Pattern FEEDBACK_ROLE =
      Pattern.compile("(HTTP|SQS|Lambda|Firehose|Application)(Success|Failure)FeedbackRoleArn");
  private static final Pattern FEEDBACK_RATE =
      Pattern.compile("(HTTP|SQS|Lambda|Firehose|Application)SuccessFeedbackSampleRate");
  private static final Pattern PERCENT = Pattern.compile("0*(100|[0-9]{1,2})");

  private TopicAttributes() {}

  /**
   * The attributes of CreateTopic as they are stored; checks the topic's name too.
   *
   * @return what was given in its normal form; an empty value, also of what is false of a standard
   *     topic, stands for none, but is another one to a topic that has one
   */
  public static Checked<SortedMap<String, String>> create(
      TopicName topic, Map<String, String> given) {
    Checked<String> fifo =
        Values.flag(AttributeCall.CREATE, FIFO_TOPIC, given.getOrDefault(FIFO_TOPIC, FALSE));
    Optional<Refusal> name =
        fifo.refusal().or(() -> TopicNames.check(topic.name(), fifo.equals(Checked.good(TRUE))));
    if (name.isPresent()) {
      return Checked.bad(name.get());
    }
    SortedMap<String, String> attributes = new TreeMap<>();
    for (Map.Entry<String, String> attribute : given.entrySet()) {
      if (attribute.getKey().equals(FIFO_TOPIC)) {
        continue;
      }
      Checked<String> value =
          check(AttributeCall.CREATE, topic, attribute.getKey(), attribute.getValue());
      switch (value) {
        case Checked.Bad<String> bad -> {
          return Checked.bad(bad.why());
        }
        case Checked.Good<String> good -> attributes.put(attribute.getKey(), good.value());
      }
    }
    if (TopicArn.isFifo(topic.name())) {
      attributes.put(FIFO_TOPIC, TRUE);
    }
    return Checked.good(attributes);
  }

  /**
   * The value of SetTopicAttributes as it is stored.
   *
   * @return empty to remove the attribute
   */
  public static Checked<String> set(TopicName topic, String name, String value) {
    return check(AttributeCall.SET, topic, name, value);
  }

  /**
   * Whether a topic that is created again is the one that is there: everything given was given
   * before, and alike; nothing given as nothing.
   *
   * @param given in the form of {@link #create}
   */
  public static boolean includes(
      TopicName topic, SortedMap<String, String> stored, SortedMap<String, String> given) {
    return given.entrySet().stream()
        .allMatch(attribute -> {
          String known = stored.get(attribute.getKey());
          if (known == null
              && attribute.getKey().equals(POLICY)
              && !attribute.getValue().isEmpty()) {
            known = TopicPolicy.defaultOf(topic);
          }
          return known == null
              ? attribute.getValue().isEmpty()
              : Json.same(known, attribute.getValue());
        });
  }

  private static Checked<String> check(
      AttributeCall call, TopicName topic, String name, String value) {
    boolean fifo = TopicArn.isFifo(topic.name());
    return switch (name) {
      case POLICY -> value.isEmpty() ? Checked.good("") : TopicPolicy.check(call, topic, value);
      case DISPLAY_NAME -> displayName(call, value);
      case DELIVERY_POLICY ->
          value.isEmpty() ? Checked.good("") : DeliveryPolicies.topic(call, value);
      case CONTENT_BASED_DEDUPLICATION -> contentBased(call, fifo, value);
      case FIFO_THROUGHPUT_SCOPE ->
          fifo
              ? Values.oneOf(call, name, value, List.of("Topic", "MessageGroup"))
              : notFifo(call, name);
      case ARCHIVE_POLICY -> fifo ? ArchivePolicies.check(call, value) : notFifo(call, name);
      case SIGNATURE_VERSION -> Values.oneOf(call, name, value, List.of("1", "2"));
      case TRACING_CONFIG ->
          fifo
              ? Checked.bad(call.refuse(name + ": can not be set for FIFO topics"))
              : Values.oneOf(call, name, value, List.of("PassThrough", "Active"));
      case KMS_MASTER_KEY_ID -> Checked.good(value);
      default -> feedback(call, name, value);
    };
  }

  private static Checked<String> displayName(AttributeCall call, String value) {
    boolean fine =
        value.codePointCount(0, value.length()) <= TopicLimits.DISPLAY_NAME_CHARACTERS
            && value.codePoints().noneMatch(Character::isISOControl);
    return fine
        ? Checked.good(value)
        : Checked.bad(
            call.refuse(
                DISPLAY_NAME
                    + ": must be at most "
                    + TopicLimits.DISPLAY_NAME_CHARACTERS
                    + " characters long and must not contain control characters"));
  }

  /** A standard topic may be told that it does not deduplicate. */
  private static Checked<String> contentBased(AttributeCall call, boolean fifo, String value) {
    Checked<String> flag =
        Values.flag(call, CONTENT_BASED_DEDUPLICATION, value.isEmpty() ? FALSE : value);
    if (fifo || flag.refusal().isPresent()) {
      return flag;
    }
    return flag.equals(Checked.good(FALSE))
        ? Checked.good("")
        : notFifo(call, CONTENT_BASED_DEDUPLICATION);
  }

  private static Checked<String> feedback(AttributeCall call, String name, String value) {
    if (FEEDBACK_ROLE.matcher(name).matches()) {
      return Checked.good(value);
    }
    if (FEEDBACK_RATE.matcher(name).matches()) {
      return value.isEmpty() || PERCENT.matcher(value).matches()
          ? Checked.good(value)
          : Checked.bad(
              call.refuse(name + ": " + value + " value provided is not an integer between 0-100"));
    }
    return switch (call) {
      case SET -> Checked.bad(Refusal.invalid("AttributeName"));
      case CREATE -> Checked.bad(call.refuse("Unknown attribute: " + name));
    };
  }

  private static Checked<String> notFifo(AttributeCall call, String name) {
    return Checked.bad(call.refuse(name + ": can only be set for FIFO topics"));
  }
}
