package io.tern.simulator;

import io.tern.node.leader.EntryClock;
import io.tern.simulator.RaftMember.Answer;
import io.tern.simulator.SimulatedReplica.Snapshot;
import io.tern.state.Command;
import io.tern.state.Decision;
import io.tern.state.Entry;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One node's belief that it leads a partition, from its election until it learns better: makes
 * entries, sends them round, counts who has them. What is planned with it as timer ends with it.
 */
final class Leadership implements LedPartition, Timer {
  private static final long HEARTBEAT_MILLIS = 120;
  private static final long LONELY_MILLIS = 2_500;
  private static final int ENTRIES_PER_CALL = 40;

  private record Asked(Command command, Consumer<Reply> answer) {}

  private record Doubt(int index, Set<Integer> heard, IntConsumer answer) {}

  private final RaftGroup group;
  private final RaftMember member;
  private final Random random;
  private final long term;
  private final int[] next;
  private final int[] match;
  private final boolean[] busy;
  private final long[] heardMillis;
  private final TreeMap<Integer, List<Asked>> proposed = new TreeMap<>();
  private List<Asked> waiting = new ArrayList<>();
  private @Nullable EntryClock clock;

  Leadership(RaftGroup group, RaftMember member, Random random, long term) {
    this.group = group;
    this.member = member;
    this.random = random;
    this.term = term;
    int members = group.members().size();
    this.next = new int[members];
    this.match = new int[members];
    this.busy = new boolean[members];
    this.heardMillis = new long[members];
    Arrays.fill(next, member.log().lastIndex() + 1);
    Arrays.fill(heardMillis, group.nowMillis());
  }

  /** Every leadership begins with an entry of its own. */
  void start() {
    member.write(Logged.beginning(term, nowMillis()));
    heartbeat();
  }

  @Override
  public PartitionId id() {
    return group.id();
  }

  @Override
  public long term() {
    return term;
  }

  boolean isReady() {
    return clock != null && isOn();
  }

  /** It has not heard yet that it is over. */
  private boolean isOn() {
    return member.leadership() == this;
  }

  RaftMember member() {
    return member;
  }

  @Override
  public @Nullable SimulatedReplica leader() {
    return isReady() ? member.replica() : null;
  }

  @Override
  public long nowMillis() {
    return member.node().nowMillis();
  }

  @Override
  public void after(long delayMillis, Runnable action) {
    member
        .node()
        .after(
            delayMillis,
            () -> {
              if (isOn()) {
                action.run();
              }
            });
  }

  /** Its own first entry is applied, and so is all before: it knows the newest queue time. */
  void begin() {
    if (clock == null) {
      clock = new EntryClock(member.node(), member.replica().queueMillis());
      group.begun(this);
    }
  }

  @Override
  public void ask(Command command, Consumer<Reply> answer) {
    if (!isReady()) {
      return;
    }
    if (waiting.isEmpty()) {
      after(random.nextInt(4), this::flush);
    }
    waiting.add(new Asked(command, answer));
  }

  /** Queue time as the leader counts it. */
  long queueMillis() {
    EntryClock counting = clock;
    return counting == null ? 0 : counting.now().queueMillis();
  }

  private void flush() {
    List<Asked> batch = waiting;
    waiting = new ArrayList<>();
    Entry entry = new Entry(stamp(), batch.stream().map(Asked::command).toList());
    Logged logged = Logged.of(term, entry, nowMillis());
    member.write(logged);
    proposed.put(member.log().lastIndex(), batch);
    group.trace().proposed(group.id(), member.log().lastIndex(), logged);
    count();
    for (int peer = 0; peer < next.length; peer++) {
      if (!busy[peer]) {
        replicate(peer);
      }
    }
  }

  private EntryTime stamp() {
    EntryClock counting = clock;
    if (counting == null) {
      throw new IllegalStateException("A leader without a clock.");
    }
    EntryTime time = counting.now();
    return group.bug() == PlantedBug.CLOCK_NOT_CLAMPED
        ? new EntryTime(time.wallMillis(), time.wallMillis())
        : time;
  }

  private void heartbeat() {
    long pace = group.pace();
    int heard = 1;
    for (int peer = 0; peer < next.length; peer++) {
      heard +=
          peer != member.number() && nowMillis() - heardMillis[peer] < LONELY_MILLIS * pace ? 1 : 0;
    }
    if (heard < group.majority()) {
      member.stepDown();
      return;
    }
    count();
    for (int peer = 0; peer < next.length; peer++) {
      replicate(peer);
    }
    after(HEARTBEAT_MILLIS * pace, this::heartbeat);
  }

  private void replicate(int peer) {
    if (peer == member.number()) {
      return;
    }
    busy[peer] = true;
    MemberLog log = member.log();
    int previous = next[peer] - 1;
    if (previous < log.firstIndex() - 1) {
      Snapshot snapshot = member.replica().snapshot();
      long snapshotTerm = member.checkpointTerm();
      call(peer, there -> there.install(term, member.number(), snapshot, snapshotTerm));
      return;
    }
    long previousTerm = log.termAt(previous);
    List<Logged> entries = log.from(previous + 1, ENTRIES_PER_CALL);
    int commit = member.commitIndex();
    call(
        peer,
        there -> there.append(term, member.number(), previous, previousTerm, entries, commit));
  }

  private interface Call {
    Answer at(RaftMember there);
  }

  private void call(int peer, Call call) {
    Links links = group.links();
    int here = member.number();
    links.carry(
        here,
        peer,
        () -> {
          Answer answer = call.at(group.members().get(peer));
          links.carry(
              peer,
              here,
              () -> {
                if (isOn()) {
                  answered(answer);
                }
              });
        });
  }

  private void answered(Answer answer) {
    int peer = answer.from();
    if (answer.term() > term) {
      member.observe(answer.term(), RaftMember.NOBODY);
      return;
    }
    busy[peer] = false;
    heardMillis[peer] = nowMillis();
    if (answer.accepted()) {
      match[peer] = Math.max(match[peer], answer.index());
      next[peer] = Math.max(next[peer], match[peer] + 1);
      count();
    } else {
      next[peer] = Math.max(match[peer], Math.min(answer.index(), next[peer] - 2)) + 1;
    }
    if (next[peer] <= member.log().lastIndex()) {
      replicate(peer);
    }
  }

  /** What a majority has, and is of this term, is there for ever. */
  private void count() {
    match[member.number()] = member.log().lastIndex();
    int[] sorted = match.clone();
    Arrays.sort(sorted);
    int everywhere = sorted[sorted.length - group.majority()];
    if (everywhere > member.commitIndex() && member.log().termAt(everywhere) == term) {
      member.learnCommit(everywhere);
    }
  }

  void applied(int index, Logged logged, List<Decision> decisions) {
    List<Asked> batch = logged.term() == term ? proposed.remove(index) : null;
    if (batch == null) {
      return;
    }
    group.answered(index);
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).answer().accept(decisions.get(i).reply());
    }
  }

  /** Tells an index that is not older than the question, once a majority still follows. */
  void confirm(IntConsumer answer) {
    Doubt doubt = new Doubt(member.commitIndex(), new TreeSet<>(), answer);
    doubt.heard().add(member.number());
    for (int peer = 0; peer < next.length; peer++) {
      askWhetherStillLeader(doubt, peer);
    }
  }

  private void askWhetherStillLeader(Doubt doubt, int peer) {
    if (peer == member.number()) {
      return;
    }
    Links links = group.links();
    int here = member.number();
    links.carry(
        here,
        peer,
        () -> {
          if (group.members().get(peer).currentTerm() <= term) {
            links.carry(peer, here, () -> heard(doubt, peer));
          }
        });
  }

  private void heard(Doubt doubt, int peer) {
    if (doubt.heard().add(peer) && doubt.heard().size() == group.majority()) {
      doubt.answer().accept(doubt.index());
    }
  }
}
