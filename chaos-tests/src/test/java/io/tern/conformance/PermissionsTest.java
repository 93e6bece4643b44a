package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** AddPermission and RemovePermission: edits of a queue's Policy. */
@OnEachDeployment
class PermissionsTest {
  private static final String ACCOUNT = "111111111111";

  private final Deployment service;

  PermissionsTest(Deployment service) {
    this.service = service;
  }

  @Test
  void firstPermissionMakesThePolicy() {
    TestQueue queue = TestQueue.standard(service, "first");
    add(queue, "label", List.of(ACCOUNT), List.of("ReceiveMessage"));
    assertThat(policy(queue))
        .isEqualTo(
            "{\"Version\":\"2008-10-17\",\"Id\":\"ARN/SQSDefaultPolicy\",\"Statement\":["
                    .replace("ARN", queue.arn())
                + statement(
                    queue, "label", "\"arn:aws:iam::111111111111:root\"", "\"SQS:ReceiveMessage\"")
                + "]}");
  }

  @Test
  void severalAccountsAndActionsAreLists() {
    TestQueue queue = TestQueue.standard(service, "several");
    add(queue, "l", List.of(ACCOUNT, "222222222222"), List.of("SendMessage", "*"));
    assertThat(policy(queue))
        .contains(
            statement(
                queue,
                "l",
                "[\"arn:aws:iam::111111111111:root\",\"arn:aws:iam::222222222222:root\"]",
                "[\"SQS:SendMessage\",\"SQS:*\"]"));
  }

  @Test
  void lastStatementTakesThePolicyWithIt() {
    TestQueue queue = TestQueue.standard(service, "last");
    add(queue, "a", List.of(ACCOUNT), List.of("SendMessage"));
    add(queue, "b", List.of(ACCOUNT), List.of("SendMessage"));
    remove(queue, "a");
    assertThat(policy(queue)).contains("\"Sid\":\"b\"").doesNotContain("\"Sid\":\"a\"");
    remove(queue, "b");
    for (int i = 0; i < 6; i++) {
      assertThat(queue.attributes()).doesNotContainKey("Policy");
    }
  }

  @Test
  void statementJoinsThePolicyThatIsThere() {
    TestQueue queue = TestQueue.standard(service, "joins");
    queue.set(
        QueueAttributeName.POLICY,
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"mine\",\"Effect\":\"Allow\","
            + "\"Principal\":\"*\",\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}]}");
    add(queue, "added", List.of(ACCOUNT), List.of("SendMessage"));
    assertThat(policy(queue))
        .contains("\"Version\":\"2012-10-17\"", "\"Sid\":\"mine\"", "\"Sid\":\"added\"");
    remove(queue, "mine");
    assertThat(policy(queue)).contains("\"Sid\":\"added\"").doesNotContain("mine");
  }

  @Test
  void labelIsUnique() {
    TestQueue queue = TestQueue.standard(service, "label");
    add(queue, "l", List.of(ACCOUNT), List.of("SendMessage"));
    Refusal.assertRefused(
        () -> add(queue, "l", List.of(ACCOUNT), List.of("ReceiveMessage")),
        ErrorKind.INVALID_PARAMETER_VALUE,
        "Value l for parameter Label is invalid. Reason: Already exists.");
    Refusal.assertRefused(
        () -> remove(queue, "other"),
        ErrorKind.INVALID_PARAMETER_VALUE,
        "Value other for parameter Label is invalid. Reason: can't find label.");
  }

  @Test
  void sevenActionsAndNoMore() {
    TestQueue queue = TestQueue.standard(service, "seven");
    List<String> actions =
        new ArrayList<>(
            List.of(
                "SendMessage",
                "ReceiveMessage",
                "DeleteMessage",
                "ChangeMessageVisibility",
                "GetQueueAttributes",
                "GetQueueUrl",
                "PurgeQueue"));
    add(queue, "seven", List.of(ACCOUNT), actions);
    actions.add("ListDeadLetterSourceQueues");
    Refusal.assertRefused(
        () -> add(queue, "eight", List.of(ACCOUNT), actions),
        ErrorKind.OVER_LIMIT,
        "8 Actions were found, maximum allowed is 7.");
  }

  @Test
  void permissionsAddedAtOnceAreAllKept() throws Exception {
    TestQueue queue = TestQueue.standard(service, "atonce");
    List<Future<?>> adders = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (int i = 0; i < 4; i++) {
        String label = "label" + i;
        adders.add(
            threads.submit(() -> add(queue, label, List.of(ACCOUNT), List.of("SendMessage"))));
      }
      for (Future<?> adder : adders) {
        adder.get();
      }
    }
    assertThat(policy(queue)).contains("label0", "label1", "label2", "label3");
  }

  private void add(TestQueue queue, String label, List<String> accounts, List<String> actions) {
    service
        .sqs()
        .addPermission(
            r -> r.queueUrl(queue.url()).label(label).awsAccountIds(accounts).actions(actions));
  }

  private void remove(TestQueue queue, String label) {
    service.sqs().removePermission(r -> r.queueUrl(queue.url()).label(label));
  }

  private static String policy(TestQueue queue) {
    return queue.attributes().getOrDefault("Policy", "");
  }

  private static String statement(
      TestQueue queue, String label, String principals, String actions) {
    return "{\"Sid\":\""
        + label
        + "\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
        + principals
        + "},\"Action\":"
        + actions
        + ",\"Resource\":\""
        + queue.arn()
        + "\"}";
  }
}
