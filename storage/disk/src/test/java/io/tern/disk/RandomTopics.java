package io.tern.disk;

import io.tern.state.Command;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicDefinitionCommand;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.ResourceKind;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Random commands about topics for {@link PairTest}. */
final class RandomTopics {

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
    ResourceKind kind = ResourceKind.values()[random.nextInt(ResourceKind.values().length)];
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
