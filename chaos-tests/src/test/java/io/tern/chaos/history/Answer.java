package io.tern.chaos.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the cluster answered to a {@link Call} that ended OK. */
public sealed interface Answer {
  /** Nothing to tell, or nothing known. */
  record Nothing() implements Answer {}

  /**
   * To a send or a publish.
   *
   * @param md5 of the body; null for a publish, which has none
   * @param sequenceNumber of FIFO queues and topics
   */
  record Stored(String messageId, @Nullable String md5, @Nullable String sequenceNumber)
      implements Answer {}

  record Received(List<Delivery> deliveries) implements Answer {}

  record Value(@Nullable String value) implements Answer {}
}
