package io.tern.node.delivery;

import java.util.concurrent.CompletableFuture;

/** Makes one attempt at one delivery. Never fails: what goes wrong is an outcome. */
@FunctionalInterface
public interface Sender {
  CompletableFuture<Outcome> send(Outgoing delivery);
}
