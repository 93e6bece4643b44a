package io.tern.node.api;

import io.tern.node.routing.QueueCounts;
import io.tern.protocols.TernException;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.QueueAttributes;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Queue attributes between callers and the catalogue: checked on the way in, completed on the way
 * out.
 */
final class QueueAttributeViews {
  private static final String VISIBLE = "ApproximateNumberOfMessages";
  private static final String IN_FLIGHT = "ApproximateNumberOfMessagesNotVisible";
  private static final String DELAYED = "ApproximateNumberOfMessagesDelayed";

  private QueueAttributeViews() {}

  /**
   * The attributes of a new queue, checked and normalised.
   *
   * @throws TernException the error of the first bad attribute
   */
  static SortedMap<String, String> normalised(
      String name, Map<String, String> given, String region) {
    return accepted(QueueAttributes.checkNew(name, documents(given, region)));
  }

  /**
   * The attributes to overwrite, checked and normalised.
   *
   * @throws TernException the error of the first bad attribute
   */
  static SortedMap<String, String> changes(
      QueueDefinition queue, Map<String, String> given, String region) {
    return accepted(QueueAttributes.checkChange(documents(given, region), isFifo(queue)));
  }

  /**
   * What CreateQueue was given, with the policy in the queue's own words where it says the same:
   * for the catalogue only the same text is the same policy.
   */
  static Map<String, String> alike(QueueDefinition existing, Map<String, String> given) {
    String policy = given.getOrDefault(QueueAttributes.POLICY, "");
    String known = existing.attributes().getOrDefault(QueueAttributes.POLICY, "");
    if (policy.isEmpty() || policy.equals(known) || !QueuePolicies.same(policy, known)) {
      return given;
    }
    Map<String, String> alike = new TreeMap<>(given);
    alike.put(QueueAttributes.POLICY, known);
    return alike;
  }

  /** The attributes given, with those that are documents checked and redrive in its stored form. */
  private static SortedMap<String, String> documents(Map<String, String> given, String region) {
    TreeMap<String, String> normal = new TreeMap<>(given);
    QueuePolicies.check(given.getOrDefault(QueueAttributes.POLICY, ""));
    normal.computeIfPresent(
        QueueAttributes.REDRIVE_POLICY, (name, text) -> RedrivePolicies.redrive(text, region));
    normal.computeIfPresent(
        QueueAttributes.REDRIVE_ALLOW_POLICY, (name, text) -> RedrivePolicies.allow(text, region));
    return normal;
  }

  static boolean isFifo(QueueDefinition queue) {
    return queue.attributes().containsKey(QueueAttributes.FIFO_QUEUE);
  }

  /** Whether a message without a deduplication id is known by its body. */
  static boolean deduplicatesByContent(QueueDefinition queue) {
    return "true".equals(queue.attributes().get(QueueAttributes.CONTENT_DEDUPLICATION));
  }

  /** Whether the same deduplication id in another group is another message. */
  static boolean deduplicatesPerGroup(QueueDefinition queue) {
    return QueueAttributes.SCOPE_GROUP.equals(
        queue.attributes().get(QueueAttributes.DEDUPLICATION_SCOPE));
  }

  private static SortedMap<String, String> accepted(QueueAttributes.Outcome outcome) {
    return switch (outcome) {
      case QueueAttributes.Outcome.Accepted accepted -> accepted.attributes();
      case QueueAttributes.Outcome.Refused refused ->
          throw new TernException(refused.code(), refused.detail());
    };
  }

  /**
   * Checks the names a caller asks for.
   *
   * @throws TernException INVALID_ATTRIBUTE_NAME for the first unknown one
   */
  static void checkWanted(List<String> names) {
    for (String name : names) {
      if (!QueueAttributes.isName(name)) {
        throw new TernException(
            ErrorCode.INVALID_ATTRIBUTE_NAME, QueueAttributes.unknownName(name));
      }
    }
  }

  /** True when the partition's leader must be asked. */
  static boolean wantsCounts(List<String> names) {
    return names.contains("All")
        || names.contains(VISIBLE)
        || names.contains(IN_FLIGHT)
        || names.contains(DELAYED);
  }

  /** What the caller sees of the attributes he asked for. */
  static SortedMap<String, String> view(
      QueueDefinition queue, String arn, QueueCounts counts, List<String> names) {
    SortedMap<String, String> all = QueueAttributes.shown(queue.attributes());
    all.put("QueueArn", arn);
    all.put("CreatedTimestamp", Long.toString(queue.createdMillis() / 1_000));
    all.put("LastModifiedTimestamp", Long.toString(queue.modifiedMillis() / 1_000));
    all.put(VISIBLE, Long.toString(counts.visible()));
    all.put(IN_FLIGHT, Long.toString(counts.inFlight()));
    all.put(DELAYED, Long.toString(counts.delayed()));
    if (!names.contains("All")) {
      all.keySet().retainAll(names);
    }
    return all;
  }

  /** How long a receive waits when it does not say. */
  static int waitSeconds(QueueDefinition queue) {
    return (int) QueueAttributes.number(queue.attributes(), QueueAttributes.RECEIVE_WAIT_SECONDS);
  }

  /** How long a received message stays hidden when the receive does not say. */
  static int visibilitySeconds(QueueDefinition queue) {
    return (int) QueueAttributes.number(queue.attributes(), QueueAttributes.VISIBILITY_TIMEOUT);
  }

  /** The longest message that the queue takes. */
  static int maximumMessageBytes(QueueDefinition queue) {
    return (int) QueueAttributes.number(queue.attributes(), QueueAttributes.MAXIMUM_MESSAGE_SIZE);
  }
}
