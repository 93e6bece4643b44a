package io.tern.state.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.AppliedEntry;
import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.Entry;
import io.tern.state.EntryRunner;
import io.tern.state.EntryTime;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.ReplicatedMachine;
import io.tern.state.TopicChange;
import io.tern.state.TopicId;
import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.partition.PartitionMachine;
import io.tern.state.queue.QueueGauge;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The catalogue and the partitions that a script speaks to, and where its queues are. */
final class Machines {
  static final String ACCOUNT = "000000000000";
  static final PartitionId FIRST = new PartitionId(1);

  private final TreeMap<PartitionId, PartitionMachine> partitions = new TreeMap<>();
  private final TreeMap<PartitionId, Rows> rows = new TreeMap<>();
  private final Map<QueueId, PartitionId> places = new HashMap<>();
  private final Map<TopicId, PartitionId> homes = new HashMap<>();
  private CatalogueMachine catalogue = CatalogueMachine.empty();

  AppliedEntry apply(PartitionId asked, EntryTime time, List<Command> commands) {
    EntryRunner runner =
        new EntryRunner(
            machine(asked),
            (command, failure) -> {
              throw new AssertionError("A rule failed at " + command, failure);
            });
    AppliedEntry applied = runner.run(new Entry(time, commands));
    for (Change change : applied.changes()) {
      rows(asked).follow(change);
      switch (change) {
        case Change.QueueInstalled c -> places.put(c.queue(), asked);
        case Change.QueueRemoved c -> places.remove(c.queue());
        case TopicChange.TopicInstalled c -> homes.put(c.topic(), asked);
        case TopicChange.TopicRemoved c -> homes.remove(c.topic());
        default -> {}
      }
    }
    return applied;
  }

  CatalogueMachine catalogue() {
    return catalogue;
  }

  PartitionMachine partition(PartitionId partition) {
    return partitions.computeIfAbsent(partition, _ -> PartitionMachine.empty());
  }

  ReplicatedMachine machine(PartitionId partition) {
    return partition.isCatalogue() ? catalogue : partition(partition);
  }

  Rows rows(PartitionId partition) {
    return rows.computeIfAbsent(partition, _ -> new Rows());
  }

  /** The partition that holds the queue, or will hold it; the first for a queue nobody knows. */
  PartitionId placeOf(QueueId queue) {
    PartitionId place = places.get(queue);
    QueueDefinition defined = catalogue.queue(queue);
    return place != null ? place : defined != null ? defined.partition() : FIRST;
  }

  /** The topic's home; the first partition for a topic nobody knows. */
  PartitionId homeOf(TopicId topic) {
    return homes.getOrDefault(topic, FIRST);
  }

  boolean isHome(TopicId topic) {
    return homes.containsKey(topic);
  }

  boolean isHeld(QueueId queue) {
    return places.containsKey(queue);
  }

  @Nullable QueueGauge gauge(QueueId queue) {
    return partition(placeOf(queue)).gauge(queue);
  }

  /**
   * Where messages for that queue go; null when there is none, in the catalogue's eyes if it is
   * used.
   */
  @Nullable MoveTarget target(QueueId queue, String name) {
    QueueName full = new QueueName(ACCOUNT, name);
    boolean exists = catalogue.dataPartitions() > 0 ? catalogue.queue(full) != null : isHeld(queue);
    return exists ? new MoveTarget(queue, placeOf(queue), full) : null;
  }

  /** Every machine begins again with its snapshot. */
  void restart() {
    catalogue = CatalogueMachine.of(catalogue.image());
    partitions.replaceAll((_, machine) -> PartitionMachine.of(machine.image()));
  }

  /** Every state survives a snapshot, and each message of the index has its row and its body. */
  void assertWhole() {
    assertThat(CatalogueMachine.of(catalogue.image()).image()).isEqualTo(catalogue.image());
    for (PartitionMachine machine : partitions.values()) {
      assertThat(PartitionMachine.of(machine.image()).image()).isEqualTo(machine.image());
    }
    rows.values().forEach(Rows::assertHasBodies);
    for (Map.Entry<QueueId, PartitionId> place : places.entrySet()) {
      QueueGauge gauge = partition(place.getValue()).gauge(place.getKey());
      if (gauge == null) {
        throw new AssertionError("A partition does not hold its queue " + place.getKey());
      }
      rows(place.getValue()).assertHolds(gauge);
    }
  }
}
