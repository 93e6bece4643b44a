package io.tern.node.leader;

import io.tern.disk.MessageReader;
import io.tern.disk.StoredBody;
import io.tern.proto.content.MessageContent;
import io.tern.proto.content.NotificationContent;
import io.tern.proto.content.TopicMessage;
import io.tern.state.Bytes;
import io.tern.state.PartitionId;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.TopicId;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.topic.FanOutTarget;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What a led partition of a test knows of topics: all have the same subscribers, whom the test
 * names. Renders a notification as its mere text, marked when it is replayed.
 */
final class LedTopics {
  private final Supplier<MessageReader> rows;
  private final List<FanOutTarget> targets = new CopyOnWriteArrayList<>();
  private volatile long version = 1;

  LedTopics(Supplier<MessageReader> rows) {
    this.rows = rows;
  }

  void subscribe(FanOutTarget target) {
    targets.add(target);
  }

  /** The version of topics that this node's mirror has. */
  void know(long newVersion) {
    version = newVersion;
  }

  TopicPorts ports(Executor pool) {
    return new TopicPorts(
        new Rows(rows), new Matcher(), pool, LedTopics::plain, this::target, () -> {});
  }

  private Optional<FanOutTarget> target(
      TopicId topic, SubscriptionId subscription, TopicMessage message) {
    return targets.stream()
        .filter(each -> each.subscription().equals(subscription))
        .filter(each -> !message.getSubject().equals("filtered out"))
        .findFirst();
  }

  private static Bytes plain(NotificationContent notification) {
    TopicMessage message = notification.getMessage();
    return Bytes.of(
        MessageContent.newBuilder()
            .setIdHigh(message.getIdHigh())
            .setIdLow(message.getIdLow())
            .setBody(message.getMessage() + (notification.getReplayed() ? " again" : ""))
            .build()
            .toByteArray());
  }

  private final class Matcher implements PublishMatcher {
    @Override
    public Matched match(Publish publish) {
      return new Matched(
          new Publish(
              publish.topic(),
              publish.id(),
              publish.group(),
              publish.deduplication(),
              publish.content(),
              version,
              targets.stream().map(target -> of(publish, target)).toList()),
          false);
    }

    /** The queues of FIFO topics are FIFO queues here. */
    private static FanOutTarget of(Publish publish, FanOutTarget target) {
      return new FanOutTarget(
          target.subscription(),
          target.protocol(),
          target.raw(),
          target.queue(),
          target.partition(),
          target.deadLetter(),
          publish.deduplication());
    }

    @Override
    public CompletableFuture<Void> caughtUp() {
      version = Long.MAX_VALUE;
      return CompletableFuture.completedFuture(null);
    }
  }

  private record Rows(Supplier<MessageReader> reader) implements TopicPorts.BodyRows {
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
}
