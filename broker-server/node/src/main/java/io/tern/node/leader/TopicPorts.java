package io.tern.node.leader;

import io.tern.disk.StoredBody;
import io.tern.state.Bytes;
import io.tern.state.PartitionId;
import io.tern.state.TopicId;
import io.tern.state.crossing.TopicCrossing;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What a {@link LeaderTerm} needs of the rest of the node for topics; wired by the node for each
 * partition.
 *
 * @param matching the pool for matching
 * @param dropped told of each notification that no queue took
 */
public record TopicPorts(
    BodyRows bodies,
    PublishMatcher matcher,
    Executor matching,
    NotificationRendering rendering,
    ReplayTargets replays,
    Runnable dropped) {

  /** Reads bodies; blocks, so it runs on the pool for disk reads. */
  public interface BodyRows {
    Optional<StoredBody> body(TopicId topic, long number);

    /** From that number on, in order; one at least if there is one. */
    List<StoredBody> bodies(TopicId topic, long from, int limit, long maxBytes);

    /** The body of what waits in the outbox under that number. */
    Optional<Bytes> fanOutBody(
        PartitionId destination, long outboxNumber, TopicCrossing.FanOut fanOut);
  }
}
