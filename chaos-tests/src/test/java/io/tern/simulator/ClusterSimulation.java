package io.tern.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.simulator.Client.Acknowledged;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The whole cluster in one thread from one seed: three nodes, a catalogue and data partitions,
 * leaders with their duties, clients, trouble, healing, and the checks that only an end allows.
 */
final class ClusterSimulation {
  private static final int NODES = 3;
  private static final long TROUBLE_MILLIS = 40_000;
  private static final long HEALING_MILLIS = 20_000;
  private static final long CATCH_UP_MILLIS = 5_000;
  private static final int CLIENTS = 4;
  private static final int TOPIC_USERS = 2;

  /** One history in so many goes slowly, so that five-minute windows end in it. */
  private static final int SLOW_ONES = 8;

  private static final int SLOW_PACE = 10;

  /** What happened, to see that a run was not idle. */
  record Summary(
      long simulatedMillis,
      long entries,
      long commands,
      long sent,
      long received,
      long published,
      long arrived,
      long moved,
      long elections,
      long installs,
      long barriers,
      Map<Nemesis.Fault, Integer> faults,
      long hash) {

    static final Summary NOTHING = new Summary(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), 0);

    long allFaults() {
      return faults.entrySet().stream()
          .filter(each -> each.getKey() != Nemesis.Fault.CHECKPOINT)
          .mapToLong(Map.Entry::getValue)
          .sum();
    }

    Summary and(Summary other) {
      Map<Nemesis.Fault, Integer> all = new EnumMap<>(Nemesis.Fault.class);
      all.putAll(faults);
      other.faults.forEach((fault, count) -> all.merge(fault, count, Integer::sum));
      return new Summary(
          simulatedMillis + other.simulatedMillis,
          entries + other.entries,
          commands + other.commands,
          sent + other.sent,
          received + other.received,
          published + other.published,
          arrived + other.arrived,
          moved + other.moved,
          elections + other.elections,
          installs + other.installs,
          barriers + other.barriers,
          all,
          hash ^ other.hash);
    }
  }

  private final Agenda agenda = new Agenda();
  private final int pace;
  private final ClusterHistory history = new ClusterHistory();
  private final Acknowledged acknowledged = new Acknowledged();
  private final SimulatedWorld world;
  private final SimulatedCluster cluster;
  private final Nemesis nemesis;

  /** Prints what happens if there is somewhere to print. */
  ClusterSimulation(long seed, PlantedBug bug, @Nullable PrintStream lines) {
    pace = seed % SLOW_ONES == 0 ? SLOW_PACE : 1;
    Random random = new Random(seed);
    Trace trace = new Trace(agenda::nowMillis, lines);
    world = SimulatedWorld.of(agenda, random, trace, NODES, pace);
    cluster = new SimulatedCluster(world, history, bug);
    nemesis = new Nemesis(world, cluster);
  }

  Summary run() {
    cluster.start();
    for (int i = 0; i < CLIENTS; i++) {
      new Client(cluster, agenda, world.random(), acknowledged, pace).start();
    }
    TopicUser.Shared topics = new TopicUser.Shared();
    for (int i = 0; i < TOPIC_USERS; i++) {
      new TopicUser(cluster, agenda, world.random(), acknowledged, topics, history.fanOuts(), pace)
          .start();
    }
    nemesis.start();
    agenda.runUntil(TROUBLE_MILLIS * pace);
    nemesis.heal();
    agenda.runUntil((TROUBLE_MILLIS + HEALING_MILLIS) * pace);
    checkAllFollow();
    new EndChecks(cluster.groups(), agenda, pace, history.queues(), acknowledged).run();
    history.fanOuts().assertDelivered();
    history.fanOuts().assertAcknowledged(acknowledged.published);
    checkBodies();
    return summary();
  }

  /** A healed cluster has no replica that stays behind. */
  private void checkAllFollow() {
    List<Integer> entries = new ArrayList<>();
    cluster.groups().forEach(group -> entries.add(group.entries()));
    agenda.runUntil(agenda.nowMillis() + CATCH_UP_MILLIS * pace);
    for (int i = 0; i < entries.size(); i++) {
      RaftGroup group = cluster.groups().get(i);
      assertThat(group.leader()).as("leader of %s after healing", group.id()).isNotNull();
      for (SimulatedReplica replica : group.replicas()) {
        assertThat(replica.applied())
            .as("a replica of %s stays behind", group.id())
            .isGreaterThanOrEqualTo(entries.get(i));
      }
    }
  }

  /** Without messages nobody needs bodies. */
  private void checkBodies() {
    agenda.runUntil(agenda.nowMillis() + 25_000L);
    cluster.groups().forEach(RaftGroup::settle);
    for (RaftGroup group : cluster.groups()) {
      for (SimulatedReplica replica : group.replicas()) {
        assertThat(replica.rows().bodies()).as("bodies nobody needs in %s", group.id()).isZero();
      }
    }
  }

  private Summary summary() {
    List<RaftGroup> groups = cluster.groups();
    return new Summary(
        agenda.nowMillis(),
        groups.stream().mapToInt(RaftGroup::entries).sum(),
        history.commands(),
        acknowledged.sent.size(),
        acknowledged.received,
        history.fanOuts().published(),
        history.fanOuts().arrived(),
        history.queues().moved(),
        groups.stream().mapToInt(RaftGroup::elections).sum(),
        groups.stream().mapToInt(RaftGroup::installs).sum(),
        cluster.barriers(),
        nemesis.counts(),
        world.trace().hash());
  }
}
