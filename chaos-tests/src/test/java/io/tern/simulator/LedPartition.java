package io.tern.simulator;

import io.tern.state.Command;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A partition as duties see it: somebody leads it, and it can be asked. */
interface LedPartition {
  PartitionId id();

  /** Grows with each leadership. */
  long term();

  /** The leader's replica; null while nobody leads. */
  @Nullable SimulatedReplica leader();

  /** Asks the leader; without one, or when it dies first, no answer ever comes. */
  void ask(Command command, Consumer<Reply> answer);
}
