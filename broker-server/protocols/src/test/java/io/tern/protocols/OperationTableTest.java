package io.tern.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.proto.sqs.ReceiveMessageRequest;
import io.tern.proto.sqs.SendMessageResult;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The table against the list of operations of SQS. */
class OperationTableTest {
  private static final List<String> NAMES =
      List.of(
          "AddPermission",
          "CancelMessageMoveTask",
          "ChangeMessageVisibility",
          "ChangeMessageVisibilityBatch",
          "CreateQueue",
          "DeleteMessage",
          "DeleteMessageBatch",
          "DeleteQueue",
          "GetQueueAttributes",
          "GetQueueUrl",
          "ListDeadLetterSourceQueues",
          "ListMessageMoveTasks",
          "ListQueueTags",
          "ListQueues",
          "PurgeQueue",
          "ReceiveMessage",
          "RemovePermission",
          "SendMessage",
          "SendMessageBatch",
          "SetQueueAttributes",
          "StartMessageMoveTask",
          "TagQueue",
          "UntagQueue");

  private final OperationTable table = OperationTable.sqs();
  private final WireCodec codec = new WireCodec(table, OperationTable.sns());

  @Test
  void hasTheOperationsOfSqsAndNoOthers() {
    assertThat(table.operations()).extracting(Operation::name).containsExactlyElementsOf(NAMES);
  }

  @Test
  void hasThe42OperationsOfSns() {
    assertThat(OperationTable.sns().operations())
        .extracting(Operation::name)
        .hasSize(42)
        .doesNotHaveDuplicates()
        .contains("Publish", "PublishBatch", "GetSMSSandboxAccountStatus", "TagResource");
  }

  @Test
  void onlyTheTwoPermissionActionsAreOfBothServices() {
    OperationTable sns = OperationTable.sns();
    assertThat(sns.operations().stream().map(Operation::name).filter(NAMES::contains))
        .containsExactly("AddPermission", "RemovePermission");
    assertThat(Objects.requireNonNull(sns.byAction("AddPermission")).key())
        .isEqualTo("sns.AddPermission");
    assertThat(Objects.requireNonNull(table.byAction("AddPermission")).key())
        .isEqualTo("sqs.AddPermission");
  }

  @Test
  void operationsOfSnsWithoutOutputHaveNoResultElement() {
    assertThat(
            OperationTable.sns().operations().stream().filter(operation -> !operation.hasResult()))
        .extracting(Operation::name)
        .containsExactly(
            "AddPermission",
            "DeleteEndpoint",
            "DeletePlatformApplication",
            "DeleteTopic",
            "PutDataProtectionPolicy",
            "RemovePermission",
            "SetEndpointAttributes",
            "SetPlatformApplicationAttributes",
            "SetSubscriptionAttributes",
            "SetTopicAttributes",
            "Unsubscribe");
  }

  @Test
  void everyOperationIsReachedByBothProtocols() {
    for (String name : NAMES) {
      assertThat(codec.decode(Requests.json(name, "{}")).operation().name()).isEqualTo(name);
      assertThat(codec.decode(Requests.form("/", "Action=" + name)).operation().name())
          .isEqualTo(name);
    }
  }

  @Test
  void knowsTheGeneratedTypes() {
    assertThat(table.byAction("ReceiveMessage"))
        .extracting(Operation::requestPrototype)
        .isInstanceOf(ReceiveMessageRequest.class);
    assertThat(table.byTarget("AmazonSQS.SendMessage"))
        .extracting(Operation::responsePrototype)
        .isInstanceOf(SendMessageResult.class);
  }

  @Test
  void namesAreExact() {
    assertThat(table.byAction("sendMessage")).isNull();
    assertThat(table.byTarget("SendMessage")).isNull();
    assertThat(table.byTarget("AmazonSNS.SendMessage")).isNull();
  }
}
