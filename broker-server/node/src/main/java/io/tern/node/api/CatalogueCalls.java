package io.tern.node.api;

import static io.tern.node.api.Replies.unexpected;

import io.tern.node.routing.PartitionRouter;
import io.tern.state.Command.CatalogueCommand;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import java.util.concurrent.CompletableFuture;

/** Commands to the catalogue, waited for until the queue's partition follows them. */
final class CatalogueCalls {
  private final PartitionRouter router;
  private final QueueDirectory directory;

  CatalogueCalls(PartitionRouter router, QueueDirectory directory) {
    this.router = router;
    this.directory = directory;
  }

  /** Runs the command; completed when it is in force. */
  CompletableFuture<Void> run(Caller caller, CatalogueCommand command) {
    return ask(caller, command).thenCompose(reply -> inForce(caller, reply));
  }

  /** Runs the command, for one whose reply may be something else than success. */
  CompletableFuture<Reply> ask(Caller caller, CatalogueCommand command) {
    return caller.bringHome(router.send(PartitionId.CATALOGUE, command));
  }

  /** Completed when what the reply tells of is in force; fails when it tells of a failure. */
  CompletableFuture<Void> inForce(Caller caller, Reply reply) {
    return switch (reply) {
      case Reply.DefinitionTaken taken ->
          directory.settled(caller, taken.partition(), taken.outboxNumber());
      case Reply.Done _ -> CompletableFuture.completedFuture(null);
      default -> CompletableFuture.failedFuture(unexpected(reply));
    };
  }
}
