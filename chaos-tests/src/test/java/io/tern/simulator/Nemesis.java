package io.tern.simulator;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Does harm to nodes, clocks and the network of {@link ClusterSimulation} until it is over. */
final class Nemesis {

  /** What can go wrong. */
  enum Fault {
    KILL,
    POWER_CUT,
    POWER_CUT_OF_MAJORITY,
    POWER_CUT_OF_ALL,
    PAUSE,
    LEADER_CHANGE,
    ISOLATED_NODE,
    ISOLATED_LEADER,
    ONE_WAY,
    BRIDGE,
    CLIENTS_CUT_OFF,
    WALL_CLOCK_JUMP,
    DRIFT,
    SLOW_REPLICA,
    CHECKPOINT
  }

  private static final long HOUR_MILLIS = 3_600_000;

  /** Checkpoints are no harm; they come often, so that restarts begin from them. */
  private static final int CHECKPOINTS_IN_TEN = 4;

  private final SimulatedWorld world;
  private final SimulatedCluster cluster;
  private final Random random;
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);

  Nemesis(SimulatedWorld world, SimulatedCluster cluster) {
    this.world = world;
    this.cluster = cluster;
    this.random = world.random();
  }

  Map<Fault, Integer> counts() {
    return counts;
  }

  void start() {
    world.agenda().after(world.pace() * (500L + random.nextInt(2_000)), this::strike);
  }

  private void strike() {
    if (!cluster.isTroubled()) {
      return;
    }
    Fault[] all = Fault.values();
    Fault fault =
        random.nextInt(10) < CHECKPOINTS_IN_TEN
            ? Fault.CHECKPOINT
            : all[random.nextInt(all.length)];
    SimulatedNode node = world.nodes().get(random.nextInt(world.nodes().size()));
    counts.merge(fault, 1, Integer::sum);
    world.trace().note(fault.name(), node.number());
    inflict(fault, node);
    start();
  }

  private void inflict(Fault fault, SimulatedNode node) {
    List<SimulatedNode> nodes = world.nodes();
    switch (fault) {
      case KILL -> crash(node, false, downMillis());
      case POWER_CUT -> crash(node, true, downMillis());
      case POWER_CUT_OF_MAJORITY -> {
        long millis = downMillis();
        nodes.stream()
            .filter(other -> other.number() != (node.number() + 1) % nodes.size())
            .forEach(other -> crash(other, true, millis));
      }
      case POWER_CUT_OF_ALL -> {
        long millis = downMillis();
        nodes.forEach(other -> crash(other, true, millis));
      }
      case PAUSE -> pause(node);
      case LEADER_CHANGE -> cluster.groups().get(random.nextInt(cluster.groups().size())).elect();
      case ISOLATED_NODE -> isolate(node.number());
      case ISOLATED_LEADER -> isolate(someLeader(node.number()));
      case ONE_WAY -> {
        int other = (node.number() + 1 + random.nextInt(nodes.size() - 1)) % nodes.size();
        world.links().cut(node.number(), other);
        mendLater();
      }
      case BRIDGE -> {
        int other = (node.number() + 1) % nodes.size();
        world.links().cut(node.number(), other);
        world.links().cut(other, node.number());
        mendLater();
      }
      case CLIENTS_CUT_OFF -> {
        world.links().cut(world.links().outside(), node.number());
        mendLater();
      }
      case WALL_CLOCK_JUMP -> node.jump(random, HOUR_MILLIS);
      case DRIFT -> node.drift(random);
      case SLOW_REPLICA -> {
        int lag = random.nextBoolean() ? 4 : 1 + random.nextInt(3_000);
        member(node).lag(lag);
      }
      case CHECKPOINT -> checkpoint(node);
    }
  }

  private long downMillis() {
    return world.pace() * (200L + random.nextInt(5_000));
  }

  private void crash(SimulatedNode node, boolean power, long downMillis) {
    if (!node.isUp()) {
      return;
    }
    node.crash();
    cluster.groups().forEach(group -> group.members().get(node.number()).crash(power));
    world.agenda().after(downMillis, () -> restart(node));
  }

  private void restart(SimulatedNode node) {
    if (!node.isUp()) {
      world.trace().note("restart", node.number());
      node.restart();
      cluster.groups().forEach(group -> group.members().get(node.number()).restart());
    }
  }

  private void pause(SimulatedNode node) {
    if (node.isRunning()) {
      node.pause();
      long millis = world.pace() * (100L + random.nextInt(random.nextBoolean() ? 800 : 8_000));
      world.agenda().after(millis, node::resume);
    }
  }

  private int someLeader(int otherwise) {
    return cluster.groups().get(random.nextInt(cluster.groups().size())).members().stream()
        .filter(member -> member.leadership() != null)
        .mapToInt(RaftMember::number)
        .findFirst()
        .orElse(otherwise);
  }

  /** From the other nodes; clients still come to it. */
  private void isolate(int node) {
    for (SimulatedNode other : world.nodes()) {
      if (other.number() != node) {
        world.links().cut(node, other.number());
        world.links().cut(other.number(), node);
      }
    }
    mendLater();
  }

  /** All cuts end at once, those of others too. */
  private void mendLater() {
    long millis = world.pace() * (300L + random.nextInt(7_000));
    world.agenda().after(millis, () -> world.links().mend());
  }

  private RaftMember member(SimulatedNode node) {
    return cluster
        .groups()
        .get(random.nextInt(cluster.groups().size()))
        .members()
        .get(node.number());
  }

  private void checkpoint(SimulatedNode node) {
    if (!node.isRunning()) {
      return;
    }
    if (random.nextBoolean()) {
      cluster.groups().forEach(group -> group.members().get(node.number()).takeCheckpoint());
    } else {
      member(node).takeCheckpoint();
    }
  }

  /** All nodes are back, nothing is cut, nobody is slow. */
  void heal() {
    cluster.heal();
    for (SimulatedNode node : world.nodes()) {
      if (node.isUp()) {
        node.resume();
      } else {
        restart(node);
      }
      cluster.groups().forEach(group -> group.members().get(node.number()).lag(4));
    }
  }
}
