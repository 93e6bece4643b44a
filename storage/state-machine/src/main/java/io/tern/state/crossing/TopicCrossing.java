package io.tern.state.crossing;

import io.tern.state.Bytes;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicId;
import io.tern.state.limits.TopicSettings;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.Replay;
import java.util.List;

/** What of topics one partition hands over to another. */
public sealed interface TopicCrossing extends Crossing {

  /** The destination is to be the topic's home, or to use its newer settings. */
  record InstallTopic(TopicId topic, long version, TopicSettings settings)
      implements TopicCrossing {}

  /** The destination is to forget this topic. */
  record RemoveTopic(TopicId topic) implements TopicCrossing {}

  /** The destination is to begin this replay. */
  record InstallReplay(TopicId topic, Replay replay) implements TopicCrossing {}

  /** The destination is to forget the subscription's replay. */
  record RemoveReplay(TopicId topic, SubscriptionId subscription) implements TopicCrossing {}

  /**
   * A published message for queues of the destination, as the outbox holds it: without its body,
   * which is in the source's table of bodies under topic and number.
   *
   * @param body the number of the body in the source partition
   * @param sequence a FIFO topic's own number of the message, 0 of others
   * @param group the message group, empty for none
   */
  record FanOut(TopicId topic, long body, long sequence, String group, List<FanOutTarget> targets)
      implements TopicCrossing {}

  /** The same on its way, whole. */
  record CarriedFanOut(FanOut fanOut, Bytes content) implements TopicCrossing {}
}
