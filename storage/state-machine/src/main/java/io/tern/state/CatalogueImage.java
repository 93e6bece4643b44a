package io.tern.state;

import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.crossing.CrossingImage;
import java.util.List;

/**
 * The index of the catalogue.
 *
 * @param sealingKey empty until the cluster is initialized
 * @param dataPartitions 0 until the cluster is initialized
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
    CrossingImage crossing)
    implements MachineImage {

  /** A name that may not be used again yet; queue time. */
  public record Deletion(QueueName name, long deletedAtMillis) {}
}
