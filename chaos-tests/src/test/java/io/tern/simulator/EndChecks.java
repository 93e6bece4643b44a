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
import java.util.TreeMap;

/** The checks that only the end of a simulation allows, when all is healed and quiet. */
final class EndChecks {

  /** How long a move task may go on with what it found. */
  private static final int QUIET_ROUNDS = 120;

  /** Dead letters go on through several queues. */
  private static final int DRAINS = 6;

  private final Agenda agenda;
  private final int pace;
  private final History history;
  private final Acknowledged acknowledged;
  private final TreeMap<PartitionId, CheckedPartition> partitions = new TreeMap<>();

  EndChecks(
      List<? extends CheckedPartition> partitions,
      Agenda agenda,
      int pace,
      History history,
      Acknowledged acknowledged) {
    this.agenda = agenda;
    this.pace = pace;
    this.history = history;
    this.acknowledged = acknowledged;
    partitions.forEach(partition -> this.partitions.put(partition.id(), partition));
  }

  void run() {
    for (int round = 0; round < QUIET_ROUNDS && !isQuiet(); round++) {
      agenda.runUntil(agenda.nowMillis() + 1_000L * pace);
    }
    partitions.values().forEach(CheckedPartition::settle);
    checkReplicas();
    checkAcknowledgements();
    checkDefinitions();
    history.assertEachInOnePlace();
    checkCounts();
    checkRows();
    drain();
  }

  void checkReplicas() {
    for (CheckedPartition partition : partitions.values()) {
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
    for (CheckedPartition partition : partitions.values()) {
      if (partition.replicas().getFirst().up().image() instanceof PartitionImage image) {
        image.queues().forEach(queue -> held.put(queue.queue(), queue.version()));
      }
    }
    assertThat(held).as("queues installed").isEqualTo(defined);
    checkQuiet();
  }

  private boolean isQuiet() {
    for (CheckedPartition partition : partitions.values()) {
      SimulatedReplica leader = partition.leader();
      boolean busy =
          leader == null
              || !leader.up().waitingDestinations().isEmpty()
              || (leader.up() instanceof PartitionMachine data
                  && !data.runningMoveTasks().isEmpty());
      if (busy) {
        return false;
      }
    }
    return true;
  }

  void checkQuiet() {
    for (CheckedPartition partition : partitions.values()) {
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
      for (SimulatedReplica replica : get(definition.partition()).replicas()) {
        for (Tracked message : messages) {
          assertThat(replica.rows().content(definition.queue(), message.number))
              .as("the body of a message")
              .isEqualTo(message.content);
        }
      }
    }
    for (CheckedPartition partition : partitions.values()) {
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
    CheckedPartition partition = get(definition.partition());
    boolean[] empty = {false};
    for (int round = 0; round < 1_000 && !empty[0]; round++) {
      partition.ask(
          new Command.ReceiveMessages(definition.queue(), 10, 30_000, ""),
          reply -> empty[0] = deleteAll(partition, definition.queue(), reply));
      agenda.runUntil(agenda.nowMillis() + 20);
    }
  }

  private static boolean deleteAll(CheckedPartition partition, QueueId queue, Reply reply) {
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
    return (CatalogueMachine) get(PartitionId.CATALOGUE).replicas().getFirst().up();
  }

  private PartitionMachine machine(PartitionId partition) {
    return (PartitionMachine) get(partition).replicas().getFirst().up();
  }

  private CheckedPartition get(PartitionId id) {
    CheckedPartition found = partitions.get(id);
    if (found == null) {
      throw new IllegalArgumentException("No such partition: " + id);
    }
    return found;
  }
}
