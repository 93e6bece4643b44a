package io.tern.node.api;

import io.tern.node.leader.ReceiveRequest;
import io.tern.node.leader.ReceivedMessages;
import io.tern.node.routing.PartitionRouter;
import io.tern.proto.messaging.OpenConsume;
import io.tern.proto.sqs.Message;
import io.tern.protocols.TernException;
import io.tern.state.Command;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What streams of consumers need of the operations: receives that can be cancelled, and the ends of
 * deliveries in batches of any size, by number instead of by receipt handle.
 */
public final class Consuming {
  private static final int VISIBILITY_SECONDS = 43_200;

  /** What one stream asks for. */
  public static final class Wishes {
    private final QueueName queue;
    private final @Nullable Integer visibilitySeconds;
    private final int extendSeconds;
    private final AttributeSelection selection;

    private Wishes(
        QueueName queue,
        @Nullable Integer visibilitySeconds,
        int extendSeconds,
        AttributeSelection selection) {
      this.queue = queue;
      this.visibilitySeconds = visibilitySeconds;
      this.extendSeconds = extendSeconds;
      this.selection = selection;
    }

    /** How long a delivery stays hidden at first: as the consumer or the queue says. */
    public long visibilityMillis(QueueDefinition definition) {
      return 1_000L
          * (visibilitySeconds == null
              ? QueueAttributeViews.visibilitySeconds(definition)
              : visibilitySeconds);
    }

    /** How long after the delivery it is hidden again and again; 0 for never. */
    public long extendMillis() {
      return 1_000L * extendSeconds;
    }
  }

  /**
   * One message for the consumer.
   *
   * @param number in its queue
   * @param receiveCount says which of its receives this is
   */
  public record Received(long number, int receiveCount, Message message) {}

  private final PartitionRouter router;
  private final QueueDirectory directory;
  private final MessageContents contents;

  Consuming(PartitionRouter router, QueueDirectory directory, MessageContents contents) {
    this.router = router;
    this.directory = directory;
    this.contents = contents;
  }

  /**
   * Checks what a consumer asks for.
   *
   * @throws TernException if it cannot be
   */
  public Wishes check(OpenConsume open) {
    QueueName queue = directory.named(open.getQueueUrl());
    if (open.hasVisibilityTimeout()) {
      checkSeconds("VisibilityTimeout", open.getVisibilityTimeout());
    }
    checkSeconds("ExtendSeconds", open.getExtendSeconds());
    return new Wishes(
        queue,
        open.hasVisibilityTimeout() ? (Integer) open.getVisibilityTimeout() : null,
        open.getExtendSeconds(),
        AttributeSelection.of(
            new HashSet<>(open.getMessageSystemAttributeNamesList()),
            open.getMessageAttributeNamesList()));
  }

  /**
   * Checks a time of visibility.
   *
   * @throws TernException if it is not 0 to 43,200
   */
  public static void checkSeconds(String parameter, int seconds) {
    Ranges.check(parameter, seconds, 0, VISIBILITY_SECONDS, Ranges.BETWEEN);
  }

  /** The queue; fails with QUEUE_DOES_NOT_EXIST where there is none. */
  public CompletableFuture<QueueDefinition> find(Caller caller, Wishes wishes) {
    return directory.find(caller, wishes.queue);
  }

  /** The same, certain to see every definition acknowledged before now on any node. */
  public CompletableFuture<QueueDefinition> fresh(Caller caller, Wishes wishes) {
    return directory.fresh(caller, wishes.queue);
  }

  /**
   * Receives; cancelling the future ends the wait and gives back what comes all the same. The
   * future ends on any thread.
   */
  public CompletableFuture<ReceivedMessages> receive(
      QueueDefinition queue, Wishes wishes, int most, long waitMillis) {
    return router.receive(
        queue.partition(),
        new ReceiveRequest(queue.queue(), most, wishes.visibilityMillis(queue), waitMillis, ""));
  }

  /** What was received as the consumer sees it. */
  public List<Received> render(
      QueueDefinition queue, Wishes wishes, ReceivedMessages.Messages messages) {
    List<Received> all = new ArrayList<>(messages.messages().size());
    for (ReceivedMessages.Message message : messages.messages()) {
      all.add(
          new Received(
              message.delivery().number(),
              message.delivery().receiveCount(),
              contents.received(queue, message, wishes.selection)));
    }
    return all;
  }

  /** Ends deliveries or hides them for longer, in one entry of the log; a reply for each. */
  public CompletableFuture<List<Reply>> settle(QueueDefinition queue, List<Command> commands) {
    return router.execute(queue.partition(), commands);
  }

  /** Why a settlement had no effect; empty when it had. */
  public static Optional<TernException> refusal(Reply reply) {
    if (reply instanceof Reply.Done) {
      return Optional.empty();
    }
    if (reply instanceof Reply.Rejected rejected) {
      return Optional.of(new TernException(rejected.code(), rejected.detail()));
    }
    return Optional.of(new TernException(ErrorCode.INTERNAL_FAILURE));
  }
}
