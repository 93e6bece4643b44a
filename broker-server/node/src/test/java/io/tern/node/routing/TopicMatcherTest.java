package io.tern.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tern.node.config.WallClock;
import io.tern.node.leader.PublishMatcher.Matched;
import io.tern.node.metrics.TopicMetrics;
import io.tern.proto.content.ContentAttribute;
import io.tern.proto.content.TopicMessage;
import io.tern.state.AppliedEntry;
import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.MessageId;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicCommand;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.TopicDefinitionChange.SigningKeyAdded;
import io.tern.state.TopicDefinitionChange.SubscriptionDefined;
import io.tern.state.TopicDefinitionChange.SubscriptionUndefined;
import io.tern.state.TopicDefinitionChange.TopicDefined;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.SubscriptionState;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.state.topic.FanOutTarget;
import io.tern.topics.envelope.SigningIdentities;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which queues a message goes to, as subscriptions and queues come, change and go. */
class TopicMatcherTest {
  private static final String ACCOUNT = "000000000000";
  private static final TopicId TOPIC = new TopicId(1);
  private static final PartitionId HOME = new PartitionId(2);
  private static final String DEAD =
      "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:" + ACCOUNT + ":dead\"}";

  private static final String KIND_A = "{\"kind\":[\"a\"]}";

  private final CatalogueMirror mirror = new CatalogueMirror(_ -> number -> new UUID(0, number));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TopicMatcher matcher =
      new TopicMatcher(
          mirror,
          () -> CompletableFuture.completedFuture(null),
          new Notifications(mirror, "http://localhost:9324"),
          new TopicMetrics(meters),
          WallClock.system());
  private long version;

  @BeforeEach
  void begin() {
    apply(new Change.ClusterInitialized(Bytes.of(new byte[32]), 2));
    apply(
        new SigningKeyAdded(
            SigningIdentities.generate(new SecureRandom(), Instant.EPOCH).forCatalogue()));
    define(1);
  }

  @Test
  void aTopicNobodyKnowsIsADoubt() {
    Matched matched = matcher.match(publish(new TopicId(99), message("x")));

    assertThat(matched.doubtful()).isTrue();
    assertThat(matched.publish().version()).isEqualTo(TopicCommand.NOT_MATCHED);
  }

  @Test
  void everyConfirmedSubscriberIsATarget() {
    queue(11, "one", Map.of());
    queue(12, "two", Map.of());
    subscribe(21, "sqs", "one", Map.of(), SubscriptionState.CONFIRMED, null);
    subscribe(22, "sqs", "two", Map.of(), SubscriptionState.PENDING, null);
    subscribe(23, "http", "http://x/", Map.of(), SubscriptionState.CONFIRMED, new QueueId(50));

    Matched matched = matcher.match(publish(TOPIC, message("x")));

    assertThat(matched.doubtful()).isFalse();
    assertThat(matched.publish().version()).isEqualTo(version);
    assertThat(matched.publish().targets())
        .containsExactly(
            new FanOutTarget(
                new SubscriptionId(21),
                "sqs",
                false,
                new QueueId(11),
                new PartitionId(1),
                null,
                null),
            new FanOutTarget(
                new SubscriptionId(23), "http", false, new QueueId(50), HOME, null, null));
  }

  @Test
  void filtersOfBothScopesHold() {
    queue(11, "one", Map.of());
    queue(12, "two", Map.of());
    subscribe(21, "sqs", "one", Map.of("FilterPolicy", "{\"kind\":[\"a\"]}"), null);
    subscribe(
        22,
        "sqs",
        "two",
        Map.of("FilterPolicy", "{\"kind\":[\"b\"]}", "FilterPolicyScope", "MessageBody"),
        null);

    assertThat(subscribers(message("{\"kind\":\"b\"}", "kind", "a"))).containsExactly(21L, 22L);
    assertThat(subscribers(message("{\"kind\":\"b\"}"))).containsExactly(22L);
    assertThat(subscribers(message("b", "kind", "a"))).containsExactly(21L);
  }

  @Test
  void changedSubscriptionsCountFromTheNextVersionOn() {
    queue(11, "one", Map.of());
    subscribe(21, "sqs", "one", Map.of("FilterPolicy", "{\"kind\":[\"a\"]}"), null);
    assertThat(subscribers(message("x", "kind", "b"))).isEmpty();

    subscribe(21, "sqs", "one", Map.of("FilterPolicy", "{\"kind\":[\"b\"]}"), null);
    assertThat(subscribers(message("x", "kind", "b"))).containsExactly(21L);

    apply(new SubscriptionUndefined(new SubscriptionId(21), TOPIC));
    define(version + 1);
    assertThat(subscribers(message("x", "kind", "b"))).isEmpty();
  }

  @Test
  void aMissingQueueIsADoubtOnceAWhileAndThenADeadLetter() {
    queue(19, "dead", Map.of());
    subscribe(21, "sqs", "gone", Map.of("RedrivePolicy", DEAD), null);

    assertThat(matcher.match(publish(TOPIC, message("x"))).doubtful()).isTrue();
    Matched second = matcher.match(publish(TOPIC, message("x")));

    assertThat(second.doubtful()).isFalse();
    assertThat(second.publish().targets())
        .singleElement()
        .satisfies(target -> {
          assertThat(target.queue()).isEqualTo(new QueueId(19));
          assertThat(target.deadLetter()).isNull();
        });
  }

  @Test
  void aQueueThatIsMadeLaterIsFound() {
    subscribe(21, "sqs", "one", Map.of(), null);
    assertThat(subscribers(message("x"))).isEmpty();

    queue(11, "one", Map.of());
    assertThat(subscribers(message("x"))).containsExactly(21L);

    apply(new Change.QueueUndefined(new QueueId(11), new QueueName(ACCOUNT, "one"), 0));
    assertThat(subscribers(message("x"))).isEmpty();
  }

  @Test
  void whatAQueueDoesNotTakeGoesToTheDeadLetterQueueAtOnce() {
    queue(11, "one", Map.of("MaximumMessageSize", "1024"));
    queue(19, "dead", Map.of());
    subscribe(21, "sqs", "one", Map.of("RedrivePolicy", DEAD), null);
    subscribe(22, "sqs", "one", Map.of("RedrivePolicy", DEAD, "RawMessageDelivery", "true"), null);

    assertThat(targets(message("x".repeat(800))))
        .extracting(FanOutTarget::queue)
        .containsExactly(new QueueId(19), new QueueId(11));
    TopicMessage.Builder attributes = message("x").toBuilder();
    for (int i = 0; i < 11; i++) {
      attributes.addAttributes(
          ContentAttribute.newBuilder().setName("a" + i).setDataType("String").setText("v"));
    }
    assertThat(targets(attributes.build()).getLast().queue()).isEqualTo(new QueueId(19));
  }

  @Test
  void aFifoQueueRemembersTheMessage() {
    queue(11, "one.fifo", Map.of("FifoQueue", "true"));
    subscribe(21, "sqs", "one.fifo", Map.of(), null);

    assertThat(targets(message("x")))
        .singleElement()
        .satisfies(target -> assertThat(target.deduplication()).isNotNull());
  }

  @Test
  void aReplayedMessageGoesToItsSubscriberAlone() {
    queue(11, "one.fifo", Map.of("FifoQueue", "true"));
    queue(12, "two", Map.of());
    subscribe(21, "sqs", "one.fifo", Map.of("FilterPolicy", "{\"kind\":[\"a\"]}"), null);
    subscribe(22, "sqs", "two", Map.of(), null);

    SubscriptionId one = new SubscriptionId(21);
    assertThat(matcher.target(TOPIC, one, message("x", "kind", "b"))).isEmpty();
    assertThat(matcher.target(TOPIC, one, message("x", "kind", "a")))
        .hasValueSatisfying(target -> {
          assertThat(target.queue()).isEqualTo(new QueueId(11));
          assertThat(target.deduplication()).isNotNull();
        });
    assertThat(matcher.target(TOPIC, new SubscriptionId(22), message("x")))
        .hasValueSatisfying(target -> assertThat(target.deduplication()).isNull());
  }

  @Test
  void aDirectMessageGoesToItsProtocol() {
    subscribe(21, "sms", "direct", Map.of(), SubscriptionState.CONFIRMED, new QueueId(51));
    subscribe(22, "application", "direct", Map.of(), SubscriptionState.CONFIRMED, new QueueId(52));

    TopicMessage message =
        message("x").toBuilder().setDirectProtocol("sms").setDirectEndpoint("+15550100").build();

    assertThat(subscribers(message)).containsExactly(21L);
  }

  @Test
  void aMessageIsCountedWhenTheMatchCountsOnly() {
    subscribe(21, "sqs", "gone", Map.of(), null);
    Matched doubtful = matcher.match(publish(TOPIC, message("x")));
    Matched second = matcher.match(publish(TOPIC, message("x")));
    assertThat(doubtful.doubtful()).isTrue();
    assertThat(count("sns_number_of_messages_published")).isZero();

    second.counting().run();

    assertThat(count("sns_number_of_messages_published")).isEqualTo(1);
    assertThat(count("sns_number_of_notifications_dropped")).isEqualTo(1);
  }

  @Test
  void aLostMessageThatShouldHaveBeenDeadLetteredIsCountedAsThat() {
    subscribe(21, "sqs", "gone", Map.of("RedrivePolicy", DEAD), null);
    publishAndCount(message("x"));
    String failed = "sns_number_of_notifications_failed_to_redrive_to_dlq";
    assertThat(meters.get(failed).tag("protocol", "sqs").counter().count()).isEqualTo(1);
    assertThat(count("sns_number_of_notifications_dropped")).isZero();

    queue(19, "dead", Map.of());
    publishAndCount(message("x"));
    assertThat(count(failed)).isEqualTo(1);
    assertThat(count("sns_number_of_notifications_redriven_to_dlq")).isEqualTo(1);
  }

  @Test
  void whatIsFilteredOutIsCountedByReason() {
    Map<String, String> body = Map.of("FilterPolicy", KIND_A, "FilterPolicyScope", "MessageBody");
    subscribe(21, "sqs", "one", Map.of("FilterPolicy", KIND_A), null);
    subscribe(22, "sqs", "two", body, null);
    subscribe(23, "sqs", "three", body, null);
    subscribe(24, "sqs", "four", Map.of(), null);

    publishAndCount(message("{\"kind\":\"b\"}", "kind", "b"));
    assertThat(filteredOut()).containsExactly("message-attributes 1", "message-body 2");

    publishAndCount(message("no JSON"));
    TopicMessage.Builder broken = message("{\"kind\":\"a\"}").toBuilder();
    broken.addAttributes(
        ContentAttribute.newBuilder().setName("kind").setDataType("String.Array").setText("["));
    publishAndCount(broken.build());
    publishAndCount(message("{\"kind\":\"a\"}", "kind", "a"));

    assertThat(filteredOut())
        .containsExactly(
            "invalid-attributes 1",
            "invalid-message-body 2",
            "message-attributes 1",
            "message-body 2",
            "no-message-attributes 1");
  }

  private void publishAndCount(TopicMessage message) {
    matcher.match(publish(TOPIC, message)).counting().run();
  }

  private double count(String counter) {
    return meters.get(counter).counter().count();
  }

  private List<String> filteredOut() {
    return meters.get("sns_number_of_notifications_filtered_out").counters().stream()
        .filter(each -> each.count() > 0)
        .map(each -> each.getId().getTag("reason") + " " + (long) each.count())
        .sorted()
        .toList();
  }

  private List<Long> subscribers(TopicMessage message) {
    return targets(message).stream().map(target -> target.subscription().number()).toList();
  }

  private List<FanOutTarget> targets(TopicMessage message) {
    return matcher.match(publish(TOPIC, message)).publish().targets();
  }

  private static Publish publish(TopicId topic, TopicMessage message) {
    return new Publish(
        topic,
        new MessageId(1, 2),
        "",
        null,
        Bytes.of(message.toByteArray()),
        TopicCommand.NOT_MATCHED,
        List.of());
  }

  private static TopicMessage message(String text) {
    return TopicMessage.newBuilder()
        .setTopicArn("arn:aws:sns:us-east-1:" + ACCOUNT + ":topic")
        .setMessage(text)
        .build();
  }

  private static TopicMessage message(String text, String attribute, String value) {
    return message(text).toBuilder()
        .addAttributes(
            ContentAttribute.newBuilder().setName(attribute).setDataType("String").setText(value))
        .build();
  }

  private void queue(long number, String name, Map<String, String> attributes) {
    apply(
        new Change.QueueDefined(
            new QueueDefinition(
                new QueueId(number),
                new QueueName(ACCOUNT, name),
                1,
                List.of(new PartitionId(1)),
                new TreeMap<>(attributes),
                new TreeMap<>(),
                0,
                0)));
  }

  private void define(long newVersion) {
    version = newVersion;
    apply(
        new TopicDefined(
            new TopicDefinition(
                TOPIC,
                new TopicName("us-east-1", ACCOUNT, "topic"),
                newVersion,
                1,
                HOME,
                new TreeMap<>(),
                new TreeMap<>(),
                0)));
  }

  private void subscribe(
      long number,
      String protocol,
      String queue,
      Map<String, String> attributes,
      @Nullable QueueId own) {
    subscribe(number, protocol, queue, attributes, SubscriptionState.CONFIRMED, own);
  }

  private void subscribe(
      long number,
      String protocol,
      String endpoint,
      Map<String, String> attributes,
      SubscriptionState state,
      @Nullable QueueId own) {
    String address =
        protocol.equals("sqs") ? "arn:aws:sqs:us-east-1:" + ACCOUNT + ":" + endpoint : endpoint;
    apply(
        new SubscriptionDefined(
            new SubscriptionDefinition(
                new SubscriptionId(number),
                TOPIC,
                protocol,
                address,
                ACCOUNT,
                state,
                true,
                false,
                1,
                new TreeMap<>(attributes),
                own,
                0)));
    define(version + 1);
  }

  private void apply(Change change) {
    mirror.entryApplied(new AppliedEntry(List.of(), List.of(change), List.of()));
  }
}
