package io.tern.node.delivery;

import io.tern.node.leader.ReceivedNotification;
import io.tern.state.Command;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.queue.QueueGauge;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A led partition as {@link DeliveryDuty} sees it. */
public interface LedQueues {

  /** Takes the next visible messages of a delivery queue, and hides them for so long. */
  CompletableFuture<List<ReceivedNotification>> receive(
      QueueId queue, int mostMessages, long visibilityMillis);

  CompletableFuture<Reply> submit(Command command);

  /** The queue's summary, if it was touched since the term began. */
  Optional<QueueGauge> gauge(QueueId queue);

  /** The time that visibility runs on. */
  long queueMillis();
}
