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
  static SortedMap<String, String> normalised(String name, Map<String, String> given) {
    if (name.endsWith(".fifo")) {
      throw new TernException(
          ErrorCode.UNSUPPORTED_OPERATION, "FIFO queues are not supported yet.");
    }
    return accepted(QueueAttributes.checkNew(new TreeMap<>(given)));
  }

  /**
   * The attributes to overwrite, checked and normalised.
   *
   * @throws TernException the error of the first bad attribute
   */
  static SortedMap<String, String> changes(Map<String, String> given) {
    return accepted(QueueAttributes.checkChange(new TreeMap<>(given)));
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

  /** The longest message that the queue takes. */
  static int maximumMessageBytes(QueueDefinition queue) {
    return (int) QueueAttributes.number(queue.attributes(), QueueAttributes.MAXIMUM_MESSAGE_SIZE);
  }
}
