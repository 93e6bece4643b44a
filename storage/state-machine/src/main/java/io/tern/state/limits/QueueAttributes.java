package io.tern.state.limits;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of queues as callers name and write them: which there are, what values they take,
 * what holds when they are not set. Pure functions; the catalogue decides with them, the edge shows
 * with them.
 *
 * <p>Three forms of a map of attributes: <em>given</em> by a caller; <em>checked</em>, with values
 * in their one normal form and an empty value for one to be removed; <em>stored</em>, without those
 * that have their default.
 */
public final class QueueAttributes {
  public static final String DELAY_SECONDS = "DelaySeconds";
  public static final String MAXIMUM_MESSAGE_SIZE = "MaximumMessageSize";
  public static final String MESSAGE_RETENTION_PERIOD = "MessageRetentionPeriod";
  public static final String RECEIVE_WAIT_SECONDS = "ReceiveMessageWaitTimeSeconds";
  public static final String VISIBILITY_TIMEOUT = "VisibilityTimeout";
  public static final String POLICY = "Policy";
  public static final String REDRIVE_POLICY = "RedrivePolicy";
  public static final String REDRIVE_ALLOW_POLICY = "RedriveAllowPolicy";
  public static final String KMS_KEY = "KmsMasterKeyId";
  public static final String KMS_REUSE_SECONDS = "KmsDataKeyReusePeriodSeconds";
  public static final String MANAGED_SSE = "SqsManagedSseEnabled";
  public static final String FIFO_QUEUE = "FifoQueue";
  public static final String CONTENT_DEDUPLICATION = "ContentBasedDeduplication";
  public static final String DEDUPLICATION_SCOPE = "DeduplicationScope";
  public static final String FIFO_THROUGHPUT_LIMIT = "FifoThroughputLimit";

  /** What the name of a FIFO queue, and of no other, ends with. */
  public static final String FIFO_SUFFIX = ".fifo";

  public static final String SCOPE_QUEUE = "queue";
  public static final String SCOPE_GROUP = "messageGroup";
  public static final String LIMIT_PER_QUEUE = "perQueue";
  public static final String LIMIT_PER_GROUP = "perMessageGroupId";

  /** What a caller is told of a name that is none. */
  public static final String NAME_RULE =
      "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";

  /** What a caller is told of a name that is none of a FIFO queue. */
  public static final String FIFO_NAME_RULE =
      "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores,"
          + " must end with .fifo suffix and be 1 to 80 in length";

  /** What becomes of attributes that a caller gave. */
  public sealed interface Outcome {

    /** They are well formed; checked or stored, as the function says. */
    record Accepted(SortedMap<String, String> attributes) implements Outcome {}

    /** They are refused as a whole. */
    record Refused(ErrorCode code, String detail) implements Outcome {}
  }

  /** What holds when an attribute is not set; one that is not here is then absent. */
  private static final SortedMap<String, String> DEFAULTS =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(
                  DELAY_SECONDS, "0",
                  MAXIMUM_MESSAGE_SIZE, Integer.toString(Limits.MESSAGE_BYTES),
                  MESSAGE_RETENTION_PERIOD, "345600",
                  RECEIVE_WAIT_SECONDS, "0",
                  VISIBILITY_TIMEOUT, "30",
                  KMS_REUSE_SECONDS, "300",
                  MANAGED_SSE, "true")));

  /** Names that are told and cannot be set. */
  private static final Set<String> DERIVED =
      Set.of(
          "QueueArn",
          "CreatedTimestamp",
          "LastModifiedTimestamp",
          "ApproximateNumberOfMessages",
          "ApproximateNumberOfMessagesNotVisible",
          "ApproximateNumberOfMessagesDelayed");

  /** The same for attributes that only a FIFO queue has. */
  private static final SortedMap<String, String> FIFO_DEFAULTS =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(
                  CONTENT_DEDUPLICATION, "false",
                  DEDUPLICATION_SCOPE, SCOPE_QUEUE,
                  FIFO_THROUGHPUT_LIMIT, LIMIT_PER_QUEUE)));

  private static final Set<String> FIFO_ONLY =
      Set.of(FIFO_QUEUE, CONTENT_DEDUPLICATION, DEDUPLICATION_SCOPE, FIFO_THROUGHPUT_LIMIT);

  private static final Set<String> SETTABLE_WITHOUT_DEFAULT =
      Set.of(POLICY, REDRIVE_POLICY, REDRIVE_ALLOW_POLICY, KMS_KEY);

  private static final String BOTH_ENCRYPTIONS =
      "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS"
          + " SSE or SQS SSE.";

  private QueueAttributes() {}

  /** Checks what CreateQueue was given; the name says the kind of queue too. */
  public static Outcome checkNew(String queueName, SortedMap<String, String> given) {
    boolean fifo = "true".equalsIgnoreCase(given.get(FIFO_QUEUE));
    if (fifo != queueName.endsWith(FIFO_SUFFIX)) {
      return new Outcome.Refused(
          ErrorCode.INVALID_PARAMETER_VALUE, fifo ? FIFO_NAME_RULE : NAME_RULE);
    }
    return check(given, fifo);
  }

  /** Checks what SetQueueAttributes was given. */
  public static Outcome checkChange(SortedMap<String, String> given, boolean fifo) {
    String kind = given.get(FIFO_QUEUE);
    boolean other = kind != null && "true".equalsIgnoreCase(kind) != fifo;
    return other && (fifo || "true".equalsIgnoreCase(kind))
        ? new Outcome.Refused(
            ErrorCode.INVALID_ATTRIBUTE_VALUE,
            "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not"
                + " supported.")
        : check(given, fifo);
  }

  /** What is stored after the checked attributes are applied to the stored ones. */
  public static Outcome apply(SortedMap<String, String> stored, SortedMap<String, String> checked) {
    TreeMap<String, String> next = new TreeMap<>(stored);
    for (Map.Entry<String, String> entry : checked.entrySet()) {
      if (entry.getValue().isEmpty()
          || entry.getValue().equals(DEFAULTS.get(entry.getKey()))
          || entry.getValue().equals(FIFO_DEFAULTS.get(entry.getKey()))) {
        next.remove(entry.getKey());
      } else {
        next.put(entry.getKey(), entry.getValue());
      }
    }
    if (!checked.getOrDefault(KMS_KEY, "").isEmpty()) {
      next.put(MANAGED_SSE, "false");
    }
    if (LIMIT_PER_GROUP.equals(next.get(FIFO_THROUGHPUT_LIMIT))
        && !SCOPE_GROUP.equals(next.get(DEDUPLICATION_SCOPE))) {
      return new Outcome.Refused(
          ErrorCode.INVALID_ATTRIBUTE_VALUE,
          "Invalid value for the parameter FifoThroughputLimit. Reason: perMessageGroupId needs the"
              + " DeduplicationScope messageGroup.");
    }
    return next.containsKey(KMS_KEY) && !next.containsKey(MANAGED_SSE)
        ? new Outcome.Refused(ErrorCode.INVALID_ATTRIBUTE_NAME, BOTH_ENCRYPTIONS)
        : new Outcome.Accepted(Collections.unmodifiableSortedMap(next));
  }

  /** The first checked attribute whose value is not the queue's; a removal asks for nothing. */
  public static Optional<String> firstDifference(
      SortedMap<String, String> stored, SortedMap<String, String> checked) {
    for (Map.Entry<String, String> entry : checked.entrySet()) {
      String value = entry.getValue();
      if (!value.isEmpty() && !value.equals(value(stored, entry.getKey()))) {
        return Optional.of(entry.getKey());
      }
    }
    return Optional.empty();
  }

  /**
   * The attributes as GetQueueAttributes shows them: what is stored and the defaults. Counts, times
   * and the ARN are the caller's to add.
   */
  public static SortedMap<String, String> shown(SortedMap<String, String> stored) {
    TreeMap<String, String> shown = new TreeMap<>(DEFAULTS);
    shown.remove(KMS_REUSE_SECONDS);
    if (stored.containsKey(FIFO_QUEUE)) {
      shown.putAll(FIFO_DEFAULTS);
    }
    shown.putAll(stored);
    return shown;
  }

  /** Whether GetQueueAttributes may be asked for this name; {@code All} is one. */
  public static boolean isName(String name) {
    return name.equals("All")
        || DEFAULTS.containsKey(name)
        || SETTABLE_WITHOUT_DEFAULT.contains(name)
        || DERIVED.contains(name)
        || FIFO_ONLY.contains(name);
  }

  /** What a caller is told about a name that is none. */
  public static String unknownName(String name) {
    return "Unknown Attribute " + name + ".";
  }

  /** The value of an attribute that is a number and has a default. */
  public static long number(SortedMap<String, String> stored, String name) {
    String value = value(stored, name);
    if (value == null) {
      throw new IllegalArgumentException("Not an attribute with a default: " + name);
    }
    return Long.parseLong(value);
  }

  private static @Nullable String value(SortedMap<String, String> stored, String name) {
    String value = stored.get(name);
    String standard = DEFAULTS.get(name);
    return value != null ? value : standard != null ? standard : FIFO_DEFAULTS.get(name);
  }

  private static Outcome check(SortedMap<String, String> given, boolean fifo) {
    TreeMap<String, String> checked = new TreeMap<>();
    for (Map.Entry<String, String> entry : given.entrySet()) {
      String name = entry.getKey();
      Outcome.Refused refused = refusedName(name, fifo);
      if (refused != null) {
        return refused;
      }
      String normal = normal(name, entry.getValue());
      if (normal == null) {
        return new Outcome.Refused(
            ErrorCode.INVALID_ATTRIBUTE_VALUE, "Invalid value for the parameter " + name + ".");
      }
      checked.put(name, normal);
    }
    boolean both =
        !checked.getOrDefault(KMS_KEY, "").isEmpty() && "true".equals(checked.get(MANAGED_SSE));
    return both
        ? new Outcome.Refused(ErrorCode.INVALID_ATTRIBUTE_NAME, BOTH_ENCRYPTIONS)
        : new Outcome.Accepted(Collections.unmodifiableSortedMap(checked));
  }

  private static Outcome.@Nullable Refused refusedName(String name, boolean fifo) {
    if (fifo && FIFO_ONLY.contains(name)) {
      return null;
    }
    if (name.equals(DEDUPLICATION_SCOPE) || name.equals(FIFO_THROUGHPUT_LIMIT)) {
      return new Outcome.Refused(
          ErrorCode.INVALID_ATTRIBUTE_NAME,
          "You can specify the " + name + " only when FifoQueue is set to true.");
    }
    return DEFAULTS.containsKey(name) || SETTABLE_WITHOUT_DEFAULT.contains(name)
        ? null
        : new Outcome.Refused(ErrorCode.INVALID_ATTRIBUTE_NAME, unknownName(name));
  }

  /** The one form of a value, empty for a removal; null when it is not allowed. */
  private static @Nullable String normal(String name, String value) {
    return switch (name) {
      case DELAY_SECONDS -> number(value, 0, Limits.DELAY_MILLIS / 1_000);
      case MAXIMUM_MESSAGE_SIZE -> number(value, Limits.LEAST_MESSAGE_BYTES, Limits.MESSAGE_BYTES);
      case MESSAGE_RETENTION_PERIOD ->
          number(value, Limits.LEAST_RETENTION_SECONDS, Limits.RETENTION_SECONDS);
      case RECEIVE_WAIT_SECONDS -> number(value, 0, Limits.WAIT_MILLIS / 1_000);
      case VISIBILITY_TIMEOUT -> number(value, 0, Limits.VISIBILITY_MILLIS / 1_000);
      case KMS_REUSE_SECONDS ->
          number(value, Limits.LEAST_KEY_REUSE_SECONDS, Limits.KEY_REUSE_SECONDS);
      case MANAGED_SSE, FIFO_QUEUE, CONTENT_DEDUPLICATION -> flag(value);
      case DEDUPLICATION_SCOPE -> oneOf(value, SCOPE_QUEUE, SCOPE_GROUP);
      case FIFO_THROUGHPUT_LIMIT -> oneOf(value, LIMIT_PER_QUEUE, LIMIT_PER_GROUP);
      case KMS_KEY -> isWithin(value, Limits.KEY_NAME_BYTES) ? value : null;
      default -> isDocument(value) ? value : null;
    };
  }

  private static @Nullable String number(String value, long least, long most) {
    boolean digits = !value.isEmpty() && value.length() <= 10;
    for (int i = 0; i < value.length(); i++) {
      digits &= value.charAt(i) >= '0' && value.charAt(i) <= '9';
    }
    if (!digits) {
      return null;
    }
    long number = Long.parseLong(value);
    return number >= least && number <= most ? Long.toString(number) : null;
  }

  private static @Nullable String flag(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return lower.equals("true") || lower.equals("false") ? lower : null;
  }

  private static @Nullable String oneOf(String value, String one, String other) {
    return value.equals(one) || value.equals(other) ? value : null;
  }

  /** Empty, or looks like a JSON object; who enforces a policy parses it. */
  private static boolean isDocument(String value) {
    String text = value.strip();
    return value.isEmpty()
        || (text.startsWith("{") && text.endsWith("}") && isWithin(value, Limits.POLICY_BYTES));
  }

  /** Whether the text is at most so long in UTF-8. */
  private static boolean isWithin(String value, int mostBytes) {
    long bytes = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes <= mostBytes;
  }
}
