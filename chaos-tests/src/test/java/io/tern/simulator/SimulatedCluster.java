package io.tern.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.Decision;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.ReplicatedMachine;
import io.tern.state.Reply;
import io.tern.state.TopicReply;
import io.tern.state.catalogue.CatalogueMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Nodes with a replica of each partition, the duties of those that lead, and the way in for
 * clients.
 */
final class SimulatedCluster implements Door, RaftGroup.Witness {
  private static final int DATA_PARTITIONS = 3;
  private static final long COURIER_MILLIS = 60;
  private static final long IN_FORCE_MILLIS = 30;
  private static final long TICK_MILLIS = 1_000;

  private final SimulatedWorld world;
  private final ClusterHistory history;
  private final Network calls;
  private final TreeMap<PartitionId, RaftGroup> groups = new TreeMap<>();
  private final List<NodeRouter> routers = new ArrayList<>();
  private int barriers;

  SimulatedCluster(SimulatedWorld world, ClusterHistory history, PlantedBug bug) {
    this.world = world;
    this.history = history;
    this.calls = new Network(world.agenda(), world.random());
    for (int number = 0; number <= DATA_PARTITIONS; number++) {
      PartitionId id = new PartitionId(number);
      groups.put(id, new RaftGroup(id, world, this, bug));
    }
    for (SimulatedNode node : world.nodes()) {
      routers.add(new NodeRouter(node, groups, world.links(), world.pace()));
    }
  }

  void start() {
    groups.values().forEach(RaftGroup::start);
  }

  List<RaftGroup> groups() {
    return List.copyOf(groups.values());
  }

  RaftGroup group(PartitionId partition) {
    return Objects.requireNonNull(groups.get(partition));
  }

  /** How often a definition was looked for on another node, and how often it had to be there. */
  int barriers() {
    return barriers;
  }

  /** From now on nothing goes wrong. */
  void heal() {
    world.links().heal();
    calls.heal();
  }

  @Override
  public boolean isTroubled() {
    return world.links().isTroubled();
  }

  /** A call to some node and an answer back, each over the network. */
  @Override
  public void ask(PartitionId partition, Command command, Consumer<Reply> answer) {
    Links links = world.links();
    int node = world.random().nextInt(world.nodes().size());
    links.carry(
        links.outside(),
        node,
        () ->
            routers
                .get(node)
                .execute(
                    partition,
                    command,
                    reply ->
                        whenInForce(
                            node,
                            reply,
                            () -> links.carry(node, links.outside(), () -> answer.accept(reply)))));
  }

  /** A definition is told when its partition has it. */
  private void whenInForce(int node, Reply reply, Runnable tell) {
    boolean inForce =
        switch (reply) {
          case Reply.DefinitionTaken r -> history.isSettled(r.partition(), r.outboxNumber());
          case TopicReply.TopicTaken r -> history.isSettled(r.partition(), r.outboxNumber());
          case TopicReply.SubscriptionTaken r -> history.isSettled(r.partition(), r.outboxNumber());
          default -> true;
        };
    if (inForce) {
      tell.run();
    } else {
      world.nodes().get(node).after(IN_FORCE_MILLIS, () -> whenInForce(node, reply, tell));
    }
  }

  /**
   * What a leader does besides answering; all of it ends with the leadership. Whoever changes
   * members one day is one more duty of the catalogue's leader.
   */
  @Override
  public void begun(Leadership leadership) {
    Random random = world.random();
    int pace = world.pace();
    NodeRouter router = routers.get(leadership.member().number());
    if (leadership.id().isCatalogue()) {
      leadership.ask(
          new Command.InitializeCluster(Bytes.of(new byte[] {7}), DATA_PARTITIONS), _ -> {});
    } else {
      new Mover(router::mirror, leadership, leadership, random, pace).start();
    }
    Network network = calls.on(leadership);
    for (PartitionId destination : groups.keySet()) {
      if (!destination.isCatalogue()) {
        new Courier(
                leadership,
                router.remote(destination),
                leadership,
                network,
                random,
                COURIER_MILLIS * pace)
            .start();
      }
    }
    keepHouse(leadership);
  }

  /** A tick when it would do something. */
  private void keepHouse(Leadership leadership) {
    SimulatedReplica replica = leadership.leader();
    if (replica != null) {
      ReplicatedMachine machine = replica.up();
      if (machine.nextWakeUpMillis() <= leadership.queueMillis()) {
        leadership.ask(new Command.Tick(), _ -> {});
      }
    }
    leadership.after(TICK_MILLIS, () -> keepHouse(leadership));
  }

  @Override
  public void applied(PartitionId partition, int index, Logged logged, List<Decision> decisions) {
    history.applied(partition, logged, decisions);
  }

  /** Whoever was told that a queue is there, or gone, finds it so on every node. */
  @Override
  public void told(Command command, Reply reply) {
    if (command instanceof Command.CreateQueue && reply instanceof Reply.DefinitionTaken taken) {
      look(taken.queue(), true);
    } else if (command instanceof Command.DeleteQueue delete
        && reply instanceof Reply.DefinitionTaken) {
      look(delete.queue(), false);
    }
  }

  private void look(QueueId queue, boolean expected) {
    Links links = world.links();
    int node = world.random().nextInt(world.nodes().size());
    NodeRouter router = routers.get(node);
    links.carry(
        links.outside(),
        node,
        () ->
            router.barrier(
                PartitionId.CATALOGUE,
                () -> {
                  CatalogueMachine mirror = router.mirror();
                  if (mirror == null) {
                    return;
                  }
                  barriers++;
                  boolean found = mirror.queue(queue) != null;
                  if (expected) {
                    assertThat(found || history.queues().wasUndefined(queue))
                        .as("a queue that was created is missing on node %s: %s", node, queue)
                        .isTrue();
                  } else {
                    assertThat(found)
                        .as("a queue that was deleted is on node %s: %s", node, queue)
                        .isFalse();
                  }
                }));
  }
}
