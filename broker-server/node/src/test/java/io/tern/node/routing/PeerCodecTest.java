package io.tern.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.disk.StoredMessage;
import io.tern.node.leader.ReceiveRequest;
import io.tern.node.leader.ReceivedMessages;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.Delivery;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.limits.ErrorCode;
import io.tern.state.queue.MoveTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What one node says to another is what the other hears. */
class PeerCodecTest {
  private static final QueueName ORDERS = new QueueName("000000000000", "orders");
  private static final MoveTarget TARGET =
      new MoveTarget(new QueueId(9), new PartitionId(3), ORDERS);

  @Test
  void receives() {
    assertSame(new ReceiveRequest(new QueueId(7), 10, Command.QUEUE_DEFAULT, 20_000, ""));
    assertSame(new ReceiveRequest(new QueueId(7), 1, 0, 0, "attempt-17"));
  }

  private static void assertSame(ReceiveRequest request) {
    assertThat(PeerCodec.request(PeerCodec.receive(request))).isEqualTo(request);
  }

  @Test
  void receivedMessages() {
    assertSame(
        new ReceivedMessages.Messages(
            List.of(message("", null), message("group", null), message("", ORDERS))));
    assertSame(ReceivedMessages.Messages.NONE);
    assertSame(new ReceivedMessages.Refused(ErrorCode.OVER_LIMIT, "Too many."));
  }

  private static void assertSame(ReceivedMessages received) {
    assertThat(PeerCodec.received(PeerCodec.received(received))).isEqualTo(received);
  }

  private static ReceivedMessages.Message message(String group, @Nullable QueueName source) {
    return new ReceivedMessages.Message(
        new Delivery(17, 3, 1_000),
        new StoredMessage(17, 900, group, source, Bytes.of(new byte[] {1, 2, 3})));
  }

  @Test
  void counts() {
    List<MoveTask> tasks = new ArrayList<>();
    for (MoveTask.Status status : MoveTask.Status.values()) {
      tasks.add(new MoveTask("a", TARGET, 500, status, 5, 10, 20, 30, ""));
      tasks.add(new MoveTask("b", null, 0, status, 0, 0, 0, 0, MoveTask.NO_DESTINATION));
    }
    assertSame(Optional.of(new QueueCounts(1, 2, 3, tasks)));
    assertSame(Optional.of(new QueueCounts(0, 0, 0, List.of())));
    assertSame(Optional.empty());
  }

  private static void assertSame(Optional<QueueCounts> counts) {
    assertThat(PeerCodec.counts(PeerCodec.inspected(counts))).isEqualTo(counts);
  }
}
