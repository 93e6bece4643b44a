package io.tern.node.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.disk.StoredMessage;
import io.tern.state.Arrival;
import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.limits.Limits;
import org.junit.jupiter.api.Test;

/** What a receive finds in memory is what the row would say. */
class RecentMessagesTest {
  private static final QueueId QUEUE = new QueueId(1);
  private static final QueueName SOURCE = new QueueName("1", "orders");

  private final RecentMessages recent = new RecentMessages();

  @Test
  void messagesAreAsTheyWereStored() {
    Bytes content = Bytes.of(new byte[] {1});
    recent.stored(new Change.MessageStored(QUEUE, 1, 10, 20, 30, "group", content));
    recent.stored(
        new Change.MessageArrived(QUEUE, 2, 10, 20, 30, "", new Arrival(SOURCE, 3, 5), content));

    assertThat(recent.find(QUEUE, 1)).contains(new StoredMessage(1, 20, "group", null, content));
    assertThat(recent.find(QUEUE, 2)).contains(new StoredMessage(2, 20, "", SOURCE, content));
    recent.removed(QUEUE, 1);
    assertThat(recent.find(QUEUE, 1)).isEmpty();
  }

  @Test
  void theOldestLeave() {
    byte[] large = new byte[(int) (Limits.RECENT_MESSAGE_BYTES / 4)];
    for (long number = 1; number <= 5; number++) {
      recent.stored(
          new Change.MessageStored(QUEUE, number, 10, 20, 30, "", Bytes.of(large.clone())));
    }

    assertThat(recent.find(QUEUE, 1)).isEmpty();
    assertThat(recent.find(QUEUE, 5)).isPresent();
  }
}
