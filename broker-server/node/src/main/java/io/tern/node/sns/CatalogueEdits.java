package io.tern.node.sns;

import static io.tern.node.api.Replies.unexpected;

import io.tern.node.api.Caller;
import io.tern.node.routing.CatalogueMirror;
import io.tern.node.routing.PartitionRouter;
import io.tern.state.Command.CatalogueCommand;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import io.tern.state.TopicReply;
import io.tern.state.limits.Limits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Commands about topics to the catalogue, waited for until the partitions follow them; shared by
 * all operations of SNS.
 */
final class CatalogueEdits {

  /**
   * One step of an edit.
   *
   * @param command null when there is nothing to do
   * @param result what the operation answers with once it is done
   */
  record Edit<T>(@Nullable CatalogueCommand command, T result) {

    /** Nothing to do. */
    static <T> Edit<T> none(T result) {
      return new Edit<>(null, result);
    }
  }

  private final PartitionRouter router;
  private final CatalogueMirror mirror;

  CatalogueEdits(PartitionRouter router, CatalogueMirror mirror) {
    this.router = router;
    this.mirror = mirror;
  }

  /** Runs a command that cannot be outdated; completed when it is in force. */
  CompletableFuture<Reply> run(Caller caller, CatalogueCommand command) {
    return ask(caller, command).thenCompose(reply -> inForce(caller, reply));
  }

  /**
   * Runs a command that replaces what was read. Another change may come between; then it is read
   * again and tried again, a few times.
   *
   * @param next reads, from a mirror that has caught up, and says what to do
   */
  <T> CompletableFuture<T> edit(Caller caller, Supplier<CompletableFuture<Edit<T>>> next) {
    return edit(caller, next, Limits.POLICY_EDITS);
  }

  private <T> CompletableFuture<T> edit(
      Caller caller, Supplier<CompletableFuture<Edit<T>>> next, int triesLeft) {
    return next.get().thenCompose(edit -> perform(caller, edit, next, triesLeft));
  }

  private <T> CompletableFuture<T> perform(
      Caller caller, Edit<T> edit, Supplier<CompletableFuture<Edit<T>>> next, int triesLeft) {
    CatalogueCommand command = edit.command();
    if (command == null) {
      return CompletableFuture.completedFuture(edit.result());
    }
    return ask(caller, command)
        .thenCompose(reply -> {
          if (!(reply instanceof Reply.Outdated)) {
            return inForce(caller, reply).thenApply(_ -> edit.result());
          }
          return triesLeft > 1
              ? edit(caller, next, triesLeft - 1)
              : CompletableFuture.failedFuture(Refusals.contended());
        });
  }

  private CompletableFuture<Reply> ask(Caller caller, CatalogueCommand command) {
    return caller.bringHome(router.send(PartitionId.CATALOGUE, command));
  }

  private CompletableFuture<Reply> inForce(Caller caller, Reply reply) {
    return switch (reply) {
      case TopicReply.TopicTaken taken ->
          settled(caller, taken.partition(), taken.outboxNumber()).thenApply(_ -> reply);
      case TopicReply.SubscriptionTaken taken ->
          settled(caller, taken.partition(), taken.outboxNumber()).thenApply(_ -> reply);
      case Reply.Done _ -> CompletableFuture.completedFuture(reply);
      default -> CompletableFuture.failedFuture(unexpected(reply));
    };
  }

  private CompletableFuture<Void> settled(Caller caller, PartitionId partition, long outboxNumber) {
    return outboxNumber == 0
        ? CompletableFuture.completedFuture(null)
        : caller.bringHome(
            mirror
                .settled(partition, outboxNumber)
                .orTimeout(Limits.CALL_MILLIS, TimeUnit.MILLISECONDS));
  }
}
