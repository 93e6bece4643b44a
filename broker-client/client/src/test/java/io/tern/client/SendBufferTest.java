package io.tern.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.proto.sqs.SendMessageBatchRequestEntry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which messages form a batch, and when. */
class SendBufferTest {
  private static final long LINGER = 5;
  private long sequence;

  @Test
  void aBatchWaitsForItsLinger() {
    SendBuffer buffer = standard(10, 1_000);
    buffer.add(message("a", 10, 100));

    assertThat(buffer.nextBatch(104, false)).isEmpty();
    assertThat(buffer.dueAtMillis()).isEqualTo(105);
    assertThat(bodies(buffer.nextBatch(105, false))).containsExactly("a");
    assertThat(buffer.dueAtMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aFullBatchDoesNotWait() {
    SendBuffer byCount = standard(2, 1_000);
    byCount.add(message("a", 10, 100));
    assertThat(byCount.hasFullBatch()).isFalse();
    byCount.add(message("b", 10, 100));
    byCount.add(message("c", 10, 100));
    assertThat(byCount.hasFullBatch()).isTrue();
    assertThat(bodies(byCount.nextBatch(100, false))).containsExactly("a", "b");
    assertThat(byCount.nextBatch(100, false)).isEmpty();

    SendBuffer byBytes = standard(10, 25);
    byBytes.add(message("a", 10, 100));
    byBytes.add(message("b", 10, 100));
    byBytes.add(message("c", 10, 100));
    assertThat(bodies(byBytes.nextBatch(100, false))).containsExactly("a", "b");
  }

  @Test
  void aHurryLetsNothingWait() {
    SendBuffer buffer = standard(10, 1_000);
    buffer.add(message("a", 10, 100));
    assertThat(bodies(buffer.nextBatch(100, true))).containsExactly("a");
  }

  @Test
  void aMessageLargerThanABatchTravelsAlone() {
    SendBuffer buffer = standard(10, 25);
    buffer.add(message("large", 100, 100));
    buffer.add(message("small", 10, 100));
    assertThat(bodies(buffer.nextBatch(100, false))).containsExactly("large");
    assertThat(bodies(buffer.nextBatch(105, false))).containsExactly("small");
  }

  @Test
  void batchesOfAStandardQueueFollowEachOther() {
    SendBuffer buffer = standard(1, 1_000);
    buffer.add(message("a", 10, 100));
    buffer.add(message("b", 10, 100));
    assertThat(bodies(buffer.nextBatch(100, false))).containsExactly("a");
    assertThat(bodies(buffer.nextBatch(100, false))).containsExactly("b");
  }

  @Test
  void aGroupWaitsForItsBatchAndOthersDoNot() {
    SendBuffer buffer = fifo(1, 1_000);
    buffer.add(message("a1", 10, 100));
    buffer.add(message("a2", 10, 100));
    buffer.add(message("b1", 10, 100));

    List<PendingMessage> first = buffer.nextBatch(100, false);
    assertThat(bodies(first)).containsExactly("a1");
    assertThat(bodies(buffer.nextBatch(100, false))).containsExactly("b1");
    assertThat(buffer.nextBatch(1_000, true)).isEmpty();
    assertThat(buffer.hasReady()).isFalse();

    buffer.returned(first, List.of());
    assertThat(bodies(buffer.nextBatch(100, false))).containsExactly("a2");
  }

  @Test
  void oneBatchHoldsAGroupInItsOrder() {
    SendBuffer buffer = fifo(10, 1_000);
    for (String body : List.of("a1", "b1", "a2", "c1", "b2", "a3")) {
      buffer.add(message(body, 10, 100));
    }
    assertThat(bodies(buffer.nextBatch(105, false)))
        .containsExactly("a1", "b1", "a2", "c1", "b2", "a3");
  }

  @Test
  void whatIsSentAgainGoesBeforeWhatIsNewer() {
    SendBuffer buffer = fifo(10, 1_000);
    buffer.add(message("a1", 10, 100));
    buffer.add(message("a2", 10, 100));
    buffer.add(message("a3", 10, 100));
    List<PendingMessage> batch = buffer.nextBatch(105, false);
    buffer.add(message("a4", 10, 100));

    buffer.returned(batch, batch.subList(1, 3));

    assertThat(bodies(buffer.nextBatch(105, false))).containsExactly("a2", "a3", "a4");
  }

  @Test
  void whatWaitsTooLongIsTakenOutEvenBehindABatch() {
    SendBuffer buffer = fifo(1, 1_000);
    buffer.add(message("a1", 10, 100));
    List<PendingMessage> onItsWay = buffer.nextBatch(100, false);
    buffer.add(message("a2", 10, 100));
    buffer.add(message("a3", 10, 200));

    assertThat(bodies(buffer.takeExpired(1_100))).containsExactly("a2");
    buffer.returned(onItsWay, List.of());
    assertThat(bodies(buffer.nextBatch(1_100, false))).containsExactly("a3");
    assertThat(buffer.takeAll()).isEmpty();
  }

  private static SendBuffer standard(int messages, int bytes) {
    return new SendBuffer(false, messages, bytes, LINGER);
  }

  private static SendBuffer fifo(int messages, int bytes) {
    return new SendBuffer(true, messages, bytes, LINGER);
  }

  /** The first letter of the body is the group; it may wait for a second. */
  private PendingMessage message(String body, int bytes, long nowMillis) {
    sequence++;
    return new PendingMessage(
        sequence,
        SendMessageBatchRequestEntry.newBuilder()
            .setMessageBody(body)
            .setMessageGroupId(body.substring(0, 1))
            .build(),
        bytes,
        nowMillis,
        nowMillis + 1_000,
        new CompletableFuture<>());
  }

  private static List<String> bodies(List<PendingMessage> messages) {
    return messages.stream().map(message -> message.entry().getMessageBody()).toList();
  }
}
