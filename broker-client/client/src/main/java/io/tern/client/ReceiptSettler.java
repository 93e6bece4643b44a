package io.tern.client;

import io.tern.proto.sqs.BatchResultErrorEntry;
import io.tern.proto.sqs.ChangeMessageVisibilityBatchRequest;
import io.tern.proto.sqs.ChangeMessageVisibilityBatchRequestEntry;
import io.tern.proto.sqs.DeleteMessageBatchRequest;
import io.tern.proto.sqs.DeleteMessageBatchRequestEntry;
import io.tern.proto.sqs.SqsGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Settles by receipt handle what a stream that has ended delivered: such messages have no number in
 * the next stream. {@link ConsumeFlow} calls it.
 */
final class ReceiptSettler {
  private static final int BATCH_ENTRIES = 10;

  private final Connections connections;
  private final String queueUrl;

  ReceiptSettler(Connections connections, String queueUrl) {
    this.connections = connections;
    this.queueUrl = queueUrl;
  }

  /** Carries the settlements out, with retries; their futures tell what became of them. */
  void settle(List<Settlement> settlements) {
    inBatches(settlements.stream().filter(Settlement::acknowledges).toList(), this::delete);
    inBatches(
        settlements.stream().filter(settlement -> !settlement.acknowledges()).toList(),
        this::changeVisibility);
  }

  private interface BatchCall {
    CompletableFuture<List<BatchResultErrorEntry>> failuresOf(List<Settlement> batch);
  }

  private void inBatches(List<Settlement> settlements, BatchCall call) {
    for (int from = 0; from < settlements.size(); from += BATCH_ENTRIES) {
      List<Settlement> batch =
          settlements.subList(from, Math.min(settlements.size(), from + BATCH_ENTRIES));
      CompletableFuture<?> unused =
          call.failuresOf(batch)
              .whenComplete(
                  (failures, error) -> connections.callBack(() -> end(batch, failures, error)));
    }
  }

  private CompletableFuture<List<BatchResultErrorEntry>> delete(List<Settlement> batch) {
    var request = DeleteMessageBatchRequest.newBuilder().setQueueUrl(queueUrl);
    for (int i = 0; i < batch.size(); i++) {
      request.addEntries(
          DeleteMessageBatchRequestEntry.newBuilder()
              .setId(Integer.toString(i))
              .setReceiptHandle(batch.get(i).message().receiptHandle()));
    }
    return connections
        .calls()
        .call(SqsGrpc.getDeleteMessageBatchMethod(), request.build(), ClientLimits.DEADLINE_MILLIS)
        .thenApply(result -> result.getFailedList());
  }

  private CompletableFuture<List<BatchResultErrorEntry>> changeVisibility(List<Settlement> batch) {
    var request = ChangeMessageVisibilityBatchRequest.newBuilder().setQueueUrl(queueUrl);
    for (int i = 0; i < batch.size(); i++) {
      request.addEntries(
          ChangeMessageVisibilityBatchRequestEntry.newBuilder()
              .setId(Integer.toString(i))
              .setReceiptHandle(batch.get(i).message().receiptHandle())
              .setVisibilityTimeout(batch.get(i).delaySeconds()));
    }
    return connections
        .calls()
        .call(
            SqsGrpc.getChangeMessageVisibilityBatchMethod(),
            request.build(),
            ClientLimits.DEADLINE_MILLIS)
        .thenApply(result -> result.getFailedList());
  }

  private static void end(
      List<Settlement> batch,
      @Nullable List<BatchResultErrorEntry> failures,
      @Nullable Throwable error) {
    if (failures == null) {
      TernClientException all =
          TernClientException.of(error == null ? new IllegalStateException("no answer") : error);
      batch.forEach(settlement -> settlement.done().completeExceptionally(all));
      return;
    }
    List<Settlement> left = new ArrayList<>(batch);
    for (BatchResultErrorEntry failure : failures) {
      Settlement failed = batch.get(Integer.parseInt(failure.getId()));
      left.remove(failed);
      failed
          .done()
          .completeExceptionally(
              new TernClientException(
                  failure.getCode(), failure.getMessage(), !failure.getSenderFault()));
    }
    left.forEach(settlement -> settlement.done().complete(null));
  }
}
