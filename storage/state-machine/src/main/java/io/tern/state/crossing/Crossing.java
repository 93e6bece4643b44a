package io.tern.state.crossing;

import io.tern.state.QueueId;
import io.tern.state.limits.QueueSettings;

/** What one partition hands over to another. */
public sealed interface Crossing {

  /** The destination is to hold this queue, or to use its newer settings. */
  record InstallQueue(QueueId queue, long version, QueueSettings settings) implements Crossing {}

  /** The destination is to forget this queue and its messages. */
  record RemoveQueue(QueueId queue) implements Crossing {}
}
