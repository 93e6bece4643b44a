package io.tern.state.catalogue;

import static io.tern.state.catalogue.TopicCatalogue.map;

import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicDefinitionCommand.AddSigningKey;
import io.tern.state.TopicDefinitionCommand.ConfirmSubscription;
import io.tern.state.TopicDefinitionCommand.CreateTopic;
import io.tern.state.TopicDefinitionCommand.DeleteTopic;
import io.tern.state.TopicDefinitionCommand.PutResource;
import io.tern.state.TopicDefinitionCommand.RemoveResource;
import io.tern.state.TopicDefinitionCommand.ReplaceSubscription;
import io.tern.state.TopicDefinitionCommand.ReplaceTopic;
import io.tern.state.TopicDefinitionCommand.Subscribe;
import io.tern.state.TopicDefinitionCommand.Unsubscribe;
import io.tern.state.TopicId;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;

/** Commands about topics that come upon each other often. */
final class RandomTopics {
  private static final List<SortedMap<String, String>> ATTRIBUTES =
      List.of(
          map(),
          map("FilterPolicy", "{}"),
          map("RawMessageDelivery", "true"),
          map("ReplayPolicy", "{\"StartingPoint\":\"2026-01-01T00:00:00Z\"}"));

  private RandomTopics() {}

  static Command command(Random random) {
    TopicId topic = new TopicId(1L + random.nextInt(40));
    SubscriptionId subscription = new SubscriptionId(1L + random.nextInt(60));
    SortedMap<String, String> attributes = ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()));
    return switch (random.nextInt(14)) {
      case 0, 1 -> new CreateTopic(TopicCatalogue.name("t" + random.nextInt(3)), map(), map());
      case 2 -> new DeleteTopic(topic);
      case 3 -> new ReplaceTopic(topic, 1 + random.nextInt(2), map("DisplayName", "x"), map());
      case 4, 5, 6, 7 ->
          new Subscribe(
              topic,
              random.nextBoolean() ? "sqs" : "http",
              "e" + random.nextInt(3),
              "owner",
              attributes,
              random.nextBoolean());
      case 8, 9 ->
          new ConfirmSubscription(subscription, random.nextBoolean(), random.nextBoolean());
      case 10 -> new Unsubscribe(subscription, random.nextBoolean());
      case 11 -> new ReplaceSubscription(subscription, 1 + random.nextInt(3), attributes);
      case 12 ->
          new AddSigningKey(
              new SigningKey("k" + random.nextInt(3), Bytes.EMPTY, "pem"), random.nextBoolean());
      default -> resource(random);
    };
  }

  private static Command resource(Random random) {
    ResourceKey application =
        new ResourceKey(ResourceKind.PLATFORM_APPLICATION, "r", "a", "GCM/a" + random.nextInt(2));
    ResourceKey key =
        random.nextBoolean() ? application : application.endpoint("e" + random.nextInt(2));
    return random.nextInt(3) == 0
        ? new RemoveResource(key)
        : new PutResource(key, random.nextInt(2), map());
  }
}
