package io.tern.node.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tern.proto.content.MessageContent;
import io.tern.proto.content.TopicMessage;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.MessageId;
import io.tern.state.MoveTarget;
import io.tern.state.Reply;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicCommand;
import io.tern.state.TopicCommand.InspectTopic;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.TopicReply.TopicStands;
import io.tern.state.crossing.TopicCrossing.InstallReplay;
import io.tern.state.crossing.TopicCrossing.InstallTopic;
import io.tern.state.limits.QueueSettings.Redrive;
import io.tern.state.limits.TopicSettings;
import io.tern.state.queue.Deduplication;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.Replay;
import io.tern.state.topic.ReplayStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics at a leader, over the real rules and real rows: fan-out, rendering, replays. */
class TopicDutiesTest {
  private static final TopicId NEWS = new TopicId(100);
  private static final TopicId LEDGER = new TopicId(101);
  private static final SubscriptionId READER = new SubscriptionId(200);
  private static final SubscriptionId OTHER = new SubscriptionId(201);
  private static final long DAY_MILLIS = 86_400_000;

  private final LedPartition partition;

  TopicDutiesTest(@TempDir Path folder) {
    partition = new LedPartition(folder);
    partition.lead();
    partition.take(new InstallTopic(NEWS, 1, new TopicSettings(name("news"), false, 0)));
    partition.take(
        new InstallTopic(LEDGER, 1, new TopicSettings(name("ledger.fifo"), true, DAY_MILLIS)));
  }

  @AfterEach
  void close() {
    partition.close();
  }

  @Test
  void everySubscriberReceivesTheMessage() {
    MoveTarget one = subscribed(1, READER, false);
    MoveTarget two = subscribed(2, OTHER, false);

    publish(NEWS, 1, "hello");

    assertThat(received(one)).containsExactly("hello");
    assertThat(received(two)).containsExactly("hello");
  }

  @Test
  void anOldMessageIsReadFromTheDisk() {
    MoveTarget queue = subscribed(1, READER, false);
    publish(NEWS, 1, "old");
    partition.loseLead();
    partition.lead();

    assertThat(received(queue)).containsExactly("old");
  }

  @Test
  void aMatcherThatIsBehindMatchesAgain() {
    MoveTarget queue = subscribed(1, READER, false);
    partition.take(new InstallTopic(NEWS, 2, new TopicSettings(name("news"), false, 0)));

    publish(NEWS, 1, "late");

    assertThat(received(queue)).containsExactly("late");
  }

  @Test
  void aDeadLetterIsTheSameMessage() {
    MoveTarget dead = partition.install(9, false, null);
    MoveTarget queue = partition.install(1, false, new Redrive(dead, 1));
    subscribe(queue, READER, false);
    publish(NEWS, 1, "bad");
    assertThat(received(queue, 0)).containsExactly("bad");

    assertThat(received(queue, 0)).isEmpty();

    await().until(() -> received(dead).equals(List.of("bad")));
  }

  @Test
  void aReplayDeliversTheArchiveAndGoesOnWithWhatIsNew() {
    MoveTarget queue = subscribed(1, READER, true);
    for (int i = 1; i <= 250; i++) {
      publish(LEDGER, i, "entry " + i);
    }
    MoveTarget late = partition.install(2, true, null);
    subscribe(late, OTHER, true);
    partition.take(new InstallReplay(LEDGER, new Replay(OTHER, 1, 0, -1, 0, ReplayStatus.PENDING)));

    await().until(() -> status() == ReplayStatus.COMPLETED);
    publish(LEDGER, 251, "entry 251");

    List<String> all = all(late, 251);
    assertThat(all.subList(0, 250)).allMatch(text -> text.endsWith(" again"));
    assertThat(all.getFirst()).isEqualTo("entry 1 again");
    assertThat(all.get(249)).isEqualTo("entry 250 again");
    assertThat(all.getLast()).isEqualTo("entry 251");
    assertThat(all(queue, 251)).hasSize(251).doesNotHaveDuplicates();
  }

  @Test
  void aReplayGoesOnUnderTheNextLeader() {
    MoveTarget queue = subscribed(1, READER, true);
    for (int i = 1; i <= 300; i++) {
      publish(LEDGER, i, "entry " + i);
    }
    partition.take(
        new InstallReplay(LEDGER, new Replay(READER, 1, 0, -1, 0, ReplayStatus.PENDING)));
    partition.loseLead();
    partition.lead();

    await().until(() -> replayed(READER) == ReplayStatus.COMPLETED);
    assertThat(all(queue, 600)).hasSize(600).doesNotHaveDuplicates();
  }

  private ReplayStatus status() {
    return replayed(OTHER);
  }

  private ReplayStatus replayed(SubscriptionId subscription) {
    TopicStands stands = (TopicStands) partition.execute(new InspectTopic(LEDGER));
    return stands.replays().stream()
        .filter(each -> each.subscription().equals(subscription))
        .findFirst()
        .orElseThrow()
        .status();
  }

  private MoveTarget subscribed(long number, SubscriptionId subscription, boolean fifo) {
    MoveTarget queue = partition.install(number, fifo, null);
    subscribe(queue, subscription, fifo);
    return queue;
  }

  private void subscribe(MoveTarget queue, SubscriptionId subscription, boolean fifo) {
    partition
        .topics()
        .subscribe(
            new FanOutTarget(
                subscription, "sqs", false, queue.queue(), queue.partition(), null, null));
    assertThat(queue.name().name().endsWith(".fifo")).isEqualTo(fifo);
  }

  private void publish(TopicId topic, long number, String text) {
    boolean fifo = topic.equals(LEDGER);
    MessageId id = new MessageId(0, number);
    TopicMessage message =
        TopicMessage.newBuilder()
            .setIdLow(number)
            .setMessage(text)
            .setGroup(fifo ? "group" : "")
            .build();
    Reply reply =
        partition.execute(
            new Publish(
                topic,
                id,
                message.getGroup(),
                fifo ? new Deduplication(0, number, id) : null,
                Bytes.of(message.toByteArray()),
                TopicCommand.NOT_MATCHED,
                List.of()));
    assertThat(reply).isInstanceOf(Reply.MessageAccepted.class);
  }

  /** Receives and deletes so many; a FIFO queue gives no more before. */
  private List<String> all(MoveTarget queue, int count) {
    List<String> all = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          for (ReceivedMessages.Message message : messages(queue, 3_600_000)) {
            all.add(text(message));
            partition.execute(
                new Command.DeleteMessage(
                    queue.queue(), message.delivery().number(), message.delivery().receiveCount()));
          }
          return all.size() >= count;
        });
    return all;
  }

  private List<String> received(MoveTarget queue) {
    return received(queue, 3_600_000);
  }

  private List<String> received(MoveTarget queue, long visibilityMillis) {
    return messages(queue, visibilityMillis).stream().map(TopicDutiesTest::text).toList();
  }

  private List<ReceivedMessages.Message> messages(MoveTarget queue, long visibilityMillis) {
    ReceivedMessages found =
        partition
            .term()
            .receive(new ReceiveRequest(queue.queue(), 10, visibilityMillis, 0, ""))
            .join();
    return ((ReceivedMessages.Messages) found).messages();
  }

  private static String text(ReceivedMessages.Message message) {
    try {
      return MessageContent.parseFrom(message.stored().plainContent().array()).getBody();
    } catch (InvalidProtocolBufferException damaged) {
      throw new AssertionError(damaged);
    }
  }

  private static TopicName name(String name) {
    return new TopicName("us-east-1", "000000000000", name);
  }
}
