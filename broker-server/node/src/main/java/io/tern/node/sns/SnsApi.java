package io.tern.node.sns;

import io.tern.node.api.ApiTable;
import io.tern.node.config.WallClock;
import io.tern.node.routing.CatalogueMirror;
import io.tern.node.routing.PartitionRouter;
import io.tern.protocols.OperationTable;
import io.tern.state.Bytes;
import io.tern.topics.envelope.SubscriptionArns;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** All operations of SNS, put together. */
public final class SnsApi {

  /**
   * What the operations need of the node.
   *
   * @param barrier ends when the mirror has all that was acknowledged before
   * @param account the one that owns what callers make
   */
  public record Ports(
      PartitionRouter router,
      CatalogueMirror mirror,
      Supplier<CompletableFuture<Void>> barrier,
      String account,
      QuestionSender questions,
      WallClock clock) {}

  private SnsApi() {}

  /** The table of operations. */
  public static ApiTable table(Ports ports, Bytes sealingKey) {
    TopicDirectory directory =
        new TopicDirectory(
            ports.mirror(), ports.barrier(), new SubscriptionArns(sealingKey), ports.account());
    CatalogueEdits catalogue = new CatalogueEdits(ports.router(), ports.mirror());
    Archives archives = new Archives(ports.router());
    Pages pages = new Pages(sealingKey);
    ConfirmationTokens tokens = new ConfirmationTokens(sealingKey);
    Questions questions = new Questions(directory, tokens, ports.questions(), ports.clock());
    OutgoingPublish outgoing = new OutgoingPublish(ports.clock());
    DirectPublishing direct =
        new DirectPublishing(
            ports.router(), directory, outgoing, new DirectTopics(directory, catalogue));
    ApiTable table = new ApiTable(OperationTable.SNS);
    new TopicApi(directory, catalogue, archives, pages).addTo(table);
    new SubscriptionApi(directory, catalogue, archives, questions, ports.clock()).addTo(table);
    new SubscriptionListApi(directory, pages).addTo(table);
    new ConfirmationApi(directory, catalogue, tokens, questions, ports.clock()).addTo(table);
    new PublishApi(ports.router(), directory, outgoing, direct).addTo(table);
    new TopicPermissionApi(directory, catalogue).addTo(table);
    new TopicTagApi(directory, catalogue).addTo(table);
    new PlatformApi(directory, catalogue, pages).addTo(table);
    new SmsApi(directory, catalogue, pages).addTo(table);
    new SandboxApi(directory, catalogue, pages, direct, new SecureRandom()).addTo(table);
    return table;
  }
}
