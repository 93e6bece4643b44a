package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** Sequence numbers of FIFO queues: 20 digits, rising, the same for sender and receiver. */
@OnEachDeployment
class SequenceNumbersTest {
  private final Deployment service;

  SequenceNumbersTest(Deployment service) {
    this.service = service;
  }

  @Test
  void numbersRiseAndAreOfTwentyDigits() {
    TestQueue queue = TestQueue.fifo(service, "sequence");
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      numbers.add(queue.send("g" + i % 2, "m" + i).sequenceNumber());
    }
    assertThat(numbers).allMatch(number -> number.matches("[0-9]{20}"));
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void receiverIsToldTheNumberOfTheSender() {
    TestQueue queue = TestQueue.fifo(service, "same");
    String sent = queue.send("g", "m").sequenceNumber();
    for (int i = 0; i < 2; i++) {
      Message message = queue.next(0);
      assertThat(message.attributesAsStrings()).containsEntry("SequenceNumber", sent);
    }
  }

  @Test
  void entriesOfABatchHaveNumbersInTheirOrder() {
    TestQueue queue = TestQueue.fifo(service, "batch");
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id("e" + i)
              .messageBody("m" + i)
              .messageGroupId("g")
              .messageDeduplicationId("d" + i)
              .build());
    }
    SendMessageBatchResponse sent =
        service.sqs().sendMessageBatch(r -> r.queueUrl(queue.url()).entries(entries));
    List<String> numbers =
        sent.successful().stream().map(entry -> entry.id() + entry.sequenceNumber()).toList();
    assertThat(numbers).hasSize(10).isSorted();
    assertThat(sent.successful()).allMatch(entry -> entry.sequenceNumber().matches("[0-9]{20}"));
  }

  @Test
  void standardQueuesHaveNone() {
    TestQueue queue = TestQueue.standard(service, "nosequence");
    assertThat(queue.send("m").sequenceNumber()).isNull();
    assertThat(queue.next().attributesAsStrings())
        .doesNotContainKeys("SequenceNumber", "MessageDeduplicationId", "MessageGroupId");
  }
}
