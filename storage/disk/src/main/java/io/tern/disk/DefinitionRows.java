package io.tern.disk;

import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.catalogue.ResourceDefinition;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.TopicDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the catalogue's tables define, in the order of an image. Used by {@link ImageReader} and
 * {@link IndexFromRows}.
 */
record DefinitionRows(
    List<QueueDefinition> queues,
    List<TopicDefinition> topics,
    List<SubscriptionDefinition> subscriptions,
    List<ResourceDefinition> resources) {

  static DefinitionRows read(Database database) {
    DefinitionRows rows =
        new DefinitionRows(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    database.scan(Table.DEFINITIONS, (_, row) -> rows.queues.add(RowCodec.definition(row)));
    database.scan(Table.TOPICS, (_, row) -> rows.topics.add(TopicRowCodec.topic(row)));
    database.scan(
        Table.SUBSCRIPTIONS, (_, row) -> rows.subscriptions.add(TopicRowCodec.subscription(row)));
    database.scan(Table.RESOURCES, (_, row) -> rows.resources.add(TopicRowCodec.resource(row)));
    // Their keys begin with the topic, and with lengths.
    rows.subscriptions.sort(
        Comparator.comparingLong(definition -> definition.subscription().number()));
    rows.resources.sort(Comparator.comparing(ResourceDefinition::key));
    return rows;
  }
}
