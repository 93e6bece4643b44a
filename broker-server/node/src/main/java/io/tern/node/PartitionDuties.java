package io.tern.node;

import io.tern.disk.AppliedIndex;
import io.tern.node.leader.LeaderTerm;
import io.tern.node.raft.RaftFailure;
import io.tern.node.raft.TermListener;
import io.tern.node.routing.CatalogueMirror;
import io.tern.node.routing.PartitionRouter;
import io.tern.state.AppliedEntry;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.ReplicatedMachine;
import io.tern.state.catalogue.CatalogueMachine;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and ends the duties of a leader as terms come and go, and keeps the catalogue's mirror up
 * to date. Called by replication, mostly on the apply threads.
 */
final class PartitionDuties implements TermListener {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionDuties.class);
  private static final int SEALING_KEY_BYTES = 32;

  /** Makes the duties of one term. */
  @FunctionalInterface
  interface TermFactory {
    LeaderTerm begin(PartitionId partition, EntryTime last);
  }

  private record Running(long number, LeaderTerm duties) {}

  private final CatalogueMirror mirror;
  private final PartitionRouter router;
  private final TermFactory terms;
  private final int dataPartitions;
  private final SigningKeys signingKeys;
  private final Map<PartitionId, Running> running = new ConcurrentHashMap<>();

  PartitionDuties(
      CatalogueMirror mirror,
      PartitionRouter router,
      TermFactory terms,
      int dataPartitions,
      SigningKeys signingKeys) {
    this.mirror = mirror;
    this.router = router;
    this.terms = terms;
    this.dataPartitions = dataPartitions;
    this.signingKeys = signingKeys;
  }

  @Override
  public void machineOpened(PartitionId partition, AppliedIndex index, ReplicatedMachine machine) {
    if (partition.isCatalogue()) {
      mirror.opened(machine);
    }
  }

  @Override
  public void termBegan(
      PartitionId partition, long term, EntryTime last, ReplicatedMachine machine) {
    LOG.info("leading partition={} term={}", partition.number(), term);
    LeaderTerm duties = terms.begin(partition, last);
    running.put(partition, new Running(term, duties));
    duties.begin(machine);
    router.lead(partition, duties);
    if (machine instanceof CatalogueMachine catalogue) {
      initialize(catalogue, duties);
      signingKeys.begin(catalogue, duties);
    }
  }

  private void initialize(CatalogueMachine catalogue, LeaderTerm duties) {
    if (catalogue.dataPartitions() == 0) {
      byte[] key = new byte[SEALING_KEY_BYTES];
      new SecureRandom().nextBytes(key);
      var _ = duties.execute(List.of(new Command.InitializeCluster(Bytes.of(key), dataPartitions)));
    }
  }

  @Override
  public void entryApplied(
      PartitionId partition,
      AppliedIndex index,
      EntryTime time,
      AppliedEntry entry,
      ReplicatedMachine machine) {
    if (partition.isCatalogue()) {
      mirror.entryApplied(entry);
    }
    Running now = running.get(partition);
    if (now != null) {
      now.duties().entryApplied(entry, machine);
    }
  }

  @Override
  public void leaderChanged(PartitionId partition, String leader) {
    router.leaderChanged(partition, leader);
  }

  @Override
  public void termEnded(PartitionId partition, long term) {
    Running last = running.get(partition);
    if (last != null && last.number() == term && running.remove(partition, last)) {
      LOG.info("following partition={} term={}", partition.number(), term);
      router.follow(partition);
      last.duties().close(RaftFailure.notLeader(null));
    }
  }

  /** The terms under way. */
  List<LeaderTerm> leading() {
    return running.values().stream().map(Running::duties).toList();
  }
}
