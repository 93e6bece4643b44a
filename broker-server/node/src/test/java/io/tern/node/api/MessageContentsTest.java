package io.tern.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.disk.StoredMessage;
import io.tern.node.leader.ReceivedMessages;
import io.tern.proto.content.MessageContent;
import io.tern.proto.sqs.Message;
import io.tern.proto.sqs.ReceiveMessageRequest;
import io.tern.protocols.MessageDigests;
import io.tern.state.Bytes;
import io.tern.state.Delivery;
import io.tern.state.QueueName;
import io.tern.state.catalogue.QueueDefinition;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a receiver sees of the attributes that the system gives a message. */
class MessageContentsTest {
  private static final QueueName DEAD_LETTER_SOURCE = new QueueName(Queues.ACCOUNT, "source.fifo");
  private static final MessageContent CONTENT =
      MessageContent.newBuilder()
          .setIdHigh(1)
          .setIdLow(2)
          .setBody("b")
          .setSenderId("AKID")
          .setDeduplicationId("d")
          .build();

  private final MessageContents contents =
      new MessageContents(
          new MessageDigests(),
          new ReceiptHandles(Bytes.of(new byte[32])),
          queue -> "arn:" + queue.name());

  @Test
  void aMessageOfAFifoQueue() {
    assertThat(received(Queues.fifo(Map.of()), "g", null, "All").getAttributesMap())
        .containsOnly(
            Map.entry("SenderId", "AKID"),
            Map.entry("SentTimestamp", "1000"),
            Map.entry("ApproximateReceiveCount", "3"),
            Map.entry("ApproximateFirstReceiveTimestamp", "2000"),
            Map.entry("MessageGroupId", "g"),
            Map.entry("MessageDeduplicationId", "d"),
            Map.entry("SequenceNumber", "00000000000000000009"));
  }

  @Test
  void aDeadLetterOfAFifoQueueIsKnownByItsMessageId() {
    Message message = received(Queues.fifo(Map.of()), "g", DEAD_LETTER_SOURCE, "All");

    assertThat(message.getMessageId()).isEqualTo(new UUID(1, 2).toString());
    assertThat(message.getAttributesMap())
        .containsEntry("MessageDeduplicationId", message.getMessageId())
        .containsEntry("DeadLetterQueueSourceArn", "arn:source.fifo");
  }

  @Test
  void aMessageOfAStandardQueue() {
    QueueDefinition standard = Queues.standard(Map.of());

    assertThat(received(standard, "", null, "All").getAttributesMap())
        .doesNotContainKeys("SequenceNumber", "MessageDeduplicationId", "MessageGroupId");
    assertThat(received(standard, "g", DEAD_LETTER_SOURCE, "All").getAttributesMap())
        .containsEntry("MessageGroupId", "g")
        .containsEntry("DeadLetterQueueSourceArn", "arn:source.fifo")
        .doesNotContainKeys("SequenceNumber", "MessageDeduplicationId");
  }

  @Test
  void onlyWhatIsAskedForIsTold() {
    QueueDefinition fifo = Queues.fifo(Map.of());

    assertThat(received(fifo, "g", null, "SequenceNumber").getAttributesMap())
        .containsOnlyKeys("SequenceNumber");
    assertThat(received(fifo, "g", DEAD_LETTER_SOURCE, "DeadLetterQueueSourceArn"))
        .extracting(Message::getAttributesCount)
        .isEqualTo(1);
    assertThat(received(fifo, "g", null, "Fly").getAttributesMap()).isEmpty();
  }

  private Message received(
      QueueDefinition queue, String group, @Nullable QueueName source, String wanted) {
    StoredMessage stored = new StoredMessage(9, 1_000, group, source, Bytes.EMPTY);
    return contents.received(
        queue,
        new ReceivedMessages.Message(new Delivery(9, 3, 2_000), stored),
        CONTENT,
        AttributeSelection.of(
            ReceiveMessageRequest.newBuilder().addMessageSystemAttributeNames(wanted).build()));
  }
}
