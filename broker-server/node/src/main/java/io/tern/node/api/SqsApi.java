package io.tern.node.api;

import io.tern.node.routing.PartitionRouter;
import io.tern.protocols.MessageDigests;
import io.tern.protocols.OperationTable;
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
    CatalogueCalls catalogue = new CatalogueCalls(router, directory);
    MessageContents contents = new MessageContents(digests, receipts, directory::arn);
    ApiTable table = new ApiTable(OperationTable.SQS);
    new QueueApi(router, directory, catalogue, relaxed).addTo(table);
    new QueueListApi(directory).addTo(table);
    new TagApi(directory, catalogue).addTo(table);
    new PermissionApi(directory, catalogue).addTo(table);
    new MoveTaskApi(router, directory).addTo(table);
    new MessageApi(router, directory, contents, outgoing, settling).addTo(table);
    new BatchApi(router, directory, outgoing, settling).addTo(table);
    return table;
  }
}
