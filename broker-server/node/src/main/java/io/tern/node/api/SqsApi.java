package io.tern.node.api;

import io.tern.node.routing.PartitionRouter;
import io.tern.protocols.MessageDigests;
import io.tern.protocols.OperationTable;
import io.tern.state.Bytes;

/**
 * All of SQS that this node answers, put together.
 *
 * @param table the operations
 * @param producing what streams of producers need
 * @param consuming what streams of consumers need
 */
public record SqsApi(ApiTable table, Producing producing, Consuming consuming) {

  /** Makes everything over routing and directory. */
  public static SqsApi of(
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
    return new SqsApi(
        table,
        new Producing(router, directory, outgoing),
        new Consuming(router, directory, contents));
  }
}
