package io.tern.chaos.workload;

/** A topic that a workload made. Deduplication is by explicit ids, over the whole topic. */
record LoadTopic(String name, String arn, boolean fifo) implements Destination {
  @Override
  public boolean contentDeduplication() {
    return false;
  }

  @Override
  public boolean groupDeduplication() {
    return false;
  }
}
