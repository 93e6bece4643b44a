package io.tern.simulator;

import io.tern.state.Command;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import java.util.function.Consumer;

/** The way into a simulated cluster, as clients have it: calls and answers may be lost. */
interface Door {
  void ask(PartitionId partition, Command command, Consumer<Reply> answer);

  /** While it is, clients go on. */
  boolean isTroubled();

  /** A client was told this; whoever wants may look whether it is true everywhere. */
  default void told(Command command, Reply reply) {}
}
