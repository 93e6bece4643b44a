package io.tern.chaos.workload;

import io.tern.chaos.history.QueueFact;

/** A queue that a workload made. */
record LoadQueue(QueueFact fact, String url, String arn) implements Destination {
  @Override
  public String name() {
    return fact.name();
  }

  @Override
  public boolean fifo() {
    return fact.fifo();
  }

  @Override
  public boolean contentDeduplication() {
    return fact.contentDeduplication();
  }

  @Override
  public boolean groupDeduplication() {
    return fact.groupDeduplication();
  }
}
