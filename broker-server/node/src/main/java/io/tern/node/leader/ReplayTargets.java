package io.tern.node.leader;

import io.tern.proto.content.TopicMessage;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicId;
import io.tern.state.topic.FanOutTarget;
import java.util.Optional;

/** Whether an archived message is for a subscription, and where it goes; routing implements it. */
@FunctionalInterface
public interface ReplayTargets {
  /** Empty when the subscription's filter leaves it out, or its queue is not there. */
  Optional<FanOutTarget> target(TopicId topic, SubscriptionId subscription, TopicMessage message);

  /**
   * Whether {@link #target} knows the subscription as of that revision. Before, everything would
   * seem to be left out.
   */
  default boolean knows(SubscriptionId subscription, long revision) {
    return true;
  }
}
