package io.tern.state.catalogue;

import io.tern.state.MoveTarget;
import io.tern.state.QueueName;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.limits.QueueAttributes;
import io.tern.state.limits.QueueAttributes.Outcome.Refused;
import io.tern.state.limits.QueueSettings;
import io.tern.state.limits.QueueSettings.Redrive;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which dead-letter queue a queue may have and has; called by {@link QueueRules}. A policy
 * names its target; while there is no queue of that name, dead letters stay where they are.
 */
final class RedriveRules {
  private RedriveRules() {}

  /** Why the redrive policy among the checked attributes is refused, or null when it is not. */
  static @Nullable Refused refusal(
      CatalogueView state, QueueName queue, boolean fifo, SortedMap<String, String> checked) {
    String text = checked.getOrDefault(QueueAttributes.REDRIVE_POLICY, "");
    if (text.isEmpty()) {
      return null;
    }
    RedrivePolicy policy = RedrivePolicy.parse(text);
    QueueName name = policy == null ? null : policy.target();
    if (name == null) {
      return invalid(text, "Invalid value for deadLetterTargetArn.");
    }
    QueueDefinition target = state.queue(name);
    if (target == null) {
      return invalid(text, "Dead letter target does not exist.");
    }
    if (isFifo(target) != fifo) {
      return invalid(text, "Dead-letter queue must be same type of queue as the source.");
    }
    if (!target.name().account().equals(queue.account())) {
      return invalid(text, "Dead-letter queue must be owned by the same account as the source.");
    }
    if (!RedriveAllowPolicy.of(target.attributes()).allows(queue)) {
      return invalid(
          text,
          "The redrive allow policy of the dead-letter queue does not permit this source queue.");
    }
    return state.sources(name).size() >= Limits.DEAD_LETTER_SOURCES
        ? invalid(text, "Too many queues have this dead-letter queue.")
        : null;
  }

  /**
   * Like {@link #refusal}, for CreateQueue, which names a missing target like any missing queue.
   */
  static @Nullable Refused refusalOfNew(
      CatalogueView state, QueueName queue, boolean fifo, SortedMap<String, String> checked) {
    RedrivePolicy policy = RedrivePolicy.of(checked);
    QueueName target = policy == null ? null : policy.target();
    return target != null && state.queue(target) == null
        ? new Refused(ErrorCode.QUEUE_DOES_NOT_EXIST, "")
        : refusal(state, queue, fifo, checked);
  }

  /** What the queue's partition is to know of it. */
  static QueueSettings settings(CatalogueView state, QueueDefinition queue) {
    RedrivePolicy policy = RedrivePolicy.of(queue.attributes());
    QueueName name = policy == null ? null : policy.target();
    return settings(queue, name == null ? null : state.queue(name));
  }

  /** The same with the target given, which may not be in the state yet, or not any more. */
  static QueueSettings settings(QueueDefinition queue, @Nullable QueueDefinition target) {
    RedrivePolicy policy = RedrivePolicy.of(queue.attributes());
    Redrive redrive =
        policy == null || target == null || isFifo(target) != isFifo(queue)
            ? null
            : new Redrive(
                new MoveTarget(target.queue(), target.partition(), target.name()),
                policy.maxReceiveCount());
    return QueueSettings.of(queue.name(), queue.attributes(), redrive);
  }

  static boolean isFifo(QueueDefinition queue) {
    return queue.attributes().containsKey(QueueAttributes.FIFO_QUEUE);
  }

  private static Refused invalid(String policy, String reason) {
    return new Refused(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Value " + policy + " for parameter RedrivePolicy is invalid. Reason: " + reason);
  }
}
