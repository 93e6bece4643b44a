package io.tern.state.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.AppliedEntry;
import io.tern.state.Bytes;
import io.tern.state.CatalogueImage;
import io.tern.state.Command;
import io.tern.state.Entry;
import io.tern.state.EntryRunner;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.Reply.DefinitionTaken;
import io.tern.state.Reply.Rejected;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The catalogue under many queues and under random histories. */
class CatalogueMachineTest {
  private static final int PARTITIONS = 6;

  @Test
  void aFullOutboxRefuses() {
    CatalogueMachine machine = initialized(1);
    for (int i = 0; i < Limits.OUTBOX_ENTRIES; i++) {
      assertThat(ask(machine, 0, create("q" + i))).isInstanceOf(DefinitionTaken.class);
    }
    assertRefusedForNow(ask(machine, 0, create("one-more")));
    assertRefusedForNow(ask(machine, 0, new Command.DeleteQueue(new QueueId(1))));
    assertThat(ask(machine, 0, create("q5"))).isInstanceOf(DefinitionTaken.class);
    ask(machine, 0, new Command.SettleOutbox(new PartitionId(1), 1));
    assertThat(ask(machine, 0, create("one-more"))).isInstanceOf(DefinitionTaken.class);
  }

  @Test
  void queuesAreSpreadEvenly() {
    CatalogueMachine machine = initialized(PARTITIONS);
    Map<PartitionId, Integer> queues = new HashMap<>();
    for (int i = 0; i < 60_000; i++) {
      DefinitionTaken taken = (DefinitionTaken) ask(machine, 0, create("q" + i));
      queues.merge(taken.partition(), 1, Integer::sum);
    }
    assertThat(queues)
        .hasSize(PARTITIONS)
        .allSatisfy((_, count) -> assertThat(count).isEqualTo(10_000));
  }

  @Property(tries = 200)
  void survivesASnapshotAtEveryStep(@ForAll long seed) {
    Random random = new Random(seed);
    CatalogueMachine machine = initialized(3);
    CatalogueMachine twin = initialized(3);
    long now = 0;
    for (int step = 0; step < 150; step++) {
      now += random.nextInt(random.nextInt(20) == 0 ? 300_000_000 : 20_000);
      Command command = random(random);
      CatalogueImage before = machine.image();
      machine.decide(command, EntryTime.ZERO);
      assertThat(machine.image()).as("decide alters nothing").isEqualTo(before);
      assertThat(ask(machine, now, command)).isEqualTo(ask(twin, now, command));
      machine = CatalogueMachine.of(machine.image());
      assertThat(machine.image()).isEqualTo(twin.image());
      assertThat(machine.hash()).isEqualTo(twin.hash());
      assertThat(machine.nextWakeUpMillis()).isEqualTo(twin.nextWakeUpMillis());
      assertThat(machine.waitingDestinations()).isEqualTo(twin.waitingDestinations());
    }
  }

  private static Command random(Random random) {
    QueueId queue = new QueueId(1L + random.nextInt(20));
    TreeMap<String, String> attributes = new TreeMap<>();
    attributes.put("VisibilityTimeout", Integer.toString(29 + random.nextInt(3)));
    return switch (random.nextInt(22)) {
      case 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21 -> RandomTopics.command(random);
      case 0, 1, 2, 3 ->
          new Command.CreateQueue(
              new QueueName("a", "q" + random.nextInt(6)),
              random.nextBoolean() ? new TreeMap<>() : attributes,
              new TreeMap<>(),
              60_000);
      case 4 -> new Command.DeleteQueue(queue);
      case 5, 6 -> new Command.SetQueueAttributes(queue, attributes);
      case 7, 8 ->
          new Command.SettleOutbox(new PartitionId(1 + random.nextInt(3)), random.nextInt(30));
      default -> new Command.Tick();
    };
  }

  private static Command create(String name) {
    return new Command.CreateQueue(
        new QueueName("000000000000", name), new TreeMap<>(), new TreeMap<>(), 60_000);
  }

  private static void assertRefusedForNow(Reply reply) {
    assertThat(reply)
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.code()).isEqualTo(ErrorCode.REQUEST_THROTTLED));
  }

  private static CatalogueMachine initialized(int partitions) {
    CatalogueMachine machine = CatalogueMachine.empty();
    ask(machine, 0, new Command.InitializeCluster(Bytes.of(new byte[] {1}), partitions));
    return machine;
  }

  private static Reply ask(CatalogueMachine machine, long now, Command command) {
    EntryRunner runner =
        new EntryRunner(
            machine,
            (failed, failure) -> {
              throw new AssertionError("A rule failed at " + failed, failure);
            });
    AppliedEntry applied =
        runner.run(new Entry(new EntryTime(now, 1_767_225_600_000L + now), List.of(command)));
    return applied.replies().getFirst();
  }
}
