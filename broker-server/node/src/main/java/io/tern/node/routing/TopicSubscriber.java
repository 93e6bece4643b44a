package io.tern.node.routing;

import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.SubscriptionId;
import org.jspecify.annotations.Nullable;

/**
 * A confirmed subscription as {@link TopicMatcher} needs it.
 *
 * @param index its place among the topic's subscribers
 * @param queue the caller's queue, null when deliveries wait in a queue of their own
 * @param delivery that queue of their own, null for a caller's queue
 * @param home the partition of that one: the topic's
 * @param deadLetter the queue for what its target does not take, or null
 */
record TopicSubscriber(
    int index,
    SubscriptionId subscription,
    String protocol,
    boolean raw,
    @Nullable QueueName queue,
    @Nullable QueueId delivery,
    PartitionId home,
    @Nullable QueueName deadLetter) {}
