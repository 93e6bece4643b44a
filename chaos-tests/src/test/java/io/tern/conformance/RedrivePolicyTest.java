package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.ListDeadLetterSourceQueuesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What a RedrivePolicy and a RedriveAllowPolicy may say, and which queues they tie together. */
@OnEachDeployment
class RedrivePolicyTest {
  private final Deployment service;

  RedrivePolicyTest(Deployment service) {
    this.service = service;
  }

  @Test
  void policyIsReturnedInItsOneForm() {
    TestQueue dead = TestQueue.standard(service, "dead");
    TestQueue source = TestQueue.standard(service, "source");
    source.set(
        QueueAttributeName.REDRIVE_POLICY,
        "{ \"maxReceiveCount\" : \"42\", \"deadLetterTargetArn\":\"" + dead.arn() + "\" }");
    assertThat(source.attributes())
        .containsEntry("RedrivePolicy", TestQueue.redrivePolicy(dead.arn(), 42));
    source.set(QueueAttributeName.REDRIVE_POLICY, "");
    assertThat(source.attributes()).doesNotContainKey("RedrivePolicy");
  }

  @Test
  void createTakesAPolicyAndComparesIt() {
    TestQueue dead = TestQueue.standard(service, "dead");
    String name = service.newName("source");
    create(name, TestQueue.redrivePolicy(dead.arn(), 3));
    create(
        name, "{\"maxReceiveCount\":\"3\", \"deadLetterTargetArn\":\"%s\"}".formatted(dead.arn()));
    Refusal.assertRefused(
        () -> create(name, TestQueue.redrivePolicy(dead.arn(), 4)),
        ErrorKind.QUEUE_NAME_EXISTS,
        "A queue already exists with the same name and a different value for attribute"
            + " RedrivePolicy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "-1", "\"x\"", "1.5"})
  void countOutOfRange(String count) {
    TestQueue dead = TestQueue.standard(service, "dead");
    TestQueue source = TestQueue.standard(service, "source");
    String policy =
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%s}".formatted(dead.arn(), count);
    Refusal.assertRefused(
        () -> source.set(QueueAttributeName.REDRIVE_POLICY, policy),
        ErrorKind.INVALID_PARAMETER_VALUE,
        "Value "
            + policy
            + " for parameter RedrivePolicy is invalid. Reason: Invalid value for"
            + " maxReceiveCount: "
            + count.replace("\"", "")
            + ", valid values are from 1 to 1000 both inclusive.");
  }

  @Test
  void policyWithoutACount() {
    TestQueue dead = TestQueue.standard(service, "dead");
    String policy = "{\"deadLetterTargetArn\":\"%s\"}".formatted(dead.arn());
    Refusal.assertRefused(
        () -> TestQueue.standard(service, "source").set(QueueAttributeName.REDRIVE_POLICY, policy),
        ErrorKind.INVALID_PARAMETER_VALUE,
        "Value "
            + policy
            + " for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain"
            + " mandatory attribute: maxReceiveCount.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        "[]",
        "{\"maxReceiveCount\":3}",
        "{\"deadLetterTargetArn\":\"no arn\",\"maxReceiveCount\":3}",
        "{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-west-1:000000000000:q\",\"maxReceiveCount\":3}",
        "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:111111111111:q\",\"maxReceiveCount\":3}",
      })
  void policyThatIsNone(String policy) {
    TestQueue source = TestQueue.standard(service, "source");
    Refusal refusal = Refusal.of(() -> source.set(QueueAttributeName.REDRIVE_POLICY, policy));
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.code()).isIn("InvalidParameterValue", "InvalidAttributeValue");
    assertThat(source.attributes()).doesNotContainKey("RedrivePolicy");
  }

  @Test
  void targetMustExist() {
    TestQueue source = TestQueue.standard(service, "source");
    String policy = TestQueue.redrivePolicy(source.arn() + "-missing", 3);
    assertThat(Refusal.of(() -> source.set(QueueAttributeName.REDRIVE_POLICY, policy)).code())
        .isIn("AWS.SimpleQueueService.NonExistentQueue", "InvalidParameterValue");
    assertThat(Refusal.of(() -> create(service.newName("new"), policy)).code())
        .isIn("AWS.SimpleQueueService.NonExistentQueue", "InvalidParameterValue");
  }

  @Test
  void targetMustBeOfTheSameKind() {
    TestQueue standard = TestQueue.standard(service, "standard");
    TestQueue fifo = TestQueue.fifo(service, "fifo");
    assertThat(Refusal.of(() -> standard.redrive(fifo, 3)).code())
        .isIn("InvalidParameterValue", "InvalidParameterCombination");
    assertThat(Refusal.of(() -> fifo.redrive(standard, 3)).code())
        .isIn("InvalidParameterValue", "InvalidParameterCombination");
  }

  @Test
  void allowPolicyDecidesWhoMayName() {
    TestQueue dead = TestQueue.standard(service, "dead");
    TestQueue friend = TestQueue.standard(service, "friend");
    TestQueue stranger = TestQueue.standard(service, "stranger");

    allow(dead, "{\"redrivePermission\":\"denyAll\"}");
    assertThat(Refusal.of(() -> friend.redrive(dead, 3)).status()).isEqualTo(400);

    allow(
        dead,
        "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"%s\"]}".formatted(friend.arn()));
    friend.redrive(dead, 3);
    assertThat(Refusal.of(() -> stranger.redrive(dead, 3)).status()).isEqualTo(400);

    allow(dead, "{\"redrivePermission\":\"allowAll\"}");
    stranger.redrive(dead, 3);
    allow(dead, "");
    assertThat(dead.attributes()).doesNotContainKey("RedriveAllowPolicy");
  }

  @Test
  void allowPolicyOfElevenQueuesOrOfNone() {
    TestQueue dead = TestQueue.standard(service, "dead");
    List<String> arns = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      arns.add("\"" + dead.arn() + "-" + i + "\"");
    }
    allow(dead, byQueue(arns));
    arns.add("\"" + dead.arn() + "-10\"");
    for (String bad :
        List.of(
            byQueue(arns),
            byQueue(List.of()),
            "text",
            "{\"redrivePermission\":\"perhaps\"}",
            "{\"redrivePermission\":\"allowAll\",\"sourceQueueArns\":[" + arns.getFirst() + "]}")) {
      assertThat(Refusal.of(() -> allow(dead, bad)).code())
          .as(bad)
          .isIn("InvalidParameterValue", "InvalidAttributeValue");
    }
  }

  @Test
  void sourcesOfADeadLetterQueueAreListedByPage() {
    TestQueue dead = TestQueue.standard(service, "dead");
    assertThat(list(dead, 0, "").queueUrls()).isEmpty();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      TestQueue source = TestQueue.standard(service, "source");
      source.redrive(dead, 3);
      names.add(source.name());
    }
    assertThat(list(dead, 0, "").queueUrls()).hasSize(5);
    assertThat(list(dead, 0, "").nextToken()).isNull();

    List<String> found = new ArrayList<>();
    String token = "";
    do {
      ListDeadLetterSourceQueuesResponse page = list(dead, 2, token);
      assertThat(page.queueUrls()).hasSizeBetween(1, 2);
      page.queueUrls().forEach(url -> found.add(url.substring(url.lastIndexOf('/') + 1)));
      token = page.nextToken() == null ? "" : page.nextToken();
    } while (!token.isEmpty());
    assertThat(found).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void sourceThatGivesUpItsPolicyIsListedNoMore() {
    TestQueue dead = TestQueue.standard(service, "dead");
    TestQueue source = TestQueue.standard(service, "source");
    source.redrive(dead, 3);
    assertThat(list(dead, 0, "").queueUrls()).hasSize(1);
    source.set(QueueAttributeName.REDRIVE_POLICY, "");
    assertThat(list(dead, 0, "").queueUrls()).isEmpty();
    source.redrive(dead, 3);
    service.sqs().deleteQueue(r -> r.queueUrl(source.url()));
    assertThat(list(dead, 0, "").queueUrls()).isEmpty();
  }

  private ListDeadLetterSourceQueuesResponse list(TestQueue dead, int most, String token) {
    return service
        .sqs()
        .listDeadLetterSourceQueues(r -> {
          r.queueUrl(dead.url());
          if (most > 0) {
            r.maxResults(most);
          }
          if (!token.isEmpty()) {
            r.nextToken(token);
          }
        });
  }

  private static void allow(TestQueue dead, String policy) {
    dead.set(QueueAttributeName.REDRIVE_ALLOW_POLICY, policy);
  }

  private static String byQueue(List<String> quotedArns) {
    return "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":["
        + String.join(",", quotedArns)
        + "]}";
  }

  private void create(String name, String policy) {
    service
        .sqs()
        .createQueue(
            r -> r.queueName(name).attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)));
  }
}
