package io.tern.state.catalogue;

import io.tern.state.PartitionId;

/**
 * How many queues and topics each data partition has, delivery queues too; {@link CatalogueState}
 * counts, and new ones go where there are fewest.
 */
final class PartitionLoad {
  private int[] load;

  PartitionLoad(int partitions) {
    load = new int[partitions];
  }

  /** The cluster is initialized; nothing has been counted before. */
  void spreadOver(int partitions) {
    load = new int[partitions];
  }

  int partitions() {
    return load.length;
  }

  void count(PartitionId partition, int by) {
    load[partition.number() - 1] += by;
  }

  /** The lowest of several. */
  PartitionId emptiest() {
    int emptiest = 0;
    for (int i = 1; i < load.length; i++) {
      if (load[i] < load[emptiest]) {
        emptiest = i;
      }
    }
    return new PartitionId(emptiest + 1);
  }
}
