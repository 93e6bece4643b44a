package io.tern.simulator;

import io.tern.simulator.SimulatedReplica.Snapshot;
import io.tern.state.Decision;
import io.tern.state.Entry;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One node's part of a Raft group: term, log and checkpoint are durable, the rest is gone after a
 * crash. It follows whoever has the highest term, or leads.
 */
final class RaftMember {
  static final int NOBODY = -1;
  private static final long LATE_SYNC_MILLIS = 2_500;

  /** What a leader is told about one append. */
  record Answer(int from, long term, boolean accepted, int index) {}

  private final RaftGroup group;
  private final SimulatedNode node;
  private final Random random;
  private final SimulatedReplica replica;
  private final MemberLog log = new MemberLog();
  private final boolean syncsLate;
  private long currentTerm;
  private long checkpointTerm;
  private int commitIndex;
  private int hint = NOBODY;
  private int lagMillis = 4;
  private @Nullable Leadership leadership;

  RaftMember(RaftGroup group, SimulatedNode node, Random random, PlantedBug bug) {
    this.group = group;
    this.node = node;
    this.random = random;
    this.replica = new SimulatedReplica(group.id(), bug, node.number());
    this.syncsLate = bug == PlantedBug.FSYNC_OFF;
    if (syncsLate) {
      syncLater();
    }
  }

  SimulatedNode node() {
    return node;
  }

  int number() {
    return node.number();
  }

  SimulatedReplica replica() {
    return replica;
  }

  MemberLog log() {
    return log;
  }

  long currentTerm() {
    return currentTerm;
  }

  long checkpointTerm() {
    return checkpointTerm;
  }

  int commitIndex() {
    return commitIndex;
  }

  /** Whom it takes for the leader. */
  int hint() {
    return hint;
  }

  @Nullable Leadership leadership() {
    return leadership;
  }

  /** It takes itself for the leader, and may be the only one who does. */
  @Nullable Leadership readyLeadership() {
    Leadership leads = leadership;
    return leads != null && leads.isReady() ? leads : null;
  }

  /** How far behind it applies, at most. */
  void lag(int millis) {
    lagMillis = millis;
  }

  boolean isUpToDateFor(RaftMember voter) {
    return log.lastTerm() != voter.log.lastTerm()
        ? log.lastTerm() > voter.log.lastTerm()
        : log.lastIndex() >= voter.log.lastIndex();
  }

  /** Gives its vote, or hears of a newer term. */
  void observe(long term, int leader) {
    if (term > currentTerm) {
      currentTerm = term;
      leadership = null;
    }
    hint = leader;
  }

  void lead(Leadership begins) {
    leadership = begins;
  }

  void stepDown() {
    leadership = null;
    hint = NOBODY;
  }

  void write(Logged logged) {
    log.append(logged);
    sync();
  }

  private void sync() {
    if (!syncsLate) {
      log.sync();
    }
  }

  private void syncLater() {
    log.sync();
    node.after(LATE_SYNC_MILLIS, this::syncLater);
  }

  /** What follows an entry that is there too takes the place of whatever else is there. */
  Answer append(
      long term, int leader, int previous, long previousTerm, List<Logged> entries, int commit) {
    if (term < currentTerm) {
      return new Answer(number(), currentTerm, false, 0);
    }
    observe(term, leader);
    if (previous > log.lastIndex()) {
      return new Answer(number(), currentTerm, false, log.lastIndex());
    }
    if (log.reaches(previous) && log.termAt(previous) != previousTerm) {
      return new Answer(number(), currentTerm, false, Math.max(commitIndex, previous - 1));
    }
    int index = previous;
    for (Logged logged : entries) {
      index++;
      if (index <= log.lastIndex()
          && index >= log.firstIndex()
          && log.termAt(index) != logged.term()) {
        group.forgets(this, index);
        log.cutFrom(index);
      }
      if (index > log.lastIndex()) {
        log.append(logged);
      }
    }
    sync();
    learnCommit(Math.min(commit, index));
    return new Answer(number(), currentTerm, true, index);
  }

  Answer install(long term, int leader, Snapshot snapshot, long snapshotTerm) {
    if (term < currentTerm) {
      return new Answer(number(), currentTerm, false, 0);
    }
    observe(term, leader);
    int index = snapshot.entries();
    if (index > replica.applied()) {
      replica.install(snapshot);
      checkpointTerm = snapshotTerm;
      if (log.reaches(index) && log.termAt(index) == snapshotTerm) {
        log.purgeUpTo(index);
      } else {
        log.restart(index, snapshotTerm);
      }
      commitIndex = Math.max(commitIndex, index);
      group.installed(this);
    }
    return new Answer(number(), currentTerm, true, Math.min(index, replica.applied()));
  }

  void learnCommit(int index) {
    if (index > commitIndex) {
      commitIndex = index;
      node.after(leadership == null ? random.nextInt(lagMillis) : random.nextInt(4), this::apply);
    }
  }

  private void apply() {
    while (replica.applied() < Math.min(commitIndex, log.lastIndex())) {
      apply(log.get(replica.applied() + 1));
    }
  }

  /** The leader applies what it made, the others what they read. */
  void apply(Logged logged) {
    int index = replica.applied() + 1;
    Leadership leads = leadership;
    boolean mine = leads != null && leads.term() == logged.term();
    Entry made = logged.entry();
    if (made == null) {
      replica.skip();
      group.applied(this, index, logged, List.of());
      if (leads != null && mine) {
        leads.begin();
      }
      return;
    }
    List<Decision> decisions = replica.apply(mine ? made : logged.decoded());
    group.applied(this, index, logged, decisions);
    if (leads != null) {
      leads.applied(index, logged, decisions);
    }
  }

  /** The log still reaches back to the checkpoint before this one. */
  void takeCheckpoint() {
    int before = replica.snapshot().entries();
    if (replica.applied() > before) {
      replica.takeSnapshot();
      checkpointTerm = log.termAt(replica.applied());
      log.purgeUpTo(before);
      RowsOfImage.assertPair(group.id(), replica.snapshot());
    }
  }

  /** The node is down; without power, what was not synced is gone too. */
  void crash(boolean power) {
    replica.crash();
    leadership = null;
    hint = NOBODY;
    if (power) {
      log.losePower();
    }
  }

  /** Comes back from its checkpoint; the leader says how far the log counts. */
  void restart() {
    replica.restart();
    commitIndex = replica.applied();
    if (log.lastIndex() < commitIndex) {
      log.restart(commitIndex, checkpointTerm);
    }
    if (syncsLate) {
      syncLater();
    }
  }
}
