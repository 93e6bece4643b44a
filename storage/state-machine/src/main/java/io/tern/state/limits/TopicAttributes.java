package io.tern.state.limits;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The attributes of topics as callers name them: which there are, which may be set, what holds when
 * they are not. Pure functions; the catalogue decides with them, the edge checks and shows with
 * them.
 */
public final class TopicAttributes {
  public static final String TOPIC_ARN = "TopicArn";
  public static final String OWNER = "Owner";
  public static final String SUBSCRIPTIONS_CONFIRMED = "SubscriptionsConfirmed";
  public static final String SUBSCRIPTIONS_PENDING = "SubscriptionsPending";
  public static final String SUBSCRIPTIONS_DELETED = "SubscriptionsDeleted";
  public static final String EFFECTIVE_DELIVERY_POLICY = "EffectiveDeliveryPolicy";
  public static final String BEGINNING_ARCHIVE_TIME = "BeginningArchiveTime";

  public static final String POLICY = "Policy";
  public static final String DISPLAY_NAME = "DisplayName";
  public static final String DELIVERY_POLICY = "DeliveryPolicy";
  public static final String FIFO_TOPIC = "FifoTopic";
  public static final String CONTENT_DEDUPLICATION = "ContentBasedDeduplication";
  public static final String THROUGHPUT_SCOPE = "FifoThroughputScope";
  public static final String ARCHIVE_POLICY = "ArchivePolicy";
  public static final String SIGNATURE_VERSION = "SignatureVersion";
  public static final String TRACING = "TracingConfig";
  public static final String KMS_KEY = "KmsMasterKeyId";

  /** Kept with the attributes; told and set by operations of its own. */
  public static final String DATA_PROTECTION_POLICY = "DataProtectionPolicy";

  /** What the name of a FIFO topic, and of no other, ends with. */
  public static final String FIFO_SUFFIX = ".fifo";

  public static final String SCOPE_TOPIC = "Topic";
  public static final String SCOPE_GROUP = "MessageGroup";

  /** Whose deliveries are reported, each with the three names of {@link #FEEDBACK}. */
  public static final Set<String> FEEDBACK_PROTOCOLS =
      Set.of("HTTP", "SQS", "Lambda", "Firehose", "Application");

  /** Ends of the names of feedback attributes. */
  public static final Set<String> FEEDBACK =
      Set.of("SuccessFeedbackRoleArn", "SuccessFeedbackSampleRate", "FailureFeedbackRoleArn");

  /** Names that SetTopicAttributes takes. */
  public static final Set<String> SETTABLE =
      Stream.concat(
              Stream.of(
                  POLICY,
                  DISPLAY_NAME,
                  DELIVERY_POLICY,
                  CONTENT_DEDUPLICATION,
                  THROUGHPUT_SCOPE,
                  ARCHIVE_POLICY,
                  SIGNATURE_VERSION,
                  TRACING,
                  KMS_KEY),
              FEEDBACK_PROTOCOLS.stream()
                  .flatMap(protocol -> FEEDBACK.stream().map(end -> protocol + end)))
          .collect(Collectors.toUnmodifiableSet());

  /** Names that only FIFO topics have. */
  public static final Set<String> FIFO_ONLY =
      Set.of(FIFO_TOPIC, CONTENT_DEDUPLICATION, THROUGHPUT_SCOPE, ARCHIVE_POLICY);

  /** What a repeated CreateTopic may give although it was never set. */
  private static final Map<String, String> SAME_AS_ABSENT =
      Map.of(FIFO_TOPIC, "false", CONTENT_DEDUPLICATION, "false");

  private TopicAttributes() {}

  /** What is stored of checked attributes: an empty value stands for none. */
  public static SortedMap<String, String> stored(SortedMap<String, String> checked) {
    TreeMap<String, String> stored = new TreeMap<>(checked);
    stored.values().removeIf(String::isEmpty);
    stored.remove(FIFO_TOPIC, "false");
    return Collections.unmodifiableSortedMap(stored);
  }

  /** Whether a repeated CreateTopic asks for nothing that the stored attributes are not. */
  public static boolean includes(
      SortedMap<String, String> stored, SortedMap<String, String> given) {
    return given.entrySet().stream()
        .allMatch(entry -> {
          String value = entry.getValue();
          String known = stored.get(entry.getKey());
          return known == null
              ? value.isEmpty() || value.equals(SAME_AS_ABSENT.get(entry.getKey()))
              : known.equals(value);
        });
  }

  public static boolean isFifo(SortedMap<String, String> stored) {
    return "true".equals(stored.get(FIFO_TOPIC));
  }
}
