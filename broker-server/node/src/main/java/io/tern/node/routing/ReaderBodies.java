package io.tern.node.routing;

import io.tern.disk.MessageReader;
import io.tern.disk.StoredBody;
import io.tern.node.leader.TopicPorts;
import io.tern.state.Bytes;
import io.tern.state.PartitionId;
import io.tern.state.TopicId;
import io.tern.state.crossing.TopicCrossing;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The bodies of one partition's replica, for the duties of its leader. */
public record ReaderBodies(Supplier<MessageReader> reader) implements TopicPorts.BodyRows {

  @Override
  public Optional<StoredBody> body(TopicId topic, long number) {
    return reader.get().body(topic, number);
  }

  @Override
  public List<StoredBody> bodies(TopicId topic, long from, int limit, long maxBytes) {
    return reader.get().bodies(topic, from, limit, maxBytes);
  }

  @Override
  public Optional<Bytes> fanOutBody(
      PartitionId destination, long outboxNumber, TopicCrossing.FanOut fanOut) {
    return reader.get().fanOutBody(destination, outboxNumber, fanOut);
  }
}
