package io.tern.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.AppliedEntry;
import io.tern.state.Bytes;
import io.tern.state.CatalogueImage;
import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.Delivery;
import io.tern.state.Entry;
import io.tern.state.EntryRunner;
import io.tern.state.EntryTime;
import io.tern.state.MachineImage;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.ReplicatedMachine;
import io.tern.state.Reply;
import io.tern.state.TopicCommand;
import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.MoveRoute;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.crossing.TopicCrossing;
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
  private static final int QUEUES = 5;
  private static final PartitionId SELF = new PartitionId(1);

  @TempDir Path folder;
  private final RocksSettings settings = new RocksSettings(RocksBudget.SMALL);
  private final List<PartitionStore> opened = new ArrayList<>();
  private final List<Received> received = new ArrayList<>();
  private final Set<Class<?>> kinds = new HashSet<>();
  private long queueMillis = 1;
  private long taken = QUEUES;
  private long carried;

  private record Received(QueueId queue, Delivery delivery) {}

  @AfterEach
  void end() {
    opened.forEach(PartitionStore::close);
    settings.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aDataPartition(long seed) {
    List<OutboxEntry> queues = new ArrayList<>();
    for (int i = 1; i <= QUEUES; i++) {
      queues.add(new OutboxEntry(i, new Crossing.InstallQueue(new QueueId(i), 1, shortLived(i))));
    }
    for (TopicCrossing topic : RandomTopics.installs(1)) {
      queues.add(new OutboxEntry(++taken, topic));
    }
    Entry installs =
        new Entry(
            new EntryTime(1, 1),
            List.of(new Command.AcceptDeliveries(PartitionId.CATALOGUE, 0, queues)));
    run(new Random(seed), PartitionMachine.empty(), installs);

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
    run(new Random(seed), CatalogueMachine.empty(), initialize);

    assertThat(kinds)
        .containsAll(CodecTest.records(Change.CatalogueChange.class))
        .contains(
            Change.ClockAdvanced.class,
            Change.LogicAdvanced.class,
            Change.OutboxAppended.class,
            Change.OutboxSettled.class);
  }

  /** Queues 1 and 2 have dead letters in 3; 4 is a FIFO queue that has them in 5. */
  private static QueueSettings shortLived(long queue) {
    boolean fifo = queue >= 4;
    QueueSettings.Redrive redrive =
        switch ((int) queue) {
          case 1, 2 -> new QueueSettings.Redrive(target(3), 2);
          case 4 -> new QueueSettings.Redrive(target(5), 2);
          default -> null;
        };
    return new QueueSettings(name(queue), 5_000, 0, 60_000, fifo, redrive);
  }

  private static QueueName name(long queue) {
    return new QueueName("1", "q" + queue);
  }

  private static MoveTarget target(long queue) {
    return new MoveTarget(new QueueId(queue), SELF, name(queue));
  }

  private void run(Random random, ReplicatedMachine machine, Entry first) {
    PartitionStore store = open("steady", null);
    PartitionStore restarted = open("restarted", null);
    ReplicatedMachine other = fresh(machine.image());
    int applied = 0;
    for (int stretch = 1; stretch <= STRETCHES; stretch++) {
      for (int i = 0; i < ENTRIES; i++) {
        Entry entry = applied == 0 ? first : randomEntry(random, machine, store);
        apply(machine, store, applied, entry, true);
        apply(other, restarted, applied, entry, false);
        applied++;
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
      for (int i = 0; i < result.replies().size(); i++) {
        remember(read.commands().get(i), result.replies().get(i));
      }
    }
  }

  private void remember(Command command, Reply reply) {
    if (command instanceof Command.ReceiveMessages receive
        && reply instanceof Reply.MessagesReceived(List<Delivery> deliveries)) {
      deliveries.forEach(delivery -> received.add(new Received(receive.queue(), delivery)));
    }
    if (command instanceof Command.AcceptDeliveries accept
        && accept.source().equals(SELF)
        && reply instanceof Reply.DeliveriesTaken(long upTo)) {
      carried = upTo;
    }
  }

  private Entry randomEntry(Random random, ReplicatedMachine machine, PartitionStore store) {
    // Now and then long enough for a FIFO queue to forget what was sent.
    queueMillis += random.nextInt(60) == 0 ? 400_000 : random.nextInt(2_500);
    List<Command> commands = new ArrayList<>();
    for (int i = random.nextInt(12); i >= 0; i--) {
      commands.add(
          switch (machine) {
            case PartitionMachine partition when random.nextInt(10) == 0 ->
                randomMove(random, partition, store);
            case PartitionMachine partition when random.nextInt(6) == 0 ->
                randomTopic(random, partition, store);
            case PartitionMachine _ -> randomMessage(random);
            case CatalogueMachine catalogue when random.nextInt(3) == 0 ->
                RandomMembership.command(random, catalogue);
            default ->
                random.nextBoolean() ? RandomTopics.definition(random) : randomDefinition(random);
          });
    }
    return new Entry(new EntryTime(queueMillis, queueMillis + random.nextInt(100)), commands);
  }

  private Command randomTopic(Random random, PartitionMachine machine, PartitionStore store) {
    return switch (random.nextInt(40)) {
      case 0, 1, 2, 3 -> fromCatalogue(RandomTopics.crossing(random, taken));
      case 4, 5, 6, 7 -> RandomTopics.advance(random, machine, store.reader());
      case 8, 9 -> {
        Received known = received(random, new QueueId(1));
        yield new TopicCommand.GiveUpMessage(
            known.queue(),
            known.delivery().number(),
            known.delivery().receiveCount(),
            random.nextBoolean() ? null : target(known.queue().number() < 4 ? 3 : 5));
      }
      case 10 -> new Command.Tick();
      case 11 -> new TopicCommand.InspectTopic(RandomTopics.topic(random));
      default -> RandomTopics.publish(random);
    };
  }

  /** What couriers and move tasks do; everything crosses to the partition itself. */
  private Command randomMove(Random random, PartitionMachine machine, PartitionStore store) {
    QueueId queue = new QueueId(random.nextBoolean() ? 3 : 5);
    String task = "t" + random.nextInt(40);
    return switch (random.nextInt(12)) {
      case 0 ->
          new Command.StartMoveTask(
              queue, task, random.nextBoolean() ? null : target(queue.number() - 1), 0);
      case 1, 2 -> {
        List<Change.MoveTaskChanged> running = machine.runningMoveTasks();
        yield running.isEmpty()
            ? new Command.StartMoveTask(queue, task, null, 0)
            : new Command.AdvanceMoveTask(
                running.getFirst().queue(),
                running.getFirst().task().taskId(),
                1 + random.nextInt(10),
                List.of(
                    new MoveRoute(name(1), target(1)),
                    new MoveRoute(name(2), target(2)),
                    new MoveRoute(name(4), target(4))));
      }
      case 3 -> new Command.CancelMoveTask(queue, task);
      case 4, 5, 6 -> new Command.SettleOutbox(SELF, carried);
      default -> carry(machine, store);
    };
  }

  private static Command carry(PartitionMachine machine, PartitionStore store) {
    List<OutboxEntry> entries = new ArrayList<>();
    for (OutboxEntry entry : machine.waiting(SELF, 0, 20)) {
      entries.add(new OutboxEntry(entry.number(), whole(entry, store.reader())));
    }
    return entries.isEmpty()
        ? new Command.Tick()
        : new Command.AcceptDeliveries(SELF, entries.getFirst().number() - 1, entries);
  }

  private static Crossing whole(OutboxEntry entry, MessageReader reader) {
    return switch (entry.crossing()) {
      case Crossing.ParkedMessage parked -> {
        StoredMessage message = reader.parked(SELF, entry.number()).orElseThrow();
        yield new Crossing.MovedMessage(
            parked, message.sentMillis(), message.group(), message.carriedContent());
      }
      case TopicCrossing.FanOut fanOut ->
          new TopicCrossing.CarriedFanOut(
              fanOut, reader.fanOutBody(SELF, entry.number(), fanOut).orElseThrow());
      case Crossing other -> throw new AssertionError("A data partition handed over " + other);
    };
  }

  private Received received(Random random, QueueId queue) {
    return received.isEmpty()
        ? new Received(queue, new Delivery(1, 1, 0))
        : received.get(received.size() - 1 - random.nextInt(Math.min(60, received.size())));
  }

  private Command randomMessage(Random random) {
    QueueId queue = new QueueId(1 + random.nextInt(QUEUES));
    Received known = received(random, queue);
    Delivery delivery = known.delivery();
    return switch (random.nextInt(24)) {
      case 0 -> rareCommand(random, queue);
      case 1, 2 ->
          new Command.ChangeVisibility(
              known.queue(),
              delivery.number(),
              delivery.receiveCount(),
              random.nextInt(3) * 4_000L);
      case 3, 4 ->
          new Command.DeleteMessage(known.queue(), delivery.number(), delivery.receiveCount());
      case 5, 6, 7, 8, 9, 10, 11 ->
          new Command.ReceiveMessages(
              queue,
              1 + random.nextInt(10),
              Command.QUEUE_DEFAULT,
              random.nextBoolean() ? "" : "a" + random.nextInt(9));
      case 12 -> send(queue, random, random.nextInt(9_000), Samples.text("delayed"));
      default ->
          send(queue, random, Command.QUEUE_DEFAULT, Samples.text("m".repeat(random.nextInt(300))));
    };
  }

  private Command rareCommand(Random random, QueueId queue) {
    return switch (random.nextInt(13)) {
      case 0, 1 -> new Command.PurgeQueue(queue, 30_000);
      case 2 -> fromCatalogue(new Crossing.RemoveQueue(queue));
      case 3, 4, 5, 6, 7, 8 ->
          fromCatalogue(new Crossing.InstallQueue(queue, taken, shortLived(queue.number())));
      default -> new Command.Tick();
    };
  }

  private static Command send(QueueId queue, Random random, long delayMillis, Bytes content) {
    int group = random.nextInt(6);
    if (queue.number() < 4) {
      return new Command.SendMessage(
          queue, delayMillis, group < 4 ? "" : "g" + group, null, content);
    }
    int key = random.nextInt(2_000);
    return new Command.SendMessage(
        queue, delayMillis, "g" + group, Samples.deduplication(key), content);
  }

  private Command fromCatalogue(Crossing crossing) {
    OutboxEntry entry = new OutboxEntry(taken + 1, crossing);
    return new Command.AcceptDeliveries(PartitionId.CATALOGUE, taken++, List.of(entry));
  }

  private static Command randomDefinition(Random random) {
    QueueId queue = new QueueId(1 + random.nextInt(60));
    TreeMap<String, String> attributes = new TreeMap<>();
    attributes.put("DelaySeconds", Integer.toString(random.nextInt(3)));
    return switch (random.nextInt(11)) {
      case 8 -> new Command.TagQueue(queue, attributes);
      case 9 -> new Command.UntagQueue(queue, List.of("DelaySeconds"));
      case 10 -> new Command.ReplacePolicy(queue, "", "{}");
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
