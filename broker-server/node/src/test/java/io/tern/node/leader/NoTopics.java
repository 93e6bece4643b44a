package io.tern.node.leader;

import io.tern.disk.StoredBody;
import io.tern.state.Bytes;
import io.tern.state.PartitionId;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.TopicId;
import io.tern.state.crossing.TopicCrossing;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a term without topics needs of the node for topics: nothing. */
final class NoTopics {
  static final TopicPorts PORTS =
      new TopicPorts(
          new NoBodies(),
          new NoMatches(),
          Runnable::run,
          notification -> Bytes.of(new byte[0]),
          (topic, subscription, message) -> Optional.empty(),
          () -> {});

  private NoTopics() {}

  private record NoBodies() implements TopicPorts.BodyRows {
    @Override
    public Optional<StoredBody> body(TopicId topic, long number) {
      return Optional.empty();
    }

    @Override
    public List<StoredBody> bodies(TopicId topic, long from, int limit, long maxBytes) {
      return List.of();
    }

    @Override
    public Optional<Bytes> fanOutBody(
        PartitionId destination, long outboxNumber, TopicCrossing.FanOut fanOut) {
      return Optional.empty();
    }
  }

  private record NoMatches() implements PublishMatcher {
    @Override
    public Matched match(Publish publish) {
      return new Matched(publish, false);
    }

    @Override
    public CompletableFuture<Void> caughtUp() {
      return CompletableFuture.completedFuture(null);
    }
  }
}
