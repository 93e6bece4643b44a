package io.tern.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Command;
import io.tern.state.Decision;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One partition of {@link ClusterSimulation}: Raft by its guarantees. An election is one step in
 * which a majority votes; everything else goes from node to node. It remembers all that was ever
 * applied, and compares.
 */
final class RaftGroup implements CheckedPartition {
  private static final long WATCH_MILLIS = 150;

  /** What was applied first at an index, and the state after it. */
  private record Applied(Logged logged, long hash) {}

  /** Told of each entry once, with what it came to. */
  interface Witness {
    void applied(PartitionId partition, int index, Logged logged, List<Decision> decisions);

    /** A node leads from now on. */
    void begun(Leadership leadership);
  }

  private final PartitionId id;
  private final Agenda agenda;
  private final Random random;
  private final Links links;
  private final Witness witness;
  private final Trace trace;
  private final PlantedBug bug;
  private final int pace;
  private final List<RaftMember> members = new ArrayList<>();
  private final List<Applied> archive = new ArrayList<>();
  private final Set<Integer> answered = new HashSet<>();
  private long leaderlessSinceMillis;
  private long patienceMillis;
  private int elections;
  private int installs;

  RaftGroup(PartitionId id, SimulatedWorld world, Witness witness, PlantedBug bug) {
    this.id = id;
    this.agenda = world.agenda();
    this.random = world.random();
    this.links = world.links();
    this.trace = world.trace();
    this.pace = world.pace();
    this.witness = witness;
    this.bug = bug;
    for (SimulatedNode node : world.nodes()) {
      members.add(new RaftMember(this, node, random, bug));
    }
  }

  void start() {
    elect();
    watch();
  }

  @Override
  public PartitionId id() {
    return id;
  }

  List<RaftMember> members() {
    return members;
  }

  int majority() {
    return members.size() / 2 + 1;
  }

  Links links() {
    return links;
  }

  Trace trace() {
    return trace;
  }

  PlantedBug bug() {
    return bug;
  }

  int pace() {
    return pace;
  }

  long nowMillis() {
    return agenda.nowMillis();
  }

  int elections() {
    return elections;
  }

  int installs() {
    return installs;
  }

  private void watch() {
    if (hasLeader()) {
      leaderlessSinceMillis = agenda.nowMillis();
      patienceMillis = pace * (400L + random.nextInt(1_500));
    } else if (agenda.nowMillis() - leaderlessSinceMillis > patienceMillis) {
      elect();
    }
    agenda.after(WATCH_MILLIS * pace, this::watch);
  }

  private boolean hasLeader() {
    RaftMember leads = newestLeader();
    return leads != null && leads.node().isRunning() && inReach(leads).size() >= majority();
  }

  private @Nullable RaftMember newestLeader() {
    RaftMember newest = null;
    for (RaftMember member : members) {
      Leadership leads = member.leadership();
      if (leads != null && (newest == null || leads.term() > newest.currentTerm())) {
        newest = member;
      }
    }
    return newest;
  }

  /** Those that run and that it can talk with, itself among them. */
  private List<RaftMember> inReach(RaftMember member) {
    return members.stream()
        .filter(other -> other.node().isRunning())
        .filter(other -> links.isOpenBothWays(member.number(), other.number()))
        .toList();
  }

  /** Whoever gets the votes of a majority may win, also against a leader in good health. */
  void elect() {
    List<RaftMember> electable = new ArrayList<>();
    for (RaftMember member : members) {
      if (member.node().isRunning() && voters(member).size() >= majority()) {
        electable.add(member);
      }
    }
    if (electable.isEmpty()) {
      return;
    }
    RaftMember elected = electable.get(random.nextInt(electable.size()));
    List<RaftMember> voters = new ArrayList<>(voters(elected));
    voters.remove(elected);
    while (voters.size() + 1 > majority() && random.nextBoolean()) {
      voters.remove(random.nextInt(voters.size()));
    }
    long term = elected.currentTerm();
    for (RaftMember voter : voters) {
      term = Math.max(term, voter.currentTerm());
    }
    term++;
    elections++;
    trace.note("elected", id.number(), elected.number(), term);
    elected.observe(term, elected.number());
    for (RaftMember voter : voters) {
      voter.observe(term, elected.number());
    }
    Leadership leadership = new Leadership(this, elected, random, term);
    elected.lead(leadership);
    leadership.start();
  }

  private List<RaftMember> voters(RaftMember candidate) {
    return inReach(candidate).stream().filter(candidate::isUpToDateFor).toList();
  }

  void begun(Leadership leadership) {
    witness.begun(leadership);
  }

  void installed(RaftMember member) {
    installs++;
    trace.note("installed", id.number(), member.number(), member.replica().applied());
  }

  void answered(int index) {
    answered.add(index);
  }

  /** A member is about to drop an entry; nobody may have applied it. */
  void forgets(RaftMember member, int index) {
    if (index <= archive.size() && member.log().termAt(index) == termApplied(index)) {
      throw lost(index, "node " + member.number() + " is told to drop it");
    }
  }

  void applied(RaftMember member, int index, Logged logged, List<Decision> decisions) {
    long hash = member.replica().hash();
    if (index == archive.size() + 1) {
      archive.add(new Applied(logged, hash));
      trace.note("applied", id.number(), index, hash);
      if (logged.entry() != null) {
        witness.applied(id, index, logged, decisions);
      }
      return;
    }
    Applied known = archive.get(index - 1);
    if (known.logged().term() != logged.term()) {
      throw lost(index, "node " + member.number() + " applies one of term " + logged.term());
    }
    assertThat(hash)
        .as("replicas disagree: node %s of %s at entry %s", member.number(), id, index)
        .isEqualTo(known.hash());
  }

  /** Index and term are the name of an entry: a term has one leader. */
  private long termApplied(int index) {
    return archive.get(index - 1).logged().term();
  }

  private AssertionError lost(int index, String how) {
    Logged logged = archive.get(index - 1).logged();
    return new AssertionError(
        (answered.contains(index) ? "acknowledged" : "applied")
            + " entry is lost: "
            + index
            + " of "
            + id
            + " in term "
            + logged.term()
            + ", "
            + how
            + ": "
            + logged.entry());
  }

  @Override
  public long term() {
    RaftMember leads = newestLeader();
    return leads == null ? 0 : leads.currentTerm();
  }

  @Override
  public @Nullable SimulatedReplica leader() {
    RaftMember leads = newestLeader();
    return leads == null || leads.readyLeadership() == null ? null : leads.replica();
  }

  @Override
  public List<SimulatedReplica> replicas() {
    return members.stream().map(RaftMember::replica).toList();
  }

  @Override
  public int entries() {
    return archive.size();
  }

  @Override
  public void ask(Command command, Consumer<Reply> answer) {
    RaftMember leads = newestLeader();
    Leadership leadership = leads == null ? null : leads.readyLeadership();
    if (leadership != null) {
      leadership.ask(command, answer);
    }
  }

  @Override
  public void settle() {
    for (RaftMember member : members) {
      while (member.replica().applied() < archive.size()) {
        member.apply(archive.get(member.replica().applied()).logged());
      }
    }
  }
}
