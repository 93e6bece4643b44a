package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Attributes of queues: defaults, what is set is read back, what is derived is right. */
@OnEachDeployment
class QueueAttributesTest {
  private final Deployment service;

  QueueAttributesTest(Deployment service) {
    this.service = service;
  }

  @Test
  void defaultsAreThoseOfTheReference() {
    String name = service.newName("defaults");
    long beforeSeconds = Instant.now().getEpochSecond();
    String url = service.sqs().createQueue(r -> r.queueName(name)).queueUrl();

    Map<String, String> all = all(url);
    assertThat(all)
        .containsEntry("DelaySeconds", "0")
        .containsEntry("MaximumMessageSize", "1048576")
        .containsEntry("MessageRetentionPeriod", "345600")
        .containsEntry("ReceiveMessageWaitTimeSeconds", "0")
        .containsEntry("VisibilityTimeout", "30")
        .containsEntry("SqsManagedSseEnabled", "true")
        .containsEntry("QueueArn", "arn:aws:sqs:us-east-1:000000000000:" + name)
        .containsEntry("ApproximateNumberOfMessages", "0")
        .containsEntry("ApproximateNumberOfMessagesNotVisible", "0")
        .containsEntry("ApproximateNumberOfMessagesDelayed", "0")
        .containsOnlyKeys(
            "DelaySeconds",
            "MaximumMessageSize",
            "MessageRetentionPeriod",
            "ReceiveMessageWaitTimeSeconds",
            "VisibilityTimeout",
            "SqsManagedSseEnabled",
            "QueueArn",
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed",
            "CreatedTimestamp",
            "LastModifiedTimestamp");
    assertThat(Long.parseLong(all.getOrDefault("CreatedTimestamp", "")))
        .isBetween(beforeSeconds - 2, Instant.now().getEpochSecond() + 2);
    assertThat(all.get("LastModifiedTimestamp")).isEqualTo(all.get("CreatedTimestamp"));
  }

  @Test
  void everySettableAttributeIsReadBackFromEveryNode() {
    Map<QueueAttributeName, String> wanted = new EnumMap<>(QueueAttributeName.class);
    wanted.put(QueueAttributeName.DELAY_SECONDS, "900");
    wanted.put(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1024");
    wanted.put(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "1209600");
    wanted.put(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "20");
    wanted.put(QueueAttributeName.VISIBILITY_TIMEOUT, "43200");
    wanted.put(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "false");
    wanted.put(
        QueueAttributeName.POLICY,
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"s\",\"Effect\":\"Allow\","
            + "\"Principal\":\"*\",\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}]}");

    String created = service.newQueue("created", wanted);
    String changed = service.newQueue("changed");
    service.sqs().setQueueAttributes(r -> r.queueUrl(changed).attributes(wanted));

    for (int i = 0; i < 6; i++) {
      assertThat(settable(created, wanted)).isEqualTo(wanted);
      assertThat(settable(changed, wanted)).isEqualTo(wanted);
    }
  }

  @Test
  void encryptionAttributesExcludeEachOther() {
    String url = service.newQueue("kms");
    set(url, QueueAttributeName.KMS_MASTER_KEY_ID, "alias/aws/sqs");
    set(url, QueueAttributeName.KMS_DATA_KEY_REUSE_PERIOD_SECONDS, "600");
    assertThat(all(url))
        .containsEntry("KmsMasterKeyId", "alias/aws/sqs")
        .containsEntry("KmsDataKeyReusePeriodSeconds", "600")
        .containsEntry("SqsManagedSseEnabled", "false");

    set(url, QueueAttributeName.KMS_MASTER_KEY_ID, "");
    set(url, QueueAttributeName.KMS_DATA_KEY_REUSE_PERIOD_SECONDS, "300");
    assertThat(all(url))
        .doesNotContainKeys("KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds")
        .containsEntry("SqsManagedSseEnabled", "false");
  }

  @Test
  void emptyPolicyIsNoPolicy() {
    String url = service.newQueue("policy");
    set(url, QueueAttributeName.POLICY, "{\"Version\":\"2012-10-17\",\"Statement\":[]}");
    assertThat(all(url)).containsKey("Policy");
    set(url, QueueAttributeName.POLICY, "");
    assertThat(all(url)).doesNotContainKey("Policy");
  }

  @Test
  void booleansAreTakenInAnyCase() {
    String url = service.newQueue("boolean");
    set(url, QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "FALSE");
    assertThat(all(url)).containsEntry("SqsManagedSseEnabled", "false");
    set(url, QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "True");
    assertThat(all(url)).containsEntry("SqsManagedSseEnabled", "true");
  }

  @ParameterizedTest
  @CsvSource({
    "DelaySeconds, 0, 900",
    "MaximumMessageSize, 1024, 1048576",
    "MessageRetentionPeriod, 60, 1209600",
    "ReceiveMessageWaitTimeSeconds, 0, 20",
    "VisibilityTimeout, 0, 43200",
    "KmsDataKeyReusePeriodSeconds, 60, 86400",
  })
  void rangesAreInclusive(String attribute, String lowest, String highest) {
    String url = service.newQueue("range");
    QueueAttributeName name = QueueAttributeName.fromValue(attribute);
    set(url, name, highest);
    assertThat(all(url)).containsEntry(attribute, highest);
    set(url, name, lowest);
    assertThat(all(url)).containsEntry(attribute, lowest);
  }

  @Test
  void oneBadValueChangesNothing() {
    String url = service.newQueue("atomic");
    Map<QueueAttributeName, String> oneBad =
        Map.of(
            QueueAttributeName.DELAY_SECONDS, "10",
            QueueAttributeName.VISIBILITY_TIMEOUT, "43201");
    Refusal.assertRefused(
        () -> service.sqs().setQueueAttributes(r -> r.queueUrl(url).attributes(oneBad)),
        ErrorKind.INVALID_ATTRIBUTE_VALUE,
        "Invalid value for the parameter VisibilityTimeout.");
    assertThat(all(url))
        .containsEntry("DelaySeconds", "0")
        .containsEntry("VisibilityTimeout", "30");
  }

  @Test
  void onlyTheAttributesAskedForAreReturned() {
    String url = service.newQueue("asked");
    assertThat(service.sqs().getQueueAttributes(r -> r.queueUrl(url)).attributes()).isEmpty();
    assertThat(
            service
                .sqs()
                .getQueueAttributes(r ->
                    r.queueUrl(url)
                        .attributeNames(
                            QueueAttributeName.DELAY_SECONDS, QueueAttributeName.POLICY))
                .attributesAsStrings())
        .isEqualTo(Map.of("DelaySeconds", "0"));
  }

  @Test
  void countsFollowTheStatesOfMessages() {
    String url = service.newQueue("counts");
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("1"));
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("2"));
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("3").delaySeconds(900));
    assertThat(QueueCounts.of(service, url)).isEqualTo(new QueueCounts(2, 0, 1));

    String handle =
        service
            .sqs()
            .receiveMessage(r -> r.queueUrl(url).visibilityTimeout(600))
            .messages()
            .getFirst()
            .receiptHandle();
    assertThat(QueueCounts.of(service, url)).isEqualTo(new QueueCounts(1, 1, 1));

    service.sqs().deleteMessage(r -> r.queueUrl(url).receiptHandle(handle));
    assertThat(QueueCounts.of(service, url)).isEqualTo(new QueueCounts(1, 0, 1));
  }

  private void set(String url, QueueAttributeName name, String value) {
    service.sqs().setQueueAttributes(r -> r.queueUrl(url).attributes(Map.of(name, value)));
  }

  private Map<String, String> all(String url) {
    return service
        .sqs()
        .getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
        .attributesAsStrings();
  }

  private Map<QueueAttributeName, String> settable(
      String url, Map<QueueAttributeName, String> wanted) {
    return service
        .sqs()
        .getQueueAttributes(r -> r.queueUrl(url).attributeNames(wanted.keySet()))
        .attributes();
  }
}
