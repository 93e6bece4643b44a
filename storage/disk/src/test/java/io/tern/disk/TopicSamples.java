package io.tern.disk;

import static io.tern.disk.Samples.text;

import io.tern.proto.content.TopicMessage;
import io.tern.state.Bytes;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicChange;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.catalogue.ResourceDefinition;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.ResourceKind;
import io.tern.state.catalogue.SigningKey;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.SubscriptionState;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.TopicSettings;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.Notification;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Small values about topics that the tests of this package share. */
final class TopicSamples {
  static final TopicId NEWS = new TopicId(70);
  static final TopicId WEATHER = new TopicId(71);
  static final TopicName NAME = new TopicName("eu-west-1", "000000000000", "news");
  static final TopicSettings SETTINGS = new TopicSettings(NAME, true, 86_400_000);

  static TopicMessage published(String text) {
    return TopicMessage.newBuilder().setIdHigh(0x4000).setIdLow(7).setMessage(text).build();
  }

  static Bytes content(String text) {
    return Bytes.of(published(text).toByteArray());
  }

  static TopicChange.BodyStored body(TopicId topic, long number, String text) {
    return new TopicChange.BodyStored(topic, number, 1_000 + number, 5, content(text));
  }

  static StoredBody stored(long number, String text) {
    return new StoredBody(number, 1_000 + number, content(text));
  }

  static Notification notification(TopicId topic, long body) {
    return new Notification(topic, body, 100 + body, new SubscriptionId(90), "https", true);
  }

  static TopicChange.NotificationStored notified(
      QueueId queue, long number, String group, Notification notification) {
    return new TopicChange.NotificationStored(
        queue, number, 0, 1_000 + number, 5, group, notification);
  }

  static TopicCrossing.FanOut fanOut(TopicId topic, long body) {
    FanOutTarget target =
        new FanOutTarget(
            new SubscriptionId(90),
            "sqs",
            false,
            Samples.PAYMENTS,
            Samples.ELSEWHERE,
            null,
            Samples.deduplication(body));
    return new TopicCrossing.FanOut(topic, body, body, "g", List.of(target));
  }

  static TopicChange.PublishRemembered remembered(TopicId topic, long number) {
    return new TopicChange.PublishRemembered(
        topic, number, Samples.deduplication(number), 100 + number);
  }

  static TopicDefinition topic(TopicId topic, String name) {
    return new TopicDefinition(
        topic,
        new TopicName("eu-west-1", "000000000000", name),
        5,
        2,
        new PartitionId(3),
        pairs("DisplayName", name),
        pairs("team", "blue"),
        11);
  }

  static SubscriptionDefinition subscription(
      TopicId topic, long number, SubscriptionState state, @Nullable QueueId deliveryQueue) {
    return new SubscriptionDefinition(
        new SubscriptionId(number),
        topic,
        "https",
        "https://example.com/" + number,
        "000000000000",
        state,
        true,
        false,
        4,
        pairs("RawMessageDelivery", "true"),
        deliveryQueue,
        17);
  }

  static ResourceDefinition resource(ResourceKind kind, String name) {
    return new ResourceDefinition(
        new ResourceKey(kind, "eu-west-1", "000000000000", name), 3, pairs("Enabled", "true"));
  }

  static SigningKey signingKey(String id) {
    return new SigningKey(id, text("private " + id), "-----BEGIN CERTIFICATE-----\n" + id);
  }

  private static SortedMap<String, String> pairs(String key, String value) {
    TreeMap<String, String> pairs = new TreeMap<>();
    pairs.put(key, value);
    return pairs;
  }

  private TopicSamples() {}
}
