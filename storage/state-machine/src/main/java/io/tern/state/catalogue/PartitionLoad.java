package io.tern.state.catalogue;

import io.tern.state.PartitionId;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * How many queues and topics each data partition has, delivery queues too; {@link CatalogueState}
 * counts, and new ones go where there are fewest.
 */
final class PartitionLoad {
  private int[] load;
  private final Predicate<PartitionId> isOpen;

  /**
   * Counts for so many partitions.
   *
   * @param isOpen whether new queues may go there: the first partition always is
   */
  PartitionLoad(int partitions, Predicate<PartitionId> isOpen) {
    load = new int[partitions];
    this.isOpen = isOpen;
  }

  /** There are so many partitions from now on, not fewer than before. */
  void spreadOver(int partitions) {
    load = Arrays.copyOf(load, partitions);
  }

  void count(PartitionId partition, int by) {
    load[partition.number() - 1] += by;
  }

  /** The lowest of several. */
  PartitionId emptiest() {
    int emptiest = 0;
    for (int i = 1; i < load.length; i++) {
      if (load[i] < load[emptiest] && isOpen.test(new PartitionId(i + 1))) {
        emptiest = i;
      }
    }
    return new PartitionId(emptiest + 1);
  }
}
