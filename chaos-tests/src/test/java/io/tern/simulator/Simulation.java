package io.tern.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.simulator.Client.Acknowledged;
import io.tern.state.CatalogueImage;
import io.tern.state.Command;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.QueueId;
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
  private static final long TROUBLE_MILLIS = 100_000;
  private static final long HEALING_MILLIS = 20_000;
  private static final int CLIENTS = 5;

  /** What happened, to see that a run was not idle. */
  record Summary(int entries, int sent, int received, int queues) {}

  private final Agenda agenda = new Agenda();
  private final Random random;
  private final History history = new History();
  private final Acknowledged acknowledged = new Acknowledged();
  private final Cluster cluster;

  Simulation(long seed, PlantedBug bug) {
    random = new Random(seed);
    cluster = new Cluster(agenda, random, history, bug);
  }

  Summary run() {
    cluster.start();
    for (int i = 0; i < CLIENTS; i++) {
      new Client(cluster, agenda, random, acknowledged).start();
    }
    agenda.runUntil(TROUBLE_MILLIS);
    cluster.heal();
    agenda.runUntil(TROUBLE_MILLIS + HEALING_MILLIS);
    cluster.all().forEach(SimulatedPartition::settle);
    checkReplicas();
    checkAcknowledgements();
    checkDefinitions();
    checkCounts();
    drain();
    return new Summary(
        cluster.all().stream().mapToInt(SimulatedPartition::entries).sum(),
        acknowledged.sent.size(),
        acknowledged.received,
        acknowledged.queues.size());
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
    assertThat(catalogue().waitingDestinations()).as("outboxes that are not empty").isEmpty();
  }

  private void checkCounts() {
    for (QueueDefinition definition : catalogue().image().queues()) {
      QueueGauge gauge = machine(definition.partition()).gauge(definition.queue());
      assertThat(gauge).isNotNull();
      if (gauge != null) {
        long now = history.clock(definition.partition());
        List<History.Message> alive = history.alive(definition.queue());
        long visible = alive.stream().filter(m -> m.hiddenUntilMillis <= now).count();
        long delayed = alive.stream().filter(m -> History.isDelayed(m, now)).count();
        assertThat(gauge.visible()).as("visible").isEqualTo(visible);
        assertThat(gauge.delayed()).as("delayed").isEqualTo(delayed);
        assertThat(gauge.inFlight()).as("in flight").isEqualTo(alive.size() - visible - delayed);
      }
    }
  }

  /** Whoever waits long enough receives every message that must still be there. */
  private void drain() {
    agenda.runUntil(agenda.nowMillis() + 15_000);
    for (QueueDefinition definition : catalogue().image().queues()) {
      SimulatedPartition partition = cluster.get(definition.partition());
      boolean[] empty = {false};
      for (int round = 0; round < 1_000 && !empty[0]; round++) {
        partition.ask(
            new Command.ReceiveMessages(definition.queue(), 10, 30_000),
            reply -> empty[0] = deleteAll(partition, definition.queue(), reply));
        agenda.runUntil(agenda.nowMillis() + 20);
      }
      assertThat(history.alive(definition.queue())).as("messages never received").isEmpty();
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
