package io.tern.chaos.workload;

import io.tern.chaos.history.QueueFact;

/** A queue to be made: a fact that is not one yet. Workloads ask {@link Load} for it. */
record QueuePlan(QueueFact fact) {
  /** Short, since a drain waits for it. */
  private static final int VISIBILITY_SECONDS = 5;

  static QueuePlan standard(String workload, String name) {
    return of(workload, name, false);
  }

  static QueuePlan fifo(String workload, String name) {
    return of(workload, name, true);
  }

  private static QueuePlan of(String workload, String name, boolean fifo) {
    return new QueuePlan(
        new QueueFact(workload, name, fifo, VISIBILITY_SECONDS, 0, null, 0, false, false));
  }

  QueuePlan visibility(int seconds) {
    return new QueuePlan(
        new QueueFact(
            fact.workload(),
            fact.name(),
            fact.fifo(),
            seconds,
            fact.delaySeconds(),
            fact.deadLetterQueue(),
            fact.maxReceiveCount(),
            fact.contentDeduplication(),
            fact.groupDeduplication()));
  }

  QueuePlan delay(int seconds) {
    return new QueuePlan(
        new QueueFact(
            fact.workload(),
            fact.name(),
            fact.fifo(),
            fact.visibilitySeconds(),
            seconds,
            fact.deadLetterQueue(),
            fact.maxReceiveCount(),
            fact.contentDeduplication(),
            fact.groupDeduplication()));
  }

  QueuePlan deadLetters(LoadQueue queue, int maxReceiveCount) {
    return new QueuePlan(
        new QueueFact(
            fact.workload(),
            fact.name(),
            fact.fifo(),
            fact.visibilitySeconds(),
            fact.delaySeconds(),
            queue.name(),
            maxReceiveCount,
            fact.contentDeduplication(),
            fact.groupDeduplication()));
  }

  /** The body is the deduplication id. */
  QueuePlan byContent() {
    return deduplication(true, fact.groupDeduplication());
  }

  /** Deduplication ids count within their group: what high throughput asks for. */
  QueuePlan byGroup() {
    return deduplication(fact.contentDeduplication(), true);
  }

  private QueuePlan deduplication(boolean byContent, boolean byGroup) {
    return new QueuePlan(
        new QueueFact(
            fact.workload(),
            fact.name(),
            fact.fifo(),
            fact.visibilitySeconds(),
            fact.delaySeconds(),
            fact.deadLetterQueue(),
            fact.maxReceiveCount(),
            byContent,
            byGroup));
  }
}
