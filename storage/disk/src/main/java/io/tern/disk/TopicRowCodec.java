package io.tern.disk;

import io.tern.proto.rows.ResourceRow;
import io.tern.proto.rows.SubscriptionRow;
import io.tern.proto.rows.SubscriptionRowState;
import io.tern.proto.rows.TopicRow;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicId;
import io.tern.state.catalogue.ResourceDefinition;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.SubscriptionState;
import io.tern.state.catalogue.TopicDefinition;
import java.nio.ByteBuffer;

/**
 * What the catalogue defines of topics, to and from the values of its tables. Used by {@link
 * ChangeWriter} and by those that read the tables at a start.
 */
final class TopicRowCodec {

  static byte[] topic(TopicDefinition definition) {
    return TopicRow.newBuilder()
        .setTopic(definition.topic().number())
        .setName(TopicWords.name(definition.name()))
        .setVersion(definition.version())
        .setRevision(definition.revision())
        .setPartition(definition.partition().number())
        .addAllAttributes(Words.pairs(definition.attributes()))
        .addAllTags(Words.pairs(definition.tags()))
        .setCreatedMillis(definition.createdMillis())
        .build()
        .toByteArray();
  }

  static TopicDefinition topic(ByteBuffer bytes) {
    TopicRow row = RowCodec.parse(TopicRow.parser(), bytes, "topic");
    return new TopicDefinition(
        new TopicId(row.getTopic()),
        TopicWords.name(row.getName()),
        row.getVersion(),
        row.getRevision(),
        new PartitionId(row.getPartition()),
        Words.pairs(row.getAttributesList()),
        Words.pairs(row.getTagsList()),
        row.getCreatedMillis());
  }

  static byte[] subscription(SubscriptionDefinition definition) {
    SubscriptionRow.Builder row =
        SubscriptionRow.newBuilder()
            .setSubscription(definition.subscription().number())
            .setTopic(definition.topic().number())
            .setProtocol(definition.protocol())
            .setEndpoint(definition.endpoint())
            .setOwner(definition.owner())
            .setState(state(definition.state()))
            .setAuthenticated(definition.authenticated())
            .setProtectedUnsubscribe(definition.protectedUnsubscribe())
            .setRevision(definition.revision())
            .addAllAttributes(Words.pairs(definition.attributes()))
            .setChangedMillis(definition.changedMillis());
    if (definition.deliveryQueue() != null) {
      row.setDeliveryQueue(definition.deliveryQueue().number());
    }
    return row.build().toByteArray();
  }

  static SubscriptionDefinition subscription(ByteBuffer bytes) {
    SubscriptionRow row = RowCodec.parse(SubscriptionRow.parser(), bytes, "subscription");
    return new SubscriptionDefinition(
        new SubscriptionId(row.getSubscription()),
        new TopicId(row.getTopic()),
        row.getProtocol(),
        row.getEndpoint(),
        row.getOwner(),
        state(row.getState()),
        row.getAuthenticated(),
        row.getProtectedUnsubscribe(),
        row.getRevision(),
        Words.pairs(row.getAttributesList()),
        row.hasDeliveryQueue() ? new QueueId(row.getDeliveryQueue()) : null,
        row.getChangedMillis());
  }

  private static SubscriptionRowState state(SubscriptionState state) {
    return switch (state) {
      case PENDING -> SubscriptionRowState.SUBSCRIPTION_ROW_STATE_PENDING;
      case CONFIRMED -> SubscriptionRowState.SUBSCRIPTION_ROW_STATE_CONFIRMED;
      case DELETED -> SubscriptionRowState.SUBSCRIPTION_ROW_STATE_DELETED;
    };
  }

  private static SubscriptionState state(SubscriptionRowState words) {
    return switch (words) {
      case SUBSCRIPTION_ROW_STATE_PENDING -> SubscriptionState.PENDING;
      case SUBSCRIPTION_ROW_STATE_CONFIRMED -> SubscriptionState.CONFIRMED;
      case SUBSCRIPTION_ROW_STATE_DELETED -> SubscriptionState.DELETED;
      case SUBSCRIPTION_ROW_STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new UnreadableBytes("A subscription in a state this version does not know.");
    };
  }

  static byte[] resource(ResourceDefinition definition) {
    return ResourceRow.newBuilder()
        .setKey(TopicWords.resource(definition.key()))
        .setRevision(definition.revision())
        .addAllAttributes(Words.pairs(definition.attributes()))
        .build()
        .toByteArray();
  }

  static ResourceDefinition resource(ByteBuffer bytes) {
    ResourceRow row = RowCodec.parse(ResourceRow.parser(), bytes, "resource");
    return new ResourceDefinition(
        TopicWords.resource(row.getKey()), row.getRevision(), Words.pairs(row.getAttributesList()));
  }

  private TopicRowCodec() {}
}
