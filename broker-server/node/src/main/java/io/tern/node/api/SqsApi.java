package io.tern.node.api;

import io.tern.node.routing.PartitionRouter;
import io.tern.protocols.MessageDigests;
import io.tern.state.Bytes;

/** All operations of SQS that this node answers, put together. */
public final class SqsApi {
  private SqsApi() {}

  /** The table of operations over routing and directory. */
  public static ApiTable table(
      PartitionRouter router, QueueDirectory directory, Bytes sealingKey, boolean relaxed) {
    MessageDigests digests = new MessageDigests();
    ReceiptHandles receipts = new ReceiptHandles(sealingKey);
    Outgoing outgoing = new Outgoing(digests);
    Settling settling = new Settling(receipts);
    ApiTable table = new ApiTable();
    new QueueApi(router, directory, relaxed).addTo(table);
    new MessageApi(router, directory, new MessageContents(digests, receipts), outgoing, settling)
        .addTo(table);
    new BatchApi(router, directory, outgoing, settling).addTo(table);
    return table;
  }
}
