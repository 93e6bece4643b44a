package io.tern.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.proto.sqs.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order in which delivered messages are taken. */
class GroupLinesTest {
  private long delivery;

  @Test
  void messagesOfAGroupAreTakenOneAfterAnother() {
    GroupLines lines = filled(true, "a1", "a2", "b1");
    ReceivedMessage a1 = taken(lines);
    ReceivedMessage b1 = taken(lines);
    assertThat(a1.body()).isEqualTo("a1");
    assertThat(b1.body()).isEqualTo("b1");
    assertThat(lines.take()).isNull();

    lines.finished(b1);
    assertThat(lines.take()).isNull();
    lines.finished(a1);
    assertThat(taken(lines).body()).isEqualTo("a2");
  }

  @Test
  void aGroupStaysBusyWhenItsLineEmpties() {
    GroupLines lines = filled(true, "a1");
    ReceivedMessage a1 = taken(lines);
    lines.add(message("a2"));
    assertThat(lines.take()).isNull();
    lines.finished(a1);
    assertThat(taken(lines).body()).isEqualTo("a2");
  }

  @Test
  void groupsTakeTurns() {
    GroupLines lines = filled(true, "a1", "a2", "b1", "b2");
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ReceivedMessage next = taken(lines);
      order.add(next.body());
      lines.finished(next);
    }
    assertThat(order).containsExactly("a1", "b1", "a2", "b2");
  }

  @Test
  void followersOfARejectedMessageAreTakenOut() {
    GroupLines lines = filled(true, "a1", "a2", "b1", "a3");
    ReceivedMessage a1 = taken(lines);
    assertThat(bodies(lines.takeFollowers(a1))).containsExactly("a2", "a3");
    lines.finished(a1);
    assertThat(taken(lines).body()).isEqualTo("b1");
    assertThat(lines.take()).isNull();
  }

  @Test
  void withoutSequenceMessagesComeAsTheyWereDelivered() {
    GroupLines lines = filled(false, "a1", "b1", "a2", "b2");
    ReceivedMessage a1 = taken(lines);
    assertThat(bodies(lines.takeFollowers(a1))).containsExactly("a2");
    assertThat(taken(lines).body()).isEqualTo("b1");
    assertThat(taken(lines).body()).isEqualTo("b2");
    assertThat(lines.take()).isNull();
    lines.add(message("c1"));
    assertThat(taken(lines).body()).isEqualTo("c1");
  }

  @Test
  void afterAllWasTakenOutBusyGroupsAreStillBusy() {
    GroupLines lines = filled(true, "a1", "a2", "b1");
    ReceivedMessage a1 = taken(lines);
    assertThat(bodies(lines.takeAll())).containsExactly("a2", "b1");
    lines.add(message("a2"));
    assertThat(lines.take()).isNull();
    lines.finished(a1);
    assertThat(taken(lines).body()).isEqualTo("a2");
  }

  private GroupLines filled(boolean sequenced, String... bodies) {
    GroupLines lines = new GroupLines(sequenced);
    for (String body : bodies) {
      lines.add(message(body));
    }
    return lines;
  }

  private static ReceivedMessage taken(GroupLines lines) {
    ReceivedMessage next = lines.take();
    if (next == null) {
      throw new AssertionError("no message may be taken");
    }
    return next;
  }

  /** The first letter of the body is the group. */
  private ReceivedMessage message(String body) {
    delivery++;
    return new ReceivedMessage(
        Message.newBuilder()
            .setBody(body)
            .putAttributes("MessageGroupId", body.substring(0, 1))
            .build(),
        1,
        delivery,
        0);
  }

  private static List<String> bodies(List<ReceivedMessage> messages) {
    return messages.stream().map(ReceivedMessage::body).toList();
  }
}
