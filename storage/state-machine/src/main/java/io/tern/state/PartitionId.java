package io.tern.state;

/** Names one Raft group of the cluster; the catalogue is number 0, data partitions follow. */
public record PartitionId(int number) implements Comparable<PartitionId> {
  public static final PartitionId CATALOGUE = new PartitionId(0);

  @Override
  public int compareTo(PartitionId other) {
    return Integer.compare(number, other.number);
  }

  public boolean isCatalogue() {
    return number == 0;
  }
}
