package io.tern.node.api;

import io.tern.node.routing.PartitionRouter;
import io.tern.proto.messaging.MessageError;
import io.tern.proto.messaging.ProduceResult;
import io.tern.proto.sqs.SendMessageBatchRequestEntry;
import io.tern.protocols.TernException;
import io.tern.state.Command;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.ErrorFault;
import io.tern.state.limits.GrpcLimits;
import io.tern.state.limits.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What streams of producers need of the operations: batches larger than those of AWS, cut into
 * entries of the log, with a result for every message.
 */
public final class Producing {
  /** What a command is longer than its message, at most. */
  private static final int COMMAND_BYTES = 1_024;

  /**
   * What became of a batch.
   *
   * @param results as many as messages, in their order
   * @param lost why some messages may or may not have been taken; null when that is known of all
   */
  public record Sent(List<ProduceResult> results, @Nullable TernException lost) {}

  private final PartitionRouter router;
  private final QueueDirectory directory;
  private final Outgoing outgoing;

  Producing(PartitionRouter router, QueueDirectory directory, Outgoing outgoing) {
    this.router = router;
    this.directory = directory;
    this.outgoing = outgoing;
  }

  /** The queue that the URL names, which must be there. */
  public CompletableFuture<QueueName> open(Caller caller, String queueUrl) {
    return directory.find(caller, directory.named(queueUrl)).thenApply(QueueDefinition::name);
  }

  /** Whether messages of the queue have an order, which batches must keep. */
  public static boolean isFifo(QueueName queue) {
    return QueueNames.isFifo(queue.name());
  }

  /**
   * Sends the messages. Mistakes in one are its result; the future fails when the batch is too
   * large, when the queue is gone, or for a fault of ours.
   */
  public CompletableFuture<Sent> send(
      Caller caller, QueueName queue, List<SendMessageBatchRequestEntry> messages) {
    check(messages);
    return directory.use(caller, queue, found -> new Batch(caller, found, messages).send());
  }

  private static void check(List<SendMessageBatchRequestEntry> messages) {
    if (messages.size() > GrpcLimits.PRODUCE_MESSAGES) {
      throw new TernException(
          ErrorCode.TOO_MANY_ENTRIES_IN_BATCH_REQUEST,
          "Maximum number of messages per batch are "
              + GrpcLimits.PRODUCE_MESSAGES
              + ". You have sent "
              + messages.size()
              + ".");
    }
    long total = 0;
    for (SendMessageBatchRequestEntry message : messages) {
      total += MessageChecks.sizeBytes(message.getMessageBody(), message.getMessageAttributesMap());
    }
    if (total > GrpcLimits.PRODUCE_BATCH_BYTES) {
      throw new TernException(
          ErrorCode.BATCH_REQUEST_TOO_LONG,
          "Batches cannot be longer than "
              + GrpcLimits.PRODUCE_BATCH_BYTES
              + " bytes. You have sent "
              + total
              + " bytes.");
    }
  }

  /** An error as one message is told it. */
  public static MessageError error(TernException failure) {
    return MessageError.newBuilder()
        .setCode(failure.code().queryCode())
        .setMessage(failure.detail().isEmpty() ? failure.code().text() : failure.detail())
        .setSenderFault(failure.code().fault() == ErrorFault.SENDER)
        .build();
  }

  /** The same error for every message of a batch of that size. */
  public static List<ProduceResult> errors(int count, TernException failure) {
    ProduceResult error = ProduceResult.newBuilder().setError(error(failure)).build();
    ProduceResult[] all = new ProduceResult[count];
    Arrays.fill(all, error);
    return List.of(all);
  }

  /** One good message and its place in the batch. */
  private record Prepared(int place, Outgoing.Message message) {}

  /** One batch on its way. Its state is written on the caller's own executor only. */
  private final class Batch {
    private final Caller caller;
    private final QueueDefinition queue;
    private final List<SendMessageBatchRequestEntry> messages;
    private final ProduceResult[] results;
    private @Nullable TernException lost;

    Batch(Caller caller, QueueDefinition queue, List<SendMessageBatchRequestEntry> messages) {
      this.caller = caller;
      this.queue = queue;
      this.messages = messages;
      this.results = new ProduceResult[messages.size()];
    }

    /** Parts of a FIFO queue's batch go one after the other: none may overtake another. */
    CompletableFuture<Sent> send() {
      List<List<Prepared>> parts = parts(prepare());
      boolean inTurn = QueueAttributeViews.isFifo(queue);
      CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
      for (List<Prepared> part : parts) {
        all =
            inTurn ? all.thenCompose(_ -> send(part)) : all.thenCombine(send(part), (_, _) -> null);
      }
      return all.thenApply(_ -> new Sent(List.of(results), lost));
    }

    private List<Prepared> prepare() {
      List<Prepared> good = new ArrayList<>(messages.size());
      for (int place = 0; place < messages.size(); place++) {
        try {
          good.add(
              new Prepared(
                  place,
                  outgoing.message(
                      caller,
                      queue,
                      BatchApi.parts(messages.get(place)),
                      SendChecks.Way.IN_BATCH)));
        } catch (TernException mistake) {
          results[place] = ProduceResult.newBuilder().setError(error(mistake)).build();
        }
      }
      return good;
    }

    private static List<List<Prepared>> parts(List<Prepared> all) {
      List<List<Prepared>> parts = new ArrayList<>();
      List<Prepared> part = new ArrayList<>();
      long bytes = 0;
      for (Prepared next : all) {
        long length = (long) COMMAND_BYTES + next.message().contentBytes();
        boolean isFull =
            part.size() == Limits.ENTRY_COMMANDS
                || bytes + length > Limits.ENTRY_BYTES - COMMAND_BYTES;
        if (isFull && !part.isEmpty()) {
          parts.add(part);
          part = new ArrayList<>();
          bytes = 0;
        }
        part.add(next);
        bytes += length;
      }
      if (!part.isEmpty()) {
        parts.add(part);
      }
      return parts;
    }

    private CompletableFuture<Void> send(List<Prepared> part) {
      TernException before = lost;
      if (before != null) {
        part.forEach(each -> results[each.place()] = failed(before));
        return CompletableFuture.completedFuture(null);
      }
      List<Command> commands =
          part.stream().<Command>map(each -> each.message().command()).toList();
      return caller
          .bringHome(router.execute(queue.partition(), commands))
          .<Void>handle((replies, failure) -> {
            if (failure == null) {
              answered(part, replies);
            } else {
              TernException told = Failures.told(failure);
              lost = told;
              part.forEach(each -> results[each.place()] = failed(told));
            }
            return null;
          });
    }

    private void answered(List<Prepared> part, List<Reply> replies) {
      for (int i = 0; i < part.size(); i++) {
        Prepared each = part.get(i);
        results[each.place()] = result(each.message(), replies.get(i));
      }
    }

    private ProduceResult result(Outgoing.Message message, Reply reply) {
      if (reply instanceof Reply.Rejected rejected
          && rejected.code() == ErrorCode.QUEUE_DOES_NOT_EXIST) {
        throw new TernException(rejected.code());
      }
      try {
        Outgoing.Sent sent = message.sent(reply);
        ProduceResult.Builder result = ProduceResult.newBuilder().setMessageId(sent.messageId());
        sent.sequenceNumber().ifPresent(result::setSequenceNumber);
        return result.build();
      } catch (TernException mistake) {
        return failed(mistake);
      }
    }

    private static ProduceResult failed(TernException failure) {
      return ProduceResult.newBuilder().setError(error(failure)).build();
    }
  }
}
