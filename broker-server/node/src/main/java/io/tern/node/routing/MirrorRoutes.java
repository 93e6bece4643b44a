package io.tern.node.routing;

import io.tern.node.leader.LeaderPorts;
import io.tern.state.MoveTarget;
import io.tern.state.QueueName;
import io.tern.state.limits.Limits;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Where queues are, as the catalogue's mirror says; for the duties of a term. */
public final class MirrorRoutes implements LeaderPorts.QueueRoutes {
  private final CatalogueMirror mirror;
  private final Supplier<CompletableFuture<Void>> barrier;

  /**
   * @param barrier ends when the mirror has all that the catalogue took before
   */
  public MirrorRoutes(CatalogueMirror mirror, Supplier<CompletableFuture<Void>> barrier) {
    this.mirror = mirror;
    this.barrier = barrier;
  }

  @Override
  public Optional<MoveTarget> find(QueueName name) {
    return mirror
        .find(name)
        .map(queue -> new MoveTarget(queue.queue(), queue.partition(), queue.name()));
  }

  @Override
  public CompletableFuture<Void> caughtUp() {
    return barrier.get().orTimeout(Limits.CALL_MILLIS, TimeUnit.MILLISECONDS);
  }
}
