package io.tern.simulator;

import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import io.tern.state.catalogue.CatalogueMachine;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A catalogue and its data partitions with their duties, behind one network. */
final class Cluster implements Door {
  private static final int DATA_PARTITIONS = 2;
  private static final long TICK_MILLIS = 1_000;
  private static final long COURIER_MILLIS = 60;

  private final Agenda agenda;
  private final Random random;

  /** How many times slower than usual it all goes. */
  private final int pace;

  private final Network network;
  private final TreeMap<PartitionId, SimulatedPartition> partitions = new TreeMap<>();

  Cluster(Agenda agenda, Random random, History history, PlantedBug bug, int pace) {
    this.pace = pace;
    this.agenda = agenda;
    this.random = random;
    this.network = new Network(agenda, random);
    for (int number = 0; number <= DATA_PARTITIONS; number++) {
      PartitionId id = new PartitionId(number);
      partitions.put(id, new SimulatedPartition(id, agenda, random, network, history, bug));
    }
  }

  void start() {
    for (SimulatedPartition partition : all()) {
      agenda.after(random.nextInt(1_000), () -> tick(partition));
      agenda.after(1_000 + random.nextInt(3_000), () -> disturb(partition));
      if (!partition.id().isCatalogue()) {
        for (SimulatedPartition source : all()) {
          new Courier(source, partition, agenda, network, random, COURIER_MILLIS * pace).start();
        }
        new Mover(this::someCatalogue, partition, agenda, random, pace).start();
      }
    }
    initialize();
  }

  /** Every node proposes it at its start until it is done; later ones change nothing. */
  private void initialize() {
    if (isTroubled()) {
      ask(
          PartitionId.CATALOGUE,
          new Command.InitializeCluster(Bytes.of(new byte[] {7}), DATA_PARTITIONS),
          _ -> {});
      agenda.after(5_000, this::initialize);
    }
  }

  private void tick(SimulatedPartition partition) {
    partition.ask(new Command.Tick(), _ -> {});
    agenda.after(TICK_MILLIS, () -> tick(partition));
  }

  private void disturb(SimulatedPartition partition) {
    if (isTroubled()) {
      partition.disturb();
      agenda.after(pace * (500L + random.nextInt(3_000)), () -> disturb(partition));
    }
  }

  /** A call there and an answer back, each over the network. */
  @Override
  public void ask(PartitionId partition, Command command, Consumer<Reply> answer) {
    network.carry(
        () -> get(partition).ask(command, reply -> network.carry(() -> answer.accept(reply))));
  }

  @Override
  public boolean isTroubled() {
    return network.isTroubled();
  }

  /** What some replica of the catalogue knows, which may be old; null when that is down. */
  private @Nullable CatalogueMachine someCatalogue() {
    SimulatedReplica replica = get(PartitionId.CATALOGUE).replicas().get(random.nextInt(3));
    return replica.isUp() && replica.up() instanceof CatalogueMachine machine ? machine : null;
  }

  void heal() {
    network.heal();
  }

  SimulatedPartition get(PartitionId partition) {
    SimulatedPartition found = partitions.get(partition);
    if (found == null) {
      throw new IllegalArgumentException("No such partition: " + partition);
    }
    return found;
  }

  List<SimulatedPartition> all() {
    return List.copyOf(partitions.values());
  }
}
