package io.tern.state.catalogue;

import io.tern.state.Bytes;
import io.tern.state.EntryTime;
import io.tern.state.MachineImage;
import io.tern.state.QueueName;
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
