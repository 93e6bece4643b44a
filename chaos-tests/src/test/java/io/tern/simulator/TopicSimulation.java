package io.tern.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.simulator.Cast.Box;
import io.tern.simulator.Cast.Voice;
import io.tern.simulator.TopicHistory.Accepted;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.Delivery;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import io.tern.state.TopicId;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.partition.PartitionMachine;
import io.tern.state.topic.Replay;
import io.tern.state.topic.ReplayStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One history of topics from one seed: publishers, queues in three partitions, couriers and
 * replays, trouble, healing, and the checks that only an end allows. The catalogue is a list that
 * is handed over until it is taken.
 */
final class TopicSimulation {
  private static final long TROUBLE_MILLIS = 45_000;
  private static final long HEALING_MILLIS = 15_000;
  private static final int PUBLISHERS = 3;

  /** What happened, to see that a run was not idle. */
  record Summary(int accepted, int repeated, int forgotten, int replayed) {
    Summary and(Summary other) {
      return new Summary(
          accepted + other.accepted,
          repeated + other.repeated,
          forgotten + other.forgotten,
          replayed + other.replayed);
    }
  }

  private final Agenda agenda = new Agenda();
  private final Random random;
  private final Network network;
  private final TopicHistory history = new TopicHistory();
  private final TreeMap<PartitionId, SimulatedPartition> partitions = new TreeMap<>();
  private final Map<PartitionId, List<OutboxEntry>> handedOver = new HashMap<>();
  private final Map<PartitionId, Long> taken = new HashMap<>();
  private final Map<TopicId, Long> versions = new HashMap<>();
  private final List<Accepted> acknowledged = new ArrayList<>();
  private boolean isLateSubscribed;
  private long lateEntry = Long.MAX_VALUE;
  private long numbers;

  TopicSimulation(long seed, PlantedBug bug) {
    random = new Random(seed);
    network = new Network(agenda, random);
    for (int number = 1; number <= Cast.PARTITIONS; number++) {
      PartitionId id = new PartitionId(number);
      partitions.put(id, new SimulatedPartition(id, agenda, random, network, history, bug));
    }
  }

  Summary run() {
    start();
    agenda.runUntil(TROUBLE_MILLIS);
    network.heal();
    agenda.runUntil(TROUBLE_MILLIS + HEALING_MILLIS);
    drain();
    partitions.values().forEach(SimulatedPartition::settle);
    checkReplicas();
    for (Accepted message : acknowledged) {
      history.assertWasAccepted(message.topic(), message.number(), message.content());
    }
    history.assertDelivered();
    checkBodies();
    return new Summary(
        history.accepted(), history.repeated(), history.forgotten(), history.replayed());
  }

  private void start() {
    for (SimulatedPartition partition : partitions.values()) {
      agenda.after(random.nextInt(1_000), () -> tick(partition));
      agenda.after(3_000 + random.nextInt(3_000), () -> disturb(partition));
      for (SimulatedPartition source : partitions.values()) {
        new Courier(source, partition, agenda, network, random, 60).start();
      }
      new Replayer(partition, agenda, random).start();
      handOver(partition);
    }
    Cast.BOXES.forEach(box -> define(box.partition(), box.install()));
    for (Voice voice : Cast.VOICES) {
      versions.put(voice.id(), 1L);
      define(voice.home(), voice.install(1));
    }
    agenda.after(100, this::beginWhenDefined);
  }

  private void beginWhenDefined() {
    boolean defined =
        partitions.keySet().stream()
            .allMatch(id -> taken.getOrDefault(id, 0L) == definitions(id).size());
    if (!defined) {
      agenda.after(100, this::beginWhenDefined);
      return;
    }
    for (int i = 0; i < PUBLISHERS; i++) {
      new Publisher(this, agenda, random).start();
    }
    Cast.BOXES.forEach(box -> agenda.after(random.nextInt(2_000), () -> consume(box)));
    agenda.after(5_000 + random.nextInt(20_000), this::subscribeLate);
    agenda.after(
        5_000 + random.nextInt(20_000),
        () -> define(Cast.GONE.partition(), new Crossing.RemoveQueue(Cast.GONE.id())));
    agenda.after(3_000, this::redefine);
  }

  /** The replay is there before the topic's version that has the subscription. */
  private void subscribeLate() {
    Voice voice = Cast.ARCHIVED;
    Replay replay =
        new Replay(Cast.LATE.target(null).subscription(), 1, 0, -1, 0, ReplayStatus.PENDING);
    define(voice.home(), new TopicCrossing.InstallReplay(voice.id(), replay));
    define(voice.home(), voice.install(nextVersion(voice)));
    lateEntry = definitions(voice.home()).size();
  }

  private void redefine() {
    if (isTroubled()) {
      Voice voice = Cast.VOICES.get(random.nextInt(Cast.VOICES.size()));
      define(voice.home(), voice.install(nextVersion(voice)));
      agenda.after(random.nextInt(8_000), this::redefine);
    }
  }

  private long nextVersion(Voice voice) {
    return versions.merge(voice.id(), 1L, Long::sum);
  }

  private void define(PartitionId partition, Crossing crossing) {
    List<OutboxEntry> entries = definitions(partition);
    entries.add(new OutboxEntry(entries.size() + 1, crossing));
  }

  private List<OutboxEntry> definitions(PartitionId partition) {
    return handedOver.computeIfAbsent(partition, _ -> new ArrayList<>());
  }

  private void handOver(SimulatedPartition partition) {
    List<OutboxEntry> entries = List.copyOf(definitions(partition.id()));
    if (!entries.isEmpty() && taken.getOrDefault(partition.id(), 0L) < entries.size()) {
      ask(
          partition.id(),
          new Command.AcceptDeliveries(PartitionId.CATALOGUE, 0, entries),
          reply -> {
            if (reply instanceof Reply.DeliveriesTaken r) {
              taken.merge(partition.id(), r.upTo(), Math::max);
              isLateSubscribed |=
                  partition.id().equals(Cast.ARCHIVED.home()) && r.upTo() >= lateEntry;
            }
          });
    }
    agenda.after(150, () -> handOver(partition));
  }

  private void tick(SimulatedPartition partition) {
    partition.ask(new Command.Tick(), _ -> {});
    agenda.after(1_000, () -> tick(partition));
  }

  private void disturb(SimulatedPartition partition) {
    if (isTroubled()) {
      partition.disturb();
      agenda.after(500 + random.nextInt(3_000), () -> disturb(partition));
    }
  }

  /** Receives some and deletes most of them, so that bodies are forgotten all the time. */
  private void consume(Box box) {
    if (isTroubled()) {
      ask(
          box.partition(),
          new Command.ReceiveMessages(box.id(), 1 + random.nextInt(10), 1_500, ""),
          reply -> delete(box, reply, 4));
      agenda.after(random.nextInt(1_500), () -> consume(box));
    }
  }

  private void delete(Box box, Reply reply, int ofFive) {
    if (reply instanceof Reply.MessagesReceived received) {
      for (Delivery delivery : received.deliveries()) {
        if (random.nextInt(5) < ofFive) {
          ask(
              box.partition(),
              new Command.DeleteMessage(box.id(), delivery.number(), delivery.receiveCount()),
              _ -> {});
        }
      }
    }
  }

  private void drain() {
    for (int round = 0; round < 400 && isAnythingLeft(); round++) {
      for (Box box : Cast.BOXES) {
        ask(
            box.partition(),
            new Command.ReceiveMessages(box.id(), 10, 30_000, ""),
            reply -> delete(box, reply, 5));
      }
      agenda.runUntil(agenda.nowMillis() + 100);
    }
    assertThat(isAnythingLeft()).as("messages never received").isFalse();
    agenda.runUntil(agenda.nowMillis() + 25_000);
  }

  private boolean isAnythingLeft() {
    return Cast.BOXES.stream().anyMatch(box -> !history.left(box.id()).isEmpty());
  }

  private void checkReplicas() {
    for (SimulatedPartition partition : partitions.values()) {
      PartitionMachine first = machine(partition, 0);
      assertThat(first.waitingDestinations()).as("outboxes that are not empty").isEmpty();
      assertThat(first.activeReplays()).as("replays that do not end").isEmpty();
      for (int i = 1; i < partition.replicas().size(); i++) {
        assertThat(machine(partition, i).image())
            .as("replicas of %s differ at the end", partition.id())
            .isEqualTo(first.image());
      }
    }
  }

  /** Without messages only the archive has bodies. */
  private void checkBodies() {
    for (SimulatedPartition partition : partitions.values()) {
      for (SimulatedReplica replica : partition.replicas()) {
        int archived =
            partition.id().equals(Cast.ARCHIVED.home())
                ? replica.rows().bodies(Cast.ARCHIVED.id()).size()
                : 0;
        assertThat(replica.rows().bodies()).as("bodies nobody needs").isEqualTo(archived);
      }
    }
  }

  private static PartitionMachine machine(SimulatedPartition partition, int replica) {
    return (PartitionMachine) partition.replicas().get(replica).up();
  }

  void ask(PartitionId partition, Command command, Consumer<Reply> answer) {
    SimulatedPartition asked = Objects.requireNonNull(partitions.get(partition));
    network.carry(() -> asked.ask(command, reply -> network.carry(() -> answer.accept(reply))));
  }

  boolean isTroubled() {
    return network.isTroubled();
  }

  long nextNumber() {
    numbers++;
    return numbers;
  }

  /** What the leader's mirror knows; the late subscription only once its topic's home does. */
  long version(Voice voice) {
    return voice.equals(Cast.ARCHIVED) && lateEntry < Long.MAX_VALUE && !isLateSubscribed
        ? 1
        : versions.getOrDefault(voice.id(), 0L);
  }

  List<Box> boxes(Voice voice) {
    if (!voice.equals(Cast.ARCHIVED) || !isLateSubscribed) {
      return voice.boxes();
    }
    List<Box> boxes = new ArrayList<>(voice.boxes());
    boxes.add(Cast.LATE);
    return boxes;
  }

  void acknowledged(TopicId topic, long number, Bytes content) {
    acknowledged.add(new Accepted(topic, number, content));
  }
}
