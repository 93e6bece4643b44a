package io.tern.chaos.workload;

/** Where messages go: a queue or a topic. Steps that send do not care which. */
sealed interface Destination permits LoadQueue, LoadTopic {
  String name();

  boolean fifo();

  /** Whether the body is the deduplication id. */
  boolean contentDeduplication();

  /** Whether deduplication ids count within their group only. */
  boolean groupDeduplication();
}
