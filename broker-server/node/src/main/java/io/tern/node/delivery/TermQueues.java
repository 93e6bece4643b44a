package io.tern.node.delivery;

import io.tern.node.leader.LeaderTerm;
import io.tern.node.leader.ReceivedNotification;
import io.tern.state.Command;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.queue.QueueGauge;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The queues of a term under way. */
record TermQueues(LeaderTerm term) implements LedQueues {

  @Override
  public CompletableFuture<List<ReceivedNotification>> receive(
      QueueId queue, int mostMessages, long visibilityMillis) {
    return term.receiveNotifications(queue, mostMessages, visibilityMillis);
  }

  @Override
  public CompletableFuture<Reply> submit(Command command) {
    return term.execute(List.of(command)).thenApply(List::getFirst);
  }

  @Override
  public Optional<QueueGauge> gauge(QueueId queue) {
    return term.gauge(queue);
  }

  @Override
  public long queueMillis() {
    return term.queueMillis();
  }
}
