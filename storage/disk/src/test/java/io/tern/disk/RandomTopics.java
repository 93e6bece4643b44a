package io.tern.disk;

import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.MessageId;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicChange;
import io.tern.state.TopicCommand;
import io.tern.state.TopicDefinitionCommand;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.ResourceKind;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.TopicSettings;
import io.tern.state.partition.PartitionMachine;
import io.tern.state.topic.DeadLetterTarget;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.Notification;
import io.tern.state.topic.Replay;
import io.tern.state.topic.ReplayStatus;
import io.tern.state.topic.ReplayedMessage;
import io.tern.state.topic.TopicView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Random commands about topics for {@link PairTest}. */
final class RandomTopics {
  private static final PartitionId SELF = new PartitionId(1);
  private static final List<ResourceKind> KINDS = List.of(ResourceKind.values());

  /** One numbering of queues, topics and subscriptions, so many of these hit nothing. */
  static Command definition(Random random) {
    TopicId topic = new TopicId(1 + random.nextInt(120));
    SubscriptionId subscription = new SubscriptionId(1 + random.nextInt(160));
    SortedMap<String, String> attributes = attributes("DisplayName", random);
    return switch (random.nextInt(16)) {
      case 0 -> new TopicDefinitionCommand.DeleteTopic(topic);
      case 1, 2 ->
          new TopicDefinitionCommand.ReplaceTopic(
              topic, 1 + random.nextInt(2), attributes, attributes("team", random));
      case 3 -> new TopicDefinitionCommand.Unsubscribe(subscription, random.nextBoolean());
      case 4, 5 ->
          new TopicDefinitionCommand.ConfirmSubscription(
              subscription, random.nextBoolean(), random.nextBoolean());
      case 6 ->
          new TopicDefinitionCommand.ReplaceSubscription(
              subscription, 1 + random.nextInt(2), attributes("RawMessageDelivery", random));
      case 7, 8, 9, 10, 11 -> subscribe(random, topic);
      case 12 -> resource(random);
      case 13 ->
          new TopicDefinitionCommand.AddSigningKey(
              TopicSamples.signingKey("k" + random.nextInt(20)), random.nextBoolean());
      default ->
          new TopicDefinitionCommand.CreateTopic(
              new TopicName("eu-west-1", "1", "t" + random.nextInt(12)),
              new TreeMap<>(),
              new TreeMap<>());
    };
  }

  static TopicId topic(Random random) {
    return new TopicId(100 + random.nextInt(3));
  }

  /** A FIFO topic with an archive, one without, and a standard one. */
  static List<TopicCrossing> installs(long version) {
    return List.of(
        install(new TopicId(100), version),
        install(new TopicId(101), version),
        install(new TopicId(102), version));
  }

  private static TopicCrossing install(TopicId topic, long version) {
    TopicName name = new TopicName("eu-west-1", "1", "t" + topic.number());
    return new TopicCrossing.InstallTopic(
        topic, version, new TopicSettings(name, isFifo(topic), topic.number() == 100 ? 90_000 : 0));
  }

  private static boolean isFifo(TopicId topic) {
    return topic.number() < 102;
  }

  static TopicCrossing crossing(Random random, long version) {
    TopicId topic = topic(random);
    SubscriptionId subscription = new SubscriptionId(90 + random.nextInt(3));
    return switch (random.nextInt(12)) {
      case 0 -> new TopicCrossing.RemoveTopic(topic);
      case 1, 2, 3 -> new TopicCrossing.RemoveReplay(new TopicId(100), subscription);
      case 4, 5, 6, 7 ->
          new TopicCrossing.InstallReplay(
              new TopicId(100),
              new Replay(
                  subscription,
                  version,
                  0,
                  random.nextBoolean() ? -1 : Long.MAX_VALUE,
                  0,
                  ReplayStatus.PENDING));
      default -> install(topic, version);
    };
  }

  static Command publish(Random random) {
    TopicId topic = topic(random);
    String group = isFifo(topic) || random.nextBoolean() ? "g" + random.nextInt(4) : "";
    List<FanOutTarget> targets = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      targets.add(target(random, new SubscriptionId(90 + i)));
    }
    return new TopicCommand.Publish(
        topic,
        new MessageId(0x4000, random.nextLong()),
        group,
        isFifo(topic) ? Samples.deduplication(random.nextInt(200)) : null,
        TopicSamples.content("n".repeat(random.nextInt(200))),
        Long.MAX_VALUE,
        targets);
  }

  /** Queue 6 is nowhere, so its notifications cross in vain and may be dead letters. */
  private static FanOutTarget target(Random random, SubscriptionId subscription) {
    int queue = 1 + random.nextInt(6);
    return new FanOutTarget(
        subscription,
        "sqs",
        random.nextBoolean(),
        new QueueId(queue),
        SELF,
        random.nextBoolean() ? null : new DeadLetterTarget(new QueueId(queue < 4 ? 3 : 5), SELF),
        Samples.deduplication(random.nextInt(2_000)));
  }

  /** A step of a replay over what the archive holds; a tick when nothing is replayed. */
  static Command advance(Random random, PartitionMachine machine, MessageReader reader) {
    List<TopicChange.ReplayChanged> active = machine.activeReplays();
    return active.isEmpty()
        ? new Command.Tick()
        : advance(random, machine, active.getFirst(), reader);
  }

  private static Command advance(
      Random random,
      PartitionMachine machine,
      TopicChange.ReplayChanged active,
      MessageReader reader) {
    TopicView topic = Objects.requireNonNull(machine.topic(active.topic()));
    Replay replay = active.replay();
    List<StoredBody> bodies = reader.bodies(topic.topic(), replay.next(), 5, 100_000);
    List<ReplayedMessage> messages = new ArrayList<>();
    for (StoredBody body : bodies) {
      Bytes reference =
          NotificationWords.reference(
              new Notification(
                  topic.topic(), body.number(), body.number(), replay.subscription(), "sqs", true));
      byte[] whole =
          NotificationWords.withMessage(ByteBuffer.wrap(reference.array()), body.content());
      messages.add(
          new ReplayedMessage(
              body.number(), target(random, replay.subscription()), "g", Bytes.of(whole)));
    }
    return new TopicCommand.AdvanceReplay(
        topic.topic(),
        replay.subscription(),
        replay.version(),
        replay.next(),
        bodies.isEmpty() ? topic.nextBody() - 1 : bodies.getLast().number(),
        messages,
        bodies.size() < 5);
  }

  private static Command subscribe(Random random, TopicId topic) {
    boolean confirmed = random.nextBoolean();
    return new TopicDefinitionCommand.Subscribe(
        topic,
        confirmed ? "sqs" : "https",
        (confirmed ? "arn:aws:sqs:eu-west-1:1:q" : "https://example.com/") + random.nextInt(5),
        "1",
        new TreeMap<>(),
        confirmed);
  }

  private static Command resource(Random random) {
    ResourceKind kind = KINDS.get(random.nextInt(KINDS.size()));
    ResourceKey key = new ResourceKey(kind, "eu-west-1", "1", "GCM/n" + random.nextInt(2));
    return random.nextInt(3) == 0
        ? new TopicDefinitionCommand.RemoveResource(key)
        : new TopicDefinitionCommand.PutResource(
            key, random.nextInt(2), attributes("Enabled", random));
  }

  private static SortedMap<String, String> attributes(String name, Random random) {
    TreeMap<String, String> attributes = new TreeMap<>();
    attributes.put(name, random.nextBoolean() ? "true" : "false");
    return attributes;
  }

  private RandomTopics() {}
}
