package io.tern.chaos.history;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was asked of the cluster. Queues and topics are named, not addressed. */
public sealed interface Call {
  /** The queue or topic that it concerns. */
  String target();

  /**
   * One message; an entry of a batch is a call of its own.
   *
   * @param group null for a standard queue
   * @param deduplicationId null when content decides, or for a standard queue
   */
  record Send(
      String target,
      String body,
      int delaySeconds,
      @Nullable String group,
      @Nullable String deduplicationId)
      implements Call {}

  /**
   * @param visibilitySeconds asked for with the call, or the queue's own
   */
  record Receive(String target, int maxMessages, int visibilitySeconds, int waitSeconds)
      implements Call {}

  record Delete(String target, String messageId, String receipt) implements Call {}

  record ChangeVisibility(String target, String messageId, String receipt, int visibilitySeconds)
      implements Call {}

  record Purge(String target) implements Call {}

  /**
   * @param target the dead-letter queue
   * @param destination null: back where each message came from
   */
  record StartMove(String target, @Nullable String destination) implements Call {}

  /**
   * @param attributes name to string value
   */
  record Publish(
      String target,
      String body,
      Map<String, String> attributes,
      @Nullable String group,
      @Nullable String deduplicationId)
      implements Call {}

  record CreateQueue(String target, Map<String, String> attributes) implements Call {}

  record DeleteQueue(String target) implements Call {}

  record SetAttribute(String target, String name, String value) implements Call {}

  /** Answered by {@link Answer.Value}, of null when there is no such queue or topic. */
  record GetAttribute(String target, String name) implements Call {}

  record CreateTopic(String target) implements Call {}

  record DeleteTopic(String target) implements Call {}
}
