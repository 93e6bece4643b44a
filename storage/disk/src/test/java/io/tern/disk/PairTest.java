package io.tern.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.AppliedEntry;
import io.tern.state.CatalogueImage;
import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.Delivery;
import io.tern.state.Entry;
import io.tern.state.EntryRunner;
import io.tern.state.EntryTime;
import io.tern.state.MachineImage;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.ReplicatedMachine;
import io.tern.state.Reply;
import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.QueueSettings;
import io.tern.state.partition.PartitionMachine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories through the real machines and a real store: after each stretch the index and the
 * rows are a pair, and a replica that starts from a checkpoint and replays the log is the same as
 * one that never stopped.
 */
class PairTest {
  private static final int STRETCHES = 12;
  private static final int ENTRIES = 40;
  private static final QueueSettings SHORT_LIVED = new QueueSettings(5_000, 0, 60_000, false);

  @TempDir Path folder;
  private final RocksSettings settings = new RocksSettings(RocksBudget.SMALL);
  private final List<PartitionStore> opened = new ArrayList<>();
  private final List<Delivery> received = new ArrayList<>();
  private final Set<Class<?>> kinds = new HashSet<>();
  private long queueMillis = 1;
  private long taken = 3;

  @AfterEach
  void end() {
    opened.forEach(PartitionStore::close);
    settings.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aDataPartition(long seed) {
    Random random = new Random(seed);
    List<Entry> installs = new ArrayList<>();
    List<OutboxEntry> queues = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      queues.add(new OutboxEntry(i, new Crossing.InstallQueue(new QueueId(i), 1, SHORT_LIVED)));
    }
    installs.add(
        new Entry(
            new EntryTime(1, 1),
            List.of(new Command.AcceptDeliveries(PartitionId.CATALOGUE, 0, queues))));
    run(random, PartitionMachine.empty(), installs);

    assertThat(kinds)
        .containsAll(CodecTest.records(Change.PartitionChange.class))
        .contains(Change.ClockAdvanced.class, Change.InboxAdvanced.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void theCatalogue(long seed) {
    Entry initialize =
        new Entry(
            new EntryTime(1, 1), List.of(new Command.InitializeCluster(Samples.text("key"), 3)));
    run(new Random(seed), CatalogueMachine.empty(), List.of(initialize));

    assertThat(kinds)
        .containsAll(CodecTest.records(Change.CatalogueChange.class))
        .contains(
            Change.ClockAdvanced.class, Change.OutboxAppended.class, Change.OutboxSettled.class);
  }

  private void run(Random random, ReplicatedMachine machine, List<Entry> first) {
    PartitionStore store = open("steady", null);
    PartitionStore restarted = open("restarted", null);
    ReplicatedMachine other = fresh(machine.image());
    List<Entry> log = new ArrayList<>(first);
    int applied = 0;
    for (int stretch = 1; stretch <= STRETCHES; stretch++) {
      for (int i = 0; i < ENTRIES; i++) {
        log.add(randomEntry(random, machine));
      }
      for (; applied < log.size(); applied++) {
        apply(machine, store, applied, log.get(applied), true);
        apply(other, restarted, applied, log.get(applied), false);
      }
      assertThat(IndexFromRows.read(store).differences(machine.image())).isEmpty();
      Path checkpoint = folder.resolve("c" + stretch);
      restarted.checkpoint(checkpoint, Samples.at(applied - 1), other.image());
      restarted.close();
      restarted = open("restarted", checkpoint);
      other = fresh(restarted.image().orElseThrow());
      assertThat(other.image()).isEqualTo(machine.image());
    }
  }

  private PartitionStore open(String live, @Nullable Path checkpoint) {
    PartitionStore store = PartitionStore.open(folder.resolve(live), checkpoint, settings);
    opened.add(store);
    return store;
  }

  private static ReplicatedMachine fresh(MachineImage image) {
    return switch (image) {
      case PartitionImage partition -> PartitionMachine.of(partition);
      case CatalogueImage catalogue -> CatalogueMachine.of(catalogue);
    };
  }

  private void apply(
      ReplicatedMachine machine, PartitionStore store, int index, Entry entry, boolean remember) {
    Entry read = CommandCodec.decodeEntry(CommandCodec.encode(entry));
    AppliedEntry result =
        new EntryRunner(
                machine,
                (command, failure) -> {
                  throw new AssertionError("A rule failed on " + command, failure);
                })
            .run(read);
    store.write(Samples.at(index), result.changes());
    if (remember) {
      result.changes().forEach(change -> kinds.add(change.getClass()));
      for (Reply reply : result.replies()) {
        if (reply instanceof Reply.MessagesReceived(List<Delivery> deliveries)) {
          received.addAll(deliveries);
        }
      }
    }
  }

  private Entry randomEntry(Random random, ReplicatedMachine machine) {
    queueMillis += random.nextInt(1_500);
    List<Command> commands = new ArrayList<>();
    for (int i = random.nextInt(12); i >= 0; i--) {
      commands.add(
          machine instanceof CatalogueMachine ? randomDefinition(random) : randomMessage(random));
    }
    return new Entry(new EntryTime(queueMillis, queueMillis + random.nextInt(100)), commands);
  }

  private Command randomMessage(Random random) {
    QueueId queue = new QueueId(1 + random.nextInt(3));
    Delivery delivery =
        received.isEmpty()
            ? new Delivery(1, 1, 0)
            : received.get(received.size() - 1 - random.nextInt(Math.min(30, received.size())));
    return switch (random.nextInt(80)) {
      case 0, 1 -> new Command.Tick();
      case 2 -> new Command.PurgeQueue(queue, 30_000);
      case 3 -> fromCatalogue(new Crossing.RemoveQueue(queue));
      case 4, 5, 6 -> fromCatalogue(new Crossing.InstallQueue(queue, taken, SHORT_LIVED));
      case 7, 8, 9, 10, 11, 12 ->
          new Command.ChangeVisibility(
              queue, delivery.number(), delivery.receiveCount(), random.nextInt(3) * 4_000L);
      case 13, 14, 15, 16, 17, 18, 19, 20, 21, 22 ->
          new Command.DeleteMessage(queue, delivery.number(), delivery.receiveCount());
      case 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34 ->
          new Command.ReceiveMessages(queue, 1 + random.nextInt(10), Command.QUEUE_DEFAULT);
      case 35, 36, 37, 38 ->
          new Command.SendMessage(queue, random.nextInt(9_000), Samples.text("delayed"));
      default ->
          new Command.SendMessage(
              queue, Command.QUEUE_DEFAULT, Samples.text("m".repeat(random.nextInt(300))));
    };
  }

  private Command fromCatalogue(Crossing crossing) {
    OutboxEntry entry = new OutboxEntry(taken + 1, crossing);
    return new Command.AcceptDeliveries(PartitionId.CATALOGUE, taken++, List.of(entry));
  }

  private static Command randomDefinition(Random random) {
    QueueId queue = new QueueId(1 + random.nextInt(60));
    TreeMap<String, String> attributes = new TreeMap<>();
    attributes.put("DelaySeconds", Integer.toString(random.nextInt(3)));
    return switch (random.nextInt(8)) {
      case 0 -> new Command.Tick();
      case 1 -> new Command.DeleteQueue(queue);
      case 2 -> new Command.SetQueueAttributes(queue, attributes);
      case 3 ->
          new Command.SettleOutbox(new PartitionId(1 + random.nextInt(3)), random.nextInt(200));
      default ->
          new Command.CreateQueue(
              new QueueName("1", "q" + random.nextInt(40)), attributes, new TreeMap<>(), 60_000);
    };
  }
}
