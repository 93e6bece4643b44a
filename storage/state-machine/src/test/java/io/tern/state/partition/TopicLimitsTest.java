package io.tern.state.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.Decision;
import io.tern.state.EntryTime;
import io.tern.state.MessageId;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicChange;
import io.tern.state.TopicCommand;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.limits.QueueSettings;
import io.tern.state.limits.TopicSettings;
import io.tern.state.queue.QueueImage.MessageRange;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.TopicImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What topics cost the index, and where they end. */
class TopicLimitsTest {
  private static final TopicId NEWS = new TopicId(1_000_000);
  private static final PartitionId FAR = new PartitionId(2);
  private static final QueueSettings SETTINGS =
      new QueueSettings(
          new QueueName("000000000000", "orders"), 30_000, 0, 345_600_000, false, null);

  private final PartitionMachine machine = PartitionMachine.empty();
  private long delivered;

  @Test
  void aBacklogOfNotificationsIsOneIntervalAndFewMarks() {
    install(1);
    for (int i = 0; i < 200_000; i++) {
      publish(targets(0, 1));
    }
    assertThat(machine.image().queues().getFirst().ready())
        .containsExactly(new MessageRange(1, 200_000));
    TopicImage topic = machine.image().topics().topics().getFirst();
    assertThat(topic.holders()).hasSize(1);
    assertThat(topic.holders().getFirst().marks()).hasSizeLessThanOrEqualTo(Limits.HOLDER_MARKS);
    assertThat(topic.archiveMarks()).isEmpty();
  }

  /** Rather refuse a publish than hold what waits in memory without end. */
  @Test
  void targetsThatWaitForAnotherPartitionAreLimited() {
    install(1);
    List<FanOutTarget> far = targets(10_000, 10_000);
    for (int i = 0; i < Limits.OUTBOX_TARGETS / 10_000; i++) {
      assertThat(publish(far)).isInstanceOf(Reply.MessageAccepted.class);
    }
    assertThat(publish(far)).isEqualTo(new Reply.Rejected(ErrorCode.THROTTLED, ""));
    assertThat(publish(targets(0, 1))).isInstanceOf(Reply.MessageAccepted.class);
    run(new Command.SettleOutbox(FAR, 1));
    assertThat(publish(far)).isInstanceOf(Reply.MessageAccepted.class);
  }

  /** The look for needless bodies goes on where it ended. */
  @Test
  void oneTickVisitsSoManyQueuesOnly() {
    int queues = Limits.BODIES_CHECK_VISITS / 2;
    install(queues);
    for (int topic = 0; topic < 3; topic++) {
      TopicId id = new TopicId(NEWS.number() + topic);
      define(topicOf(id));
      run(publishTo(id, targets(0, queues)));
    }
    for (int number = 1; number <= queues; number++) {
      run(new Command.PurgeQueue(new QueueId(number), 0));
    }
    advance(20_000);
    assertThat(forgotten()).as("the first two of three").isEqualTo(2);
    assertThat(machine.nextWakeUpMillis()).isLessThanOrEqualTo(20_000);
    assertThat(forgotten()).isEqualTo(1);
    assertThat(machine.nextWakeUpMillis()).isEqualTo(Long.MAX_VALUE);
  }

  private long forgotten() {
    return run(new Command.Tick()).changes().stream()
        .filter(TopicChange.BodiesForgotten.class::isInstance)
        .count();
  }

  private void install(int queues) {
    for (long number = 1; number <= queues; number++) {
      define(new Crossing.InstallQueue(new QueueId(number), 1, SETTINGS));
    }
    define(topicOf(NEWS));
  }

  private static Crossing topicOf(TopicId topic) {
    return new TopicCrossing.InstallTopic(
        topic, 1, new TopicSettings(new TopicName("here", "000000000000", "news"), false, 0));
  }

  private void define(Crossing crossing) {
    delivered++;
    run(
        new Command.AcceptDeliveries(
            PartitionId.CATALOGUE, delivered - 1, List.of(new OutboxEntry(delivered, crossing))));
  }

  private static List<FanOutTarget> targets(int after, int count) {
    List<FanOutTarget> targets = new ArrayList<>();
    for (int i = after + 1; i <= after + count; i++) {
      targets.add(
          new FanOutTarget(new SubscriptionId(i), "sqs", false, new QueueId(i), FAR, null, null));
    }
    return targets;
  }

  private Reply publish(List<FanOutTarget> targets) {
    return run(publishTo(NEWS, targets)).reply();
  }

  private static Command publishTo(TopicId topic, List<FanOutTarget> targets) {
    return new TopicCommand.Publish(topic, new MessageId(1, 1), "", null, Bytes.EMPTY, 1, targets);
  }

  private void advance(long queueMillis) {
    machine.advance(new EntryTime(queueMillis, queueMillis)).forEach(machine::evolve);
  }

  private Decision run(Command command) {
    Decision decision = machine.decide(command, EntryTime.ZERO);
    for (Change change : decision.changes()) {
      machine.evolve(change);
    }
    return decision;
  }
}
