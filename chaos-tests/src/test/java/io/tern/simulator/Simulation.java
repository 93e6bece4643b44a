package io.tern.simulator;

import io.tern.simulator.Client.Acknowledged;
import java.util.Random;

/** One history from one seed: trouble, healing, and the checks that only an end allows. */
final class Simulation {
  private static final long TROUBLE_MILLIS = 40_000;
  private static final long HEALING_MILLIS = 15_000;
  private static final int CLIENTS = 4;

  /** One history in so many goes slowly, so that five-minute windows end in it. */
  private static final int SLOW_ONES = 8;

  private static final int SLOW_PACE = 10;

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
    new EndChecks(cluster.all(), agenda, pace, history, acknowledged).run();
    return new Summary(
        cluster.all().stream().mapToInt(SimulatedPartition::entries).sum(),
        acknowledged.sent.size(),
        acknowledged.received,
        acknowledged.queues.size(),
        acknowledged.repeated,
        history.moved());
  }
}
