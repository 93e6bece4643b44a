package io.tern.node.api;

import io.tern.node.config.TernConfig;
import io.tern.node.raft.RaftFailure;
import io.tern.node.routing.CatalogueMirror;
import io.tern.node.routing.QueueArn;
import io.tern.protocols.TernException;
import io.tern.state.PartitionId;
import io.tern.state.QueueName;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds the queue that a request means. A queue that this node's mirror lacks may have been made on
 * another node a moment ago, so a miss passes a barrier and looks again.
 */
public final class QueueDirectory {
  private final CatalogueMirror mirror;
  private final Supplier<CompletableFuture<Void>> barrier;
  private final TernConfig.Identity identity;

  public QueueDirectory(
      CatalogueMirror mirror,
      Supplier<CompletableFuture<Void>> barrier,
      TernConfig.Identity identity) {
    this.mirror = mirror;
    this.barrier = barrier;
    this.identity = identity;
  }

  String account() {
    return identity.account();
  }

  String region() {
    return identity.region();
  }

  CatalogueMirror mirror() {
    return mirror;
  }

  /** The queue's URL as this caller can reach it. */
  String url(Caller caller, QueueName queue) {
    return caller.baseUrl() + "/" + queue.account() + "/" + queue.name();
  }

  String arn(QueueName queue) {
    return new QueueArn(identity.region(), queue).text();
  }

  /**
   * The queue named by the request's QueueUrl, which the codec takes from the path if need be.
   *
   * @throws TernException if it names none
   */
  QueueName named(String queueUrl) {
    if (queueUrl.isEmpty()) {
      throw Replies.missing("QueueUrl");
    }
    return QueueAddress.parse(queueUrl, identity.account());
  }

  /** The queue's definition; fails with QUEUE_DOES_NOT_EXIST where there is none. */
  CompletableFuture<QueueDefinition> find(Caller caller, QueueName name) {
    Optional<QueueDefinition> known = mirror.find(name);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(known.get());
    }
    return fresh(caller, name);
  }

  /** The partition of the queue that the URL names. */
  public CompletableFuture<PartitionId> locate(Caller caller, String queueUrl) {
    return find(caller, named(queueUrl)).thenApply(QueueDefinition::partition);
  }

  /**
   * Runs an operation on the queue. A name that was deleted and made again elsewhere may still mean
   * the old queue here; when its partition says that it is gone, the mirror catches up and the
   * operation runs once more if the name means another queue by then.
   */
  <T> CompletableFuture<T> use(
      Caller caller, QueueName name, Function<QueueDefinition, CompletableFuture<T>> operation) {
    return find(caller, name)
        .thenCompose(queue ->
            operation
                .apply(queue)
                .exceptionallyCompose(
                    failure -> again(caller, queue, operation, RaftFailure.causeOf(failure))));
  }

  private <T> CompletableFuture<T> again(
      Caller caller,
      QueueDefinition gone,
      Function<QueueDefinition, CompletableFuture<T>> operation,
      Throwable failure) {
    boolean isGone =
        failure instanceof TernException told && told.code() == ErrorCode.QUEUE_DOES_NOT_EXIST;
    return isGone
        ? fresh(caller, gone.name())
            .thenCompose(queue ->
                queue.queue().equals(gone.queue())
                    ? CompletableFuture.failedFuture(failure)
                    : operation.apply(queue))
        : CompletableFuture.failedFuture(failure);
  }

  /** The same, certain to see every definition acknowledged before now on any node. */
  CompletableFuture<QueueDefinition> fresh(Caller caller, QueueName name) {
    return upToDate(caller)
        .thenApply(done ->
            mirror
                .find(name)
                .orElseThrow(() -> new TernException(ErrorCode.QUEUE_DOES_NOT_EXIST, "")));
  }

  /** Completed when the mirror has everything acknowledged before now on any node. */
  CompletableFuture<Void> upToDate(Caller caller) {
    return caller.bringHome(barrier.get().orTimeout(Limits.CALL_MILLIS, TimeUnit.MILLISECONDS));
  }

  /** Completed when the definition is in force in its partition. */
  CompletableFuture<Void> settled(Caller caller, PartitionId partition, long outboxNumber) {
    return caller.bringHome(
        mirror
            .settled(partition, outboxNumber)
            .orTimeout(Limits.CALL_MILLIS, TimeUnit.MILLISECONDS));
  }
}
