package io.tern.node.leader;

import io.tern.state.Command;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import java.util.concurrent.CompletableFuture;

/** The way from a leader's duty to another partition; routing implements it. */
@FunctionalInterface
public interface CommandSender {
  CompletableFuture<Reply> send(PartitionId partition, Command command);
}
