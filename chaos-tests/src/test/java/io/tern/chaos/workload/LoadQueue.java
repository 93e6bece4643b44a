package io.tern.chaos.workload;

import io.tern.chaos.history.QueueFact;

/**
 * A queue that a workload made.
 *
 * @param enveloped whether its messages are notifications of a topic that are not raw
 */
record LoadQueue(QueueFact fact, String url, String arn, boolean enveloped) implements Destination {
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

  LoadQueue inEnvelopes() {
    return new LoadQueue(fact, url, arn, true);
  }
}
