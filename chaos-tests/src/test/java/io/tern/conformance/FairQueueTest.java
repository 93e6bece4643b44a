package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Standard queues whose messages name a tenant: a noisy one does not keep the quiet waiting. */
@OnEachDeployment
class FairQueueTest {
  private final Deployment service;

  FairQueueTest(Deployment service) {
    this.service = service;
  }

  @Test
  void quietTenantsComeBeforeANoisyOne() {
    TestQueue queue = TestQueue.standard(service, "fair");
    send(queue, "noisy", 100);
    receive(queue, 60);
    send(queue, "quiet", 3);
    send(queue, "", 2);
    assertThat(tenants(queue.receive(TestQueue.LONG, TestQueue.PATIENT)).subList(0, 5))
        .containsExactlyInAnyOrder("quiet", "quiet", "quiet", "none", "none");
  }

  @Test
  void noisyTenantsMessagesFlowWhenNobodyElseWaits() {
    TestQueue queue = TestQueue.standard(service, "flow");
    send(queue, "noisy", 100);
    receive(queue, 60);
    send(queue, "quiet", 1);
    assertThat(tenants(receive(queue, 41))).contains("quiet").hasSize(41);
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 101, 0));
  }

  @Test
  void fewInFlightAreNoNoise() {
    TestQueue queue = TestQueue.standard(service, "few");
    send(queue, "busy", 30);
    receive(queue, 20);
    send(queue, "quiet", 5);
    assertThat(tenants(queue.receive(TestQueue.LONG, TestQueue.PATIENT))).containsOnly("busy");
  }

  @Test
  void tenantsAreNeitherOrderedNorLocked() {
    TestQueue queue = TestQueue.standard(service, "nolock");
    send(queue, "tenant", 2);
    Message first = queue.next();
    Message second = queue.next();
    assertThat(second.messageId()).isNotEqualTo(first.messageId());
    assertThat(second.attributesAsStrings())
        .containsEntry("MessageGroupId", "tenant")
        .doesNotContainKeys("SequenceNumber", "MessageDeduplicationId");
  }

  private void send(TestQueue queue, String tenant, int count) {
    for (int sent = 0; sent < count; sent += 10) {
      List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
      for (int i = sent; i < Math.min(count, sent + 10); i++) {
        SendMessageBatchRequestEntry.Builder entry =
            SendMessageBatchRequestEntry.builder().id("e" + i).messageBody("m");
        entries.add((tenant.isEmpty() ? entry : entry.messageGroupId(tenant)).build());
      }
      service.sqs().sendMessageBatch(r -> r.queueUrl(queue.url()).entries(entries));
    }
  }

  private static List<Message> receive(TestQueue queue, int count) {
    List<Message> all = new ArrayList<>();
    while (all.size() < count) {
      int most = Math.min(10, count - all.size());
      List<Message> some =
          queue.receive(r ->
              r.maxNumberOfMessages(most)
                  .visibilityTimeout(TestQueue.LONG)
                  .waitTimeSeconds(TestQueue.PATIENT));
      assertThat(some).isNotEmpty();
      all.addAll(some);
    }
    return all;
  }

  private static List<String> tenants(List<Message> messages) {
    return messages.stream()
        .map(message -> message.attributesAsStrings().getOrDefault("MessageGroupId", "none"))
        .toList();
  }
}
