package io.tern.state;

import io.tern.state.catalogue.MembershipImage;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.catalogue.ResourceDefinition;
import io.tern.state.catalogue.SigningKey;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.state.crossing.CrossingImage;
import java.util.List;

/**
 * The index of the catalogue.
 *
 * @param sealingKey empty until the cluster is initialized
 * @param dataPartitions those of the first start; 0 until the cluster is initialized
 * @param nextQueue the next number of a queue, a topic or a subscription
 * @param topics by number
 * @param subscriptions by number, of every state
 * @param resources by key
 * @param signingKeys in the order in which they were added
 * @param logic the level of {@link Logic}
 */
public record CatalogueImage(
    EntryTime clock,
    long retentionMillis,
    long hash,
    Bytes sealingKey,
    int dataPartitions,
    long nextQueue,
    List<QueueDefinition> queues,
    List<Deletion> deletions,
    List<TopicDefinition> topics,
    List<SubscriptionDefinition> subscriptions,
    List<ResourceDefinition> resources,
    List<SigningKey> signingKeys,
    CrossingImage crossing,
    MembershipImage membership,
    int logic)
    implements MachineImage {

  /** A catalogue that knows of queues only. */
  public CatalogueImage(
      EntryTime clock,
      long retentionMillis,
      long hash,
      Bytes sealingKey,
      int dataPartitions,
      long nextQueue,
      List<QueueDefinition> queues,
      List<Deletion> deletions,
      CrossingImage crossing) {
    this(
        clock,
        retentionMillis,
        hash,
        sealingKey,
        dataPartitions,
        nextQueue,
        queues,
        deletions,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        crossing,
        MembershipImage.EMPTY,
        0);
  }

  /** A name that may not be used again yet; queue time. */
  public record Deletion(QueueName name, long deletedAtMillis) {}
}
