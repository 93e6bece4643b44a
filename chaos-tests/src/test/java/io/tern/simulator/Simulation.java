package io.tern.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.simulator.Client.Acknowledged;
import io.tern.state.CatalogueImage;
import io.tern.state.Command;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.QueueId;
import io.tern.state.ReplicatedMachine;
import io.tern.state.Reply;
import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.partition.PartitionMachine;
import io.tern.state.queue.QueueGauge;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** One history from one seed: trouble, healing, and the checks that only an end allows. */
final class Simulation {
  private static final long TROUBLE_MILLIS = 40_000;
  private static final long HEALING_MILLIS = 15_000;
  private static final int CLIENTS = 4;

  /** One history in so many goes slowly, so that five-minute windows end in it. */
  private static final int SLOW_ONES = 8;

  private static final int SLOW_PACE = 10;

  /** Dead letters go on through several queues. */
  private static final int DRAINS = 6;

  /** What happened, to see that a run was not idle. */
  record Summary(long entries, long sent, long received, long queues, long repeated, long moved) {
    Summary and(Summary other) {
      return new Summary(
          entries + other.entries,
          sent + other.sent,
          received + other.received,
          queues + other.queues,
          repeated + other.repeated,
          moved + other.moved);
    }
  }

  private final Agenda agenda = new Agenda();
  private final Random random;
  private final int pace;
  private final History history = new History();
  private final Acknowledged acknowledged = new Acknowledged();
  private final Cluster cluster;

  Simulation(long seed, PlantedBug bug) {
    random = new Random(seed);
    pace = seed % SLOW_ONES == 0 ? SLOW_PACE : 1;
    cluster = new Cluster(agenda, random, history, bug, pace);
  }

  Summary run() {
    cluster.start();
    for (int i = 0; i < CLIENTS; i++) {
      new Client(cluster, agenda, random, acknowledged, pace).start();
    }
    agenda.runUntil(TROUBLE_MILLIS * pace);
    cluster.heal();
    agenda.runUntil((TROUBLE_MILLIS + HEALING_MILLIS) * pace);
    cluster.all().forEach(SimulatedPartition::settle);
    checkReplicas();
    checkAcknowledgements();
    checkDefinitions();
    history.assertEachInOnePlace();
    checkCounts();
    checkRows();
    drain();
    return new Summary(
        cluster.all().stream().mapToInt(SimulatedPartition::entries).sum(),
        acknowledged.sent.size(),
        acknowledged.received,
        acknowledged.queues.size(),
        acknowledged.repeated,
        history.moved());
  }

  private void checkReplicas() {
    for (SimulatedPartition partition : cluster.all()) {
      for (SimulatedReplica replica : partition.replicas()) {
        assertThat(replica.applied()).isEqualTo(partition.entries());
        assertThat(replica.up().image())
            .as("replicas of %s differ at the end", partition.id())
            .isEqualTo(partition.replicas().getFirst().up().image());
      }
    }
  }

  private void checkAcknowledgements() {
    for (Acknowledged.Sent sent : acknowledged.sent) {
      history.assertAccepted(sent.queue(), sent.number(), sent.content());
    }
    for (Client.Known known : acknowledged.queues) {
      assertThat(history.wasDefined(known.queue())).as("acknowledged queue is unknown").isTrue();
    }
  }

  /** What the catalogue defines is what the partitions hold, and nothing is on its way. */
  private void checkDefinitions() {
    CatalogueImage catalogue = catalogue().image();
    TreeMap<QueueId, Long> defined = new TreeMap<>();
    for (QueueDefinition definition : catalogue.queues()) {
      defined.put(definition.queue(), definition.version());
    }
    assertThat(List.copyOf(defined.keySet())).isEqualTo(history.queuesDefined());
    TreeMap<QueueId, Long> held = new TreeMap<>();
    for (SimulatedPartition partition : cluster.all()) {
      if (partition.replicas().getFirst().up().image() instanceof PartitionImage image) {
        image.queues().forEach(queue -> held.put(queue.queue(), queue.version()));
      }
    }
    assertThat(held).as("queues installed").isEqualTo(defined);
    for (SimulatedPartition partition : cluster.all()) {
      ReplicatedMachine machine = partition.replicas().getFirst().up();
      assertThat(machine.waitingDestinations()).as("outboxes that are not empty").isEmpty();
      if (machine instanceof PartitionMachine data) {
        assertThat(data.runningMoveTasks()).as("tasks that do not end").isEmpty();
      }
    }
  }

  /** Each replica's disk holds the messages that are alive and nothing else. */
  private void checkRows() {
    TreeMap<PartitionId, Integer> alive = new TreeMap<>();
    for (QueueDefinition definition : catalogue().image().queues()) {
      List<Tracked> messages = history.alive(definition.queue());
      alive.merge(definition.partition(), messages.size(), Integer::sum);
      for (SimulatedReplica replica : cluster.get(definition.partition()).replicas()) {
        for (Tracked message : messages) {
          assertThat(replica.rows().content(definition.queue(), message.number))
              .as("the body of a message")
              .isEqualTo(message.content);
        }
      }
    }
    for (SimulatedPartition partition : cluster.all()) {
      for (SimulatedReplica replica : partition.replicas()) {
        assertThat(replica.rows().messages())
            .as("rows")
            .isEqualTo(alive.getOrDefault(partition.id(), 0));
        assertThat(replica.rows().parked()).as("rows in outboxes").isZero();
      }
    }
  }

  private void checkCounts() {
    for (QueueDefinition definition : catalogue().image().queues()) {
      QueueGauge gauge = machine(definition.partition()).gauge(definition.queue());
      assertThat(gauge).isNotNull();
      if (gauge != null) {
        long now = history.clock(definition.partition());
        List<Tracked> alive = history.alive(definition.queue());
        long visible = alive.stream().filter(m -> !m.isHidden(now)).count();
        long delayed = alive.stream().filter(m -> m.isDelayed(now)).count();
        assertThat(gauge.visible()).as("visible").isEqualTo(visible);
        assertThat(gauge.delayed()).as("delayed").isEqualTo(delayed);
        assertThat(gauge.inFlight()).as("in flight").isEqualTo(alive.size() - visible - delayed);
      }
    }
  }

  /** Whoever waits long enough receives every message that must still be there. */
  private void drain() {
    agenda.runUntil(agenda.nowMillis() + 15_000);
    List<QueueDefinition> queues = catalogue().image().queues();
    for (int round = 0; round < DRAINS && isAnythingAlive(queues); round++) {
      queues.forEach(this::drain);
      agenda.runUntil(agenda.nowMillis() + 2_000L * pace);
    }
    assertThat(isAnythingAlive(queues)).as("messages never received").isFalse();
    history.assertEachInOnePlace();
  }

  private boolean isAnythingAlive(List<QueueDefinition> queues) {
    return queues.stream().anyMatch(queue -> !history.alive(queue.queue()).isEmpty());
  }

  private void drain(QueueDefinition definition) {
    SimulatedPartition partition = cluster.get(definition.partition());
    boolean[] empty = {false};
    for (int round = 0; round < 1_000 && !empty[0]; round++) {
      partition.ask(
          new Command.ReceiveMessages(definition.queue(), 10, 30_000, ""),
          reply -> empty[0] = deleteAll(partition, definition.queue(), reply));
      agenda.runUntil(agenda.nowMillis() + 20);
    }
  }

  private static boolean deleteAll(SimulatedPartition partition, QueueId queue, Reply reply) {
    if (!(reply instanceof Reply.MessagesReceived received)) {
      return false;
    }
    received
        .deliveries()
        .forEach(d ->
            partition.ask(new Command.DeleteMessage(queue, d.number(), d.receiveCount()), _ -> {}));
    return received.deliveries().isEmpty();
  }

  private CatalogueMachine catalogue() {
    return (CatalogueMachine) cluster.get(PartitionId.CATALOGUE).replicas().getFirst().up();
  }

  private PartitionMachine machine(PartitionId partition) {
    return (PartitionMachine) cluster.get(partition).replicas().getFirst().up();
  }
}
