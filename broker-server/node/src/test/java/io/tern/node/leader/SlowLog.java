package io.tern.node.leader;

import io.tern.state.Command;
import io.tern.state.Reply;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/** A log whose commands a test answers by hand, in order. */
final class SlowLog {
  private record Submitted(Command command, CompletableFuture<Reply> reply) {}

  private final ArrayDeque<Submitted> waiting = new ArrayDeque<>();

  CompletableFuture<Reply> submit(Command command) {
    Submitted submitted = new Submitted(command, new CompletableFuture<>());
    waiting.add(submitted);
    return submitted.reply();
  }

  int waiting() {
    return waiting.size();
  }

  /** The oldest command without a reply. */
  Command next() {
    return waiting.element().command();
  }

  void answer(Reply reply) {
    waiting.remove().reply().complete(reply);
  }

  void fail(Throwable failure) {
    waiting.remove().reply().completeExceptionally(failure);
  }
}
