package io.tern.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Command;
import io.tern.state.Decision;
import io.tern.state.Entry;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One partition: a log that is never wrong, three replicas that follow it late, crash and come
 * back, and a leader that stamps time and batches.
 */
final class SimulatedPartition implements CheckedPartition {
  private static final int REPLICAS = 3;
  private static final long WALL_START_MILLIS = 1_767_225_600_000L;

  private record Asked(Command command, Consumer<Reply> answer) {}

  private final PartitionId id;
  private final Agenda agenda;
  private final Random random;
  private final Network network;
  private final Judge judge;
  private final List<SimulatedReplica> replicas = new ArrayList<>();
  private final List<Entry> log = new ArrayList<>();
  private final List<Long> hashes = new ArrayList<>();
  private final TreeMap<Integer, List<Asked>> proposed = new TreeMap<>();
  private List<Asked> waiting = new ArrayList<>();
  private @Nullable SimulatedReplica leader;
  private long term;
  private long termStartMillis;
  private long termQueueMillis;
  private long driftPpm;
  private long wallSkewMillis;

  SimulatedPartition(
      PartitionId id, Agenda agenda, Random random, Network network, Judge judge, PlantedBug bug) {
    this.id = id;
    this.agenda = agenda;
    this.random = random;
    this.network = network;
    this.judge = judge;
    for (int number = 0; number < REPLICAS; number++) {
      replicas.add(new SimulatedReplica(id, bug, number));
    }
    elect();
  }

  @Override
  public PartitionId id() {
    return id;
  }

  @Override
  public long term() {
    return term;
  }

  @Override
  public @Nullable SimulatedReplica leader() {
    return leader;
  }

  @Override
  public List<SimulatedReplica> replicas() {
    return replicas;
  }

  @Override
  public int entries() {
    return log.size();
  }

  @Override
  public void ask(Command command, Consumer<Reply> answer) {
    if (leader == null) {
      return;
    }
    if (waiting.isEmpty()) {
      agenda.after(random.nextInt(4), this::flush);
    }
    waiting.add(new Asked(command, answer));
  }

  /** Makes one entry of what waits; some entries are lost with their leader's term. */
  private void flush() {
    List<Asked> batch = waiting;
    waiting = new ArrayList<>();
    if (leader == null || batch.isEmpty()) {
      return;
    }
    if (network.isTroubled() && random.nextInt(60) == 0) {
      endTerm();
      return;
    }
    log.add(new Entry(stamp(), batch.stream().map(Asked::command).toList()));
    proposed.put(log.size() - 1, batch);
    for (SimulatedReplica replica : replicas) {
      long lag = replica == leader ? random.nextInt(4) : random.nextInt(60);
      agenda.after(lag, () -> catchUp(replica));
    }
  }

  private EntryTime stamp() {
    long elapsed = agenda.nowMillis() - termStartMillis;
    long counted = elapsed + elapsed * driftPpm / 1_000_000;
    return new EntryTime(
        termQueueMillis + counted, WALL_START_MILLIS + agenda.nowMillis() + wallSkewMillis);
  }

  private void catchUp(SimulatedReplica replica) {
    while (replica.isUp() && replica.applied() < log.size()) {
      int index = replica.applied();
      List<Decision> decisions = replica.apply(log.get(index));
      check(index, replica, decisions);
      List<Asked> batch = replica == leader ? proposed.remove(index) : null;
      if (batch != null) {
        for (int i = 0; i < batch.size(); i++) {
          batch.get(i).answer().accept(decisions.get(i).reply());
        }
      }
    }
  }

  private void check(int index, SimulatedReplica replica, List<Decision> decisions) {
    if (index == hashes.size()) {
      hashes.add(replica.hash());
      judge.applied(id, log.get(index), decisions);
    } else {
      assertThat(replica.hash())
          .as("replicas disagree: %s at entry %s", id, index)
          .isEqualTo(hashes.get(index));
    }
  }

  /** The leader stops leading, whoever waits for it; another is elected later. */
  void endTerm() {
    if (leader != null) {
      leader = null;
      term++;
      waiting = new ArrayList<>();
      proposed.clear();
      agenda.after(500 + random.nextInt(2_500), this::elect);
    }
  }

  /** A replica that is up leads, with a clock of its own that goes on from the log's. */
  private void elect() {
    List<SimulatedReplica> up = replicas.stream().filter(SimulatedReplica::isUp).toList();
    if (leader != null) {
      return;
    }
    if (up.isEmpty()) {
      agenda.after(500, this::elect);
      return;
    }
    SimulatedReplica elected = up.get(random.nextInt(up.size()));
    catchUp(elected);
    leader = elected;
    term++;
    termStartMillis = agenda.nowMillis();
    termQueueMillis = log.isEmpty() ? 0 : log.getLast().time().queueMillis();
    boolean stale = random.nextInt(4) == 0;
    termQueueMillis -= stale ? random.nextInt(3_000) : 0;
    driftPpm = random.nextInt(401) - 200L;
    wallSkewMillis = random.nextInt(600_000) - 300_000L;
  }

  void crash(SimulatedReplica replica) {
    if (!replica.isUp()) {
      return;
    }
    replica.crash();
    if (replica == leader) {
      endTerm();
    }
    agenda.after(200 + random.nextInt(6_000), () -> restart(replica));
  }

  private void restart(SimulatedReplica replica) {
    if (!replica.isUp()) {
      replica.restart();
      agenda.after(random.nextInt(1_000), () -> catchUp(replica));
    }
  }

  /** Something goes wrong, or a snapshot is taken. */
  void disturb() {
    SimulatedReplica replica = replicas.get(random.nextInt(REPLICAS));
    switch (random.nextInt(6)) {
      case 0 -> crash(replica);
      case 1 -> endTerm();
      case 2 -> {
        SimulatedReplica other = replicas.get(random.nextInt(REPLICAS));
        if (replica.isUp() && replica != leader && replica != other) {
          replica.install(other.snapshot());
          agenda.after(random.nextInt(100), () -> catchUp(replica));
        }
      }
      default -> {
        if (replica.isUp()) {
          replica.takeSnapshot();
        }
      }
    }
  }

  @Override
  public void settle() {
    for (SimulatedReplica replica : replicas) {
      restart(replica);
      catchUp(replica);
    }
  }
}
