package io.tern.node.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tern.node.config.WallClock;
import io.tern.node.leader.LeaderPorts.QueueRoutes;
import io.tern.node.leader.ReceivedNotification;
import io.tern.node.leader.StoredNotifications;
import io.tern.node.metrics.DeliveryMetrics;
import io.tern.node.routing.CatalogueMirror;
import io.tern.node.routing.Notifications;
import io.tern.proto.content.TopicMessage;
import io.tern.state.AppliedEntry;
import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.Delivery;
import io.tern.state.Entry;
import io.tern.state.EntryRunner;
import io.tern.state.EntryTime;
import io.tern.state.MessageId;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.ReplicatedMachine;
import io.tern.state.Reply;
import io.tern.state.TopicChange;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.TopicDefinitionCommand;
import io.tern.state.TopicName;
import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.SubscriptionAttributes;
import io.tern.state.partition.PartitionMachine;
import io.tern.state.queue.QueueGauge;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.Notification;
import io.tern.topics.envelope.SigningIdentities;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A topic with its subscriptions: the real machines of the catalogue and of its home, without
 * replication, rows or a matcher. Duties of delivery come and go as the test says.
 */
final class LedTopic implements LedQueues, AutoCloseable {
  static final PartitionId HOME = new PartitionId(1);
  static final QueueName DEAD_LETTERS = new QueueName("000000000000", "dead");

  private final CatalogueMachine catalogue = CatalogueMachine.empty();
  private final PartitionMachine home = PartitionMachine.empty();
  private final CatalogueMirror mirror = mirror();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final ExecutorService applying = Executors.newSingleThreadExecutor();
  private final ExecutorService work = Executors.newFixedThreadPool(2);
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final Map<Long, Bytes> bodies = new ConcurrentHashMap<>();
  private final Map<List<Long>, Notification> rows = new ConcurrentHashMap<>();
  private final Map<QueueId, QueueGauge> gauges = new ConcurrentHashMap<>();
  private final List<DeliveryDuty> duties = new ArrayList<>();
  private final long zeroNanos = System.nanoTime();
  private long handedOver;

  LedTopic() {
    byte[] key = new byte[32];
    inCatalogue(new Command.InitializeCluster(Bytes.of(key), 1));
    inCatalogue(
        new TopicDefinitionCommand.AddSigningKey(
            SigningIdentities.generate(new SecureRandom(), Instant.now()).forCatalogue(), true));
    inCatalogue(new Command.CreateQueue(DEAD_LETTERS, new TreeMap<>(), new TreeMap<>(), 0));
    inCatalogue(
        new TopicDefinitionCommand.CreateTopic(
            new TopicName("us-east-1", "000000000000", "t"), new TreeMap<>(), new TreeMap<>()));
  }

  static CatalogueMirror mirror() {
    return new CatalogueMirror(key -> number -> new UUID(0x4000, number));
  }

  CatalogueMirror known() {
    return mirror;
  }

  CatalogueMachine catalogue() {
    return catalogue;
  }

  SubscriptionDefinition subscribe(
      String protocol, String endpoint, Map<String, String> attributes) {
    inCatalogue(
        new TopicDefinitionCommand.Subscribe(
            topic().topic(), protocol, endpoint, "000000000000", new TreeMap<>(attributes), true));
    return mirror.subscriptions().confirmed(topic().topic()).getLast();
  }

  void unsubscribe(SubscriptionDefinition subscription) {
    inCatalogue(new TopicDefinitionCommand.Unsubscribe(subscription.subscription(), false));
  }

  void define(ResourceKey key, Map<String, String> attributes) {
    inCatalogue(new TopicDefinitionCommand.PutResource(key, 0, new TreeMap<>(attributes)));
  }

  void publish(String text) {
    publish(message -> message.setMessage(text));
  }

  void publish(UnaryOperator<TopicMessage.Builder> filledIn) {
    List<FanOutTarget> targets = new ArrayList<>();
    for (SubscriptionDefinition each : mirror.subscriptions().confirmed(topic().topic())) {
      QueueId queue = each.deliveryQueue();
      if (queue != null) {
        boolean raw =
            each.attributes()
                .getOrDefault(SubscriptionAttributes.RAW_MESSAGE_DELIVERY, "false")
                .equals("true");
        targets.add(
            new FanOutTarget(each.subscription(), each.protocol(), raw, queue, HOME, null, null));
      }
    }
    UUID id = UUID.randomUUID();
    TopicMessage message =
        filledIn
            .apply(
                TopicMessage.newBuilder()
                    .setIdHigh(id.getMostSignificantBits())
                    .setIdLow(id.getLeastSignificantBits())
                    .setTopicArn("arn:aws:sns:us-east-1:000000000000:t")
                    .setPublishedMillis(System.currentTimeMillis()))
            .build();
    Reply reply =
        submit(
                new Publish(
                    topic().topic(),
                    new MessageId(id.getMostSignificantBits(), id.getLeastSignificantBits()),
                    "",
                    null,
                    Bytes.of(message.toByteArray()),
                    topic().version(),
                    targets))
            .join();
    if (!(reply instanceof Reply.MessageAccepted)) {
      throw new AssertionError(reply);
    }
  }

  /** A term begins with what the home holds now. */
  DeliveryDuty lead(Sender sender, CatalogueMirror known) {
    return lead(sender, known, Long.MAX_VALUE);
  }

  /**
   * @param mostWaiting deliveries of one subscription
   */
  DeliveryDuty lead(Sender sender, CatalogueMirror known, long mostWaiting) {
    DeliveryDuty duty =
        new DeliveryDuty(
            HOME,
            this,
            new DeliveryPorts(
                known,
                new QueueRoutes() {
                  @Override
                  public Optional<MoveTarget> find(QueueName name) {
                    return known
                        .find(name)
                        .map(q -> new MoveTarget(q.queue(), q.partition(), q.name()));
                  }

                  @Override
                  public CompletableFuture<Void> caughtUp() {
                    return CompletableFuture.completedFuture(null);
                  }
                },
                new Notifications(known, "http://tern.example"),
                sender,
                0,
                mostWaiting,
                new DeliveryMetrics(meters),
                WallClock.system(),
                timer,
                work,
                () -> 0.5));
    CompletableFuture.runAsync(
            () -> {
              duty.begin(home);
              duties.add(duty);
            },
            applying)
        .join();
    return duty;
  }

  /** The home's queue as it stands, null when it is gone. */
  @Nullable QueueGauge stands(@Nullable QueueId queue) {
    return queue == null
        ? null
        : CompletableFuture.supplyAsync(() -> home.gauge(queue), applying).join();
  }

  boolean isEmpty(SubscriptionDefinition subscription) {
    QueueGauge gauge = stands(subscription.deliveryQueue());
    return gauge != null && gauge.visible() + gauge.inFlight() + gauge.delayed() == 0;
  }

  /** Messages on their way out of the home. */
  int parked() {
    return CompletableFuture.supplyAsync(
            () -> home.waiting(HOME, 0, Integer.MAX_VALUE).size(), applying)
        .join();
  }

  double count(String meter) {
    return meters.find(meter).counters().stream().mapToDouble(counter -> counter.count()).sum();
  }

  double gauge(String meter) {
    return meters.get(meter).gauge().value();
  }

  int metersShown() {
    return meters.getMeters().size();
  }

  @Override
  public CompletableFuture<List<ReceivedNotification>> receive(
      QueueId queue, int mostMessages, long visibilityMillis) {
    return submit(new Command.ReceiveMessages(queue, mostMessages, visibilityMillis, ""))
        .thenApply(reply -> {
          List<ReceivedNotification> received = new ArrayList<>();
          if (reply instanceof Reply.MessagesReceived messages) {
            for (Delivery delivery : messages.deliveries()) {
              received.add(whole(queue, delivery));
            }
          }
          return received;
        });
  }

  @Override
  public CompletableFuture<Reply> submit(Command command) {
    return CompletableFuture.supplyAsync(() -> apply(command), applying);
  }

  @Override
  public Optional<QueueGauge> gauge(QueueId queue) {
    return Optional.ofNullable(gauges.get(queue));
  }

  @Override
  public long queueMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - zeroNanos);
  }

  @Override
  public void close() {
    CompletableFuture.runAsync(() -> duties.forEach(DeliveryDuty::close), applying).join();
    timer.shutdownNow();
    work.shutdownNow();
    applying.shutdownNow();
  }

  private TopicDefinition topic() {
    return mirror.topics().find(new TopicName("us-east-1", "000000000000", "t")).orElseThrow();
  }

  private ReceivedNotification whole(QueueId queue, Delivery delivery) {
    Notification row = rows.get(List.of(queue.number(), delivery.number()));
    Bytes body = row == null ? null : bodies.get(row.body());
    if (row == null || body == null) {
      throw new AssertionError("no row or body for " + delivery);
    }
    return new ReceivedNotification(delivery, 0, "", StoredNotifications.content(row, body));
  }

  private void inCatalogue(Command command) {
    CompletableFuture.runAsync(
            () -> {
              AppliedEntry applied = run(catalogue, command);
              if (applied.replies().getFirst() instanceof Reply.Rejected rejected) {
                throw new AssertionError(rejected);
              }
              handOver();
              mirror.entryApplied(applied);
            },
            applying)
        .join();
  }

  private void handOver() {
    List<OutboxEntry> entries = catalogue.waiting(HOME, handedOver, Integer.MAX_VALUE);
    if (!entries.isEmpty()) {
      apply(new Command.AcceptDeliveries(PartitionId.CATALOGUE, handedOver, entries));
      handedOver = entries.getLast().number();
    }
  }

  private Reply apply(Command command) {
    AppliedEntry applied = run(home, command);
    for (Change change : applied.changes()) {
      switch (change) {
        case TopicChange.BodyStored stored -> bodies.put(stored.number(), stored.content());
        case TopicChange.NotificationStored stored ->
            rows.put(List.of(stored.queue().number(), stored.number()), stored.notification());
        case Change.QueueRemoved removed ->
            duties.forEach(duty -> duty.queueRemoved(removed.queue()));
        default -> {}
      }
    }
    for (QueueGauge gauge : home.takeChangedGauges()) {
      gauges.put(gauge.queue(), gauge);
      duties.forEach(duty -> duty.gaugeChanged(gauge));
    }
    return applied.replies().getFirst();
  }

  private AppliedEntry run(ReplicatedMachine machine, Command command) {
    EntryRunner runner =
        new EntryRunner(
            machine,
            (failed, failure) -> {
              throw failure;
            });
    return runner.run(
        new Entry(new EntryTime(queueMillis(), System.currentTimeMillis()), List.of(command)));
  }
}
