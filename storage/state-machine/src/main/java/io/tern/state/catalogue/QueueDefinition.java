package io.tern.state.catalogue;

import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import java.util.List;
import java.util.SortedMap;

/**
 * A queue as the catalogue defines it.
 *
 * @param version counts changes of the definition from 1
 * @param partitions where its messages live; one for now
 * @param attributes those that were set, normalised; defaults are not stored
 * @param createdMillis wall clock
 * @param modifiedMillis wall clock
 */
public record QueueDefinition(
    QueueId queue,
    QueueName name,
    long version,
    List<PartitionId> partitions,
    SortedMap<String, String> attributes,
    SortedMap<String, String> tags,
    long createdMillis,
    long modifiedMillis) {

  /** The partition of a queue that is not spread. */
  public PartitionId partition() {
    return partitions.getFirst();
  }

  /** The next version of the definition. */
  QueueDefinition with(
      SortedMap<String, String> newAttributes,
      SortedMap<String, String> newTags,
      long newModifiedMillis) {
    return new QueueDefinition(
        queue,
        name,
        version + 1,
        partitions,
        newAttributes,
        newTags,
        createdMillis,
        newModifiedMillis);
  }
}
