package io.tern.state.topic;

import io.tern.state.SubscriptionId;
import io.tern.state.TopicId;

/**
 * What a queue's row holds of a published message: a reference to its body in the same partition.
 *
 * @param body the number of the body among the topic's bodies in this partition
 * @param sequence a FIFO topic's own number of the message; {@link #NO_SEQUENCE} of others
 * @param protocol of the subscription
 * @param raw whether the subscriber gets the message without its envelope
 */
public record Notification(
    TopicId topic,
    long body,
    long sequence,
    SubscriptionId subscription,
    String protocol,
    boolean raw) {

  /** The sequence number of a standard topic's message. */
  public static final long NO_SEQUENCE = 0;
}
