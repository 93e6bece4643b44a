package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Infrastructure-as-code tools set attributes and then wait until they read them back: what is set
 * is what ten reads in a row on every node give.
 */
@OnEachDeployment
class AttributesStayTest {
  private static final int READS = 10;

  private final Deployment service;

  AttributesStayTest(Deployment service) {
    this.service = service;
  }

  @Test
  void attributesOfAStandardQueue() {
    TestQueue dead = TestQueue.standard(service, "dead");
    Map<QueueAttributeName, String> wanted = plain();
    wanted.put(QueueAttributeName.REDRIVE_POLICY, TestQueue.redrivePolicy(dead.arn(), 5));
    wanted.put(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "false");
    stays(TestQueue.standard(service, "created", wanted), wanted);

    TestQueue changed = TestQueue.standard(service, "changed");
    changed.set(wanted);
    stays(changed, wanted);
  }

  @Test
  void attributesOfAFifoQueue() {
    TestQueue dead = TestQueue.fifo(service, "dead");
    Map<QueueAttributeName, String> wanted = plain();
    wanted.put(QueueAttributeName.REDRIVE_POLICY, TestQueue.redrivePolicy(dead.arn(), 1000));
    wanted.put(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true");
    wanted.put(QueueAttributeName.DEDUPLICATION_SCOPE, "messageGroup");
    wanted.put(QueueAttributeName.FIFO_THROUGHPUT_LIMIT, "perMessageGroupId");
    stays(TestQueue.fifo(service, "created", wanted), wanted);

    TestQueue changed = TestQueue.fifo(service, "changed");
    changed.set(wanted);
    stays(changed, wanted);
  }

  @Test
  void encryptionWithAKey() {
    Map<QueueAttributeName, String> wanted = new EnumMap<>(QueueAttributeName.class);
    wanted.put(QueueAttributeName.KMS_MASTER_KEY_ID, "alias/aws/sqs");
    wanted.put(QueueAttributeName.KMS_DATA_KEY_REUSE_PERIOD_SECONDS, "600");
    TestQueue queue = TestQueue.standard(service, "kms");
    queue.set(wanted);
    stays(queue, wanted);
    assertThat(queue.attributes()).containsEntry("SqsManagedSseEnabled", "false");
    queue.set(QueueAttributeName.KMS_MASTER_KEY_ID, "");
    stays(queue, Map.of(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "false"));
    queue.set(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "true");
    stays(queue, Map.of(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "true"));
  }

  @Test
  void allowPolicy() {
    TestQueue queue = TestQueue.standard(service, "allow");
    for (String policy :
        List.of(
            "{\"redrivePermission\":\"allowAll\"}",
            "{\"redrivePermission\":\"denyAll\"}",
            "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"" + queue.arn() + "\"]}")) {
      Map<QueueAttributeName, String> wanted =
          Map.of(QueueAttributeName.REDRIVE_ALLOW_POLICY, policy);
      queue.set(wanted);
      stays(queue, wanted);
    }
  }

  @Test
  void removedAttributesStayAway() {
    TestQueue dead = TestQueue.standard(service, "dead");
    TestQueue queue = TestQueue.standard(service, "removed");
    Map<QueueAttributeName, String> removable =
        Map.of(
            QueueAttributeName.POLICY, plain().getOrDefault(QueueAttributeName.POLICY, ""),
            QueueAttributeName.REDRIVE_POLICY, TestQueue.redrivePolicy(dead.arn(), 3),
            QueueAttributeName.REDRIVE_ALLOW_POLICY, "{\"redrivePermission\":\"denyAll\"}");
    queue.set(removable);
    stays(queue, removable);
    Map<QueueAttributeName, String> removal = new HashMap<>(removable);
    removal.replaceAll((name, value) -> "");
    queue.set(removal);
    for (int i = 0; i < READS; i++) {
      assertThat(queue.attributes())
          .doesNotContainKeys("Policy", "RedrivePolicy", "RedriveAllowPolicy");
    }
  }

  private static Map<QueueAttributeName, String> plain() {
    Map<QueueAttributeName, String> wanted = new EnumMap<>(QueueAttributeName.class);
    wanted.put(QueueAttributeName.DELAY_SECONDS, "7");
    wanted.put(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "2048");
    wanted.put(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "86400");
    wanted.put(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "3");
    wanted.put(QueueAttributeName.VISIBILITY_TIMEOUT, "77");
    wanted.put(
        QueueAttributeName.POLICY,
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"s\",\"Effect\":\"Allow\","
            + "\"Principal\":\"*\",\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}]}");
    return wanted;
  }

  private void stays(TestQueue queue, Map<QueueAttributeName, String> wanted) {
    Map<String, String> expected = new HashMap<>();
    wanted.forEach((name, value) -> expected.put(name.toString(), value));
    for (URI node : service.endpoints()) {
      for (int i = 0; i < READS; i++) {
        assertThat(
                service
                    .at(node)
                    .getQueueAttributes(
                        r -> r.queueUrl(queue.url()).attributeNames(QueueAttributeName.ALL))
                    .attributesAsStrings())
            .as("read %s of %s", i + 1, node)
            .containsAllEntriesOf(expected);
      }
    }
  }
}
