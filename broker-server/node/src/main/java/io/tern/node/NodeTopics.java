package io.tern.node;

import io.tern.disk.MessageReader;
import io.tern.node.api.ApiTable;
import io.tern.node.config.TernConfig;
import io.tern.node.config.WallClock;
import io.tern.node.leader.TopicPorts;
import io.tern.node.metrics.NodeMetrics;
import io.tern.node.metrics.TopicMetrics;
import io.tern.node.routing.CatalogueMirror;
import io.tern.node.routing.Notifications;
import io.tern.node.routing.PartitionRouter;
import io.tern.node.routing.ReaderBodies;
import io.tern.node.routing.TopicMatcher;
import io.tern.node.sns.QuestionSender;
import io.tern.node.sns.SnsApi;
import io.tern.state.Bytes;
import io.tern.state.SubscriptionId;
import io.tern.state.catalogue.SigningKey;
import io.tern.topics.envelope.SubscriptionArns;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** What a node has for topics: matching, rendering, the operations of SNS. {@link TernNode}'s. */
final class NodeTopics implements AutoCloseable {
  private static final int MATCHERS = 2;

  private final TernConfig config;
  private final CatalogueMirror mirror;
  private final Supplier<CompletableFuture<Void>> barrier;
  private final WallClock clock;
  private final ExecutorService matching =
      Executors.newFixedThreadPool(
          MATCHERS, Thread.ofPlatform().daemon().name("matching-", 0).factory());
  private final Notifications notifications;
  private final TopicMetrics metrics;
  private final TopicMatcher matcher;

  /**
   * @param barrier ends when the mirror has all that was acknowledged before
   */
  NodeTopics(
      TernConfig config,
      CatalogueMirror mirror,
      Supplier<CompletableFuture<Void>> barrier,
      NodeMetrics metrics,
      WallClock clock) {
    this.config = config;
    this.mirror = mirror;
    this.barrier = barrier;
    this.clock = clock;
    this.notifications = new Notifications(mirror, baseUrl(config));
    this.metrics = metrics.topics();
    this.matcher = new TopicMatcher(mirror, barrier, notifications, this.metrics, clock);
  }

  /** Makes ids of subscriptions for a mirror. */
  static LongFunction<UUID> subscriptionIds(Bytes sealingKey) {
    SubscriptionArns arns = new SubscriptionArns(sealingKey);
    return number -> arns.id(new SubscriptionId(number));
  }

  Notifications notifications() {
    return notifications;
  }

  TopicPorts ports(Supplier<MessageReader> reader) {
    return new TopicPorts(
        new ReaderBodies(reader), matcher, matching, notifications, matcher, metrics::dropped);
  }

  ApiTable operations(PartitionRouter router, QuestionSender questions, Bytes sealingKey) {
    return SnsApi.table(
        new SnsApi.Ports(router, mirror, barrier, config.identity().account(), questions, clock),
        sealingKey);
  }

  /** The certificate of that id, of any key that was ever used. */
  Optional<String> certificate(String id) {
    return mirror.resources().signingKey(id).map(SigningKey::certificate);
  }

  /** Where subscribers reach the cluster, as documents and mails tell them. */
  private static String baseUrl(TernConfig config) {
    String chosen = config.identity().baseUrl();
    return chosen.isEmpty()
        ? "http://" + config.self().host() + ":" + config.listen().port()
        : chosen;
  }

  @Override
  public void close() {
    matching.shutdownNow();
  }
}
