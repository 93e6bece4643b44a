package io.tern.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.node.config.TernConfig;
import io.tern.node.config.WallClock;
import io.tern.node.routing.CatalogueMirror;
import io.tern.node.routing.PartitionRouter;
import io.tern.node.routing.PeerClient;
import io.tern.protocols.Operation;
import io.tern.protocols.OperationTable;
import io.tern.state.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

/** The API promises no more and no less than what there is a handler for. */
class ApiTableTest {

  @Test
  void everyOperationHasAHandler() {
    try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      WallClock clock = WallClock.system();
      PartitionRouter router =
          new PartitionRouter(
              "n1", partition -> Optional.empty(), new PeerClient(List.of(), clock), timer, clock);
      QueueDirectory directory =
          new QueueDirectory(
              new CatalogueMirror(_ -> number -> new UUID(0, number)),
              () -> CompletableFuture.completedFuture(null),
              new TernConfig.Identity("000000000000", "us-east-1", ""));

      ApiTable table = SqsApi.of(router, directory, Bytes.of(new byte[32]), false).table();

      assertThat(table.operations())
          .containsExactlyInAnyOrderElementsOf(
              OperationTable.sqs().operations().stream().map(Operation::key).toList())
          .hasSize(23);
    }
  }
}
