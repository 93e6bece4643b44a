package io.tern.node.raft;

import io.tern.disk.AppliedIndex;
import io.tern.disk.CommandCodec;
import io.tern.disk.DiskFault;
import io.tern.disk.MessageReader;
import io.tern.state.AppliedEntry;
import io.tern.state.Entry;
import io.tern.state.PartitionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * One node's copy of a partition as Ratis sees it: log entries in, machine, one batch of rows out.
 * {@link RaftNode} makes one for each partition; Ratis calls the rest.
 *
 * <p>Whatever goes wrong in here ends the process: Ratis would only close the partition and leave
 * the node looking well.
 */
final class Replica extends BaseStateMachine {
  private static final CompletableFuture<Message> EMPTY =
      CompletableFuture.completedFuture(Message.EMPTY);

  private final PartitionId partition;
  private final RaftPorts ports;
  private final BooleanSupplier nodeIsClosing;
  private final CheckpointShelf shelf;
  private final PartitionMarks marks;
  private final TermEvents events;

  private volatile LivePartition live;
  private volatile @Nullable Path logFolder;
  private volatile long logBytesSinceCheckpoint;
  private volatile AppliedState applied = AppliedState.NONE;

  /** The term of the newest configuration entry; every leader begins with one. */
  private long configurationTerm;

  Replica(
      PartitionId partition,
      Path folder,
      RaftPorts ports,
      Executor endings,
      BooleanSupplier nodeIsClosing) {
    this.partition = partition;
    this.ports = ports;
    this.nodeIsClosing = nodeIsClosing;
    this.shelf = new CheckpointShelf(partition, folder, ports);
    this.events = new TermEvents(partition, ports.listener(), endings);
    this.marks = new PartitionMarks(folder);
    boolean suspect = marks.find(PartitionMarks.Mark.SUSPECT).isPresent();
    this.live = suspect ? shelf.open(ports, Long.MAX_VALUE) : shelf.open(ports);
    shelf.restored(live.restored());
  }

  // Opening and closing.

  @Override
  public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage)
      throws IOException {
    super.initialize(server, group, storage);
    logFolder = storage.getStorageDir().getCurrentDir().toPath();
    getLifeCycle().startAndTransition(this::standAtCheckpoint);
  }

  /** Only says so: the apply thread may be in the middle of an entry. */
  @Override
  public void pause() {
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }

  /** On the apply thread, after a checkpoint was fetched: begins again from that one. */
  @Override
  public void reinitialize() {
    orEndNode(() -> {
      live.close();
      live = shelf.open(ports);
      shelf.restored(live.restored());
      getLifeCycle().startAndTransition(this::standAtCheckpoint);
      return null;
    });
  }

  private void standAtCheckpoint() {
    AppliedIndex restored = live.restored();
    setLastAppliedTermIndex(TermIndex.valueOf(restored.term(), restored.index()));
    logBytesSinceCheckpoint = 0;
    applied = new AppliedState(restored, live.hash());
    events.machineOpened(restored, live.machine());
  }

  /** Ratis calls it when it closes the partition, whoever wanted that. */
  @Override
  public void close() {
    endedBy("Ratis closed the partition");
    closeStore();
  }

  void closeStore() {
    live.close();
  }

  @Override
  public void notifyServerShutdown(RoleInfoProto role, boolean allServers) {
    endedBy("Ratis shut the partition down");
  }

  @Override
  public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
    fail(new IllegalStateException("The log failed", cause));
  }

  /** Ratis closes a partition when it cannot read its log, and does not say so. */
  private void endedBy(String what) {
    if (!nodeIsClosing.getAsBoolean()) {
      checkLog();
      fail(new IllegalStateException(what + " while the node runs"));
    }
  }

  /** Ends the node if a closed segment of the log is damaged; may be called from any thread. */
  void checkLog() {
    Path current = logFolder;
    if (current != null) {
      LogDoctor.damageOfClosed(current).ifPresent(this::fail);
    }
  }

  /** From any thread: this replica must not go on. The next start verifies what it opens. */
  void fail(Throwable failure) {
    DiskFault fault = ReplicaFailure.faultOf(failure).orElse(null);
    if (fault == DiskFault.DAMAGED || fault == DiskFault.FAILED) {
      try {
        marks.set(PartitionMarks.Mark.SUSPECT, String.valueOf(failure.getMessage()));
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
    ports.fatal().accept(new ReplicaFailure(partition, failure));
  }

  // Entries.

  /** Takes proposals of this process only: the log is nobody else's to write. */
  @Override
  public TransactionContext startTransaction(RaftClientRequest request) throws IOException {
    TransactionContext transaction = super.startTransaction(request);
    if (Proposal.in(request) == null) {
      transaction.setException(new IOException("Only the node itself may write to its log"));
    }
    return transaction;
  }

  @Override
  public TransactionContext preAppendTransaction(TransactionContext transaction) {
    Proposal proposal = Proposal.in(transaction);
    if (proposal != null) {
      proposal.enterLog();
    }
    return transaction;
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    return orEndNode(() -> {
      LogEntryProto logged = transaction.getLogEntry();
      AppliedIndex index = new AppliedIndex(logged.getTerm(), logged.getIndex());
      Proposal proposal = Proposal.in(transaction);
      Entry entry = proposal == null ? decode(logged) : proposal.entry();
      AppliedEntry applied = live.apply(index, entry);
      countLogBytes(logged.getStateMachineLogEntry().getLogData().size());
      events.entryApplied(index, entry.time(), applied, live.machine());
      updateLastAppliedTermIndex(index.term(), index.index());
      this.applied = new AppliedState(index, live.hash());
      if (proposal != null) {
        proposal.applied(applied);
      }
      return EMPTY;
    });
  }

  /** On the apply thread: an entry of Ratis' own, which changes nothing of ours. */
  @Override
  public void notifyTermIndexUpdated(long term, long index) {
    super.notifyTermIndexUpdated(term, index);
    applied = new AppliedState(new AppliedIndex(term, index), applied.hash());
  }

  /** From any thread: how far the replica got, and what came of it. */
  AppliedState applied() {
    return applied;
  }

  private static Entry decode(LogEntryProto logged) {
    return CommandCodec.decodeEntry(logged.getStateMachineLogEntry().getLogData().toByteArray());
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // Written by the apply thread alone.
  private void countLogBytes(int bytes) {
    logBytesSinceCheckpoint += bytes;
  }

  /** A read point: by the time Ratis asks, everything committed before is applied. */
  @Override
  public CompletableFuture<Message> query(Message request) {
    return EMPTY;
  }

  // Checkpoints.

  /** Names exactly what the replica was restored from or wrote: replay begins behind it. */
  @Override
  public @Nullable SnapshotInfo getLatestSnapshot() {
    AppliedIndex newest = shelf.newest();
    return newest.isNone() ? null : new Snapshot(TermIndex.valueOf(newest.term(), newest.index()));
  }

  private record Snapshot(TermIndex termIndex) implements SnapshotInfo {
    @Override
    public TermIndex getTermIndex() {
      return termIndex;
    }

    @Override
    public List<FileInfo> getFiles() {
      return List.of();
    }
  }

  /**
   * On the apply thread. Returns the index of the checkpoint before this one: Ratis purges up to
   * there, so that the log still reaches back to it should the new one prove damaged.
   */
  @Override
  public long takeSnapshot() {
    return orEndNode(() -> {
      TermIndex last = getLastAppliedTermIndex();
      AppliedIndex index = new AppliedIndex(last.getTerm(), last.getIndex());
      AppliedIndex before = shelf.newest();
      if (index.index() > before.index()) {
        live.checkpoint(shelf.place(index), index);
        shelf.took(index);
        logBytesSinceCheckpoint = 0;
      }
      return before.isNone() ? RaftLog.INVALID_LOG_INDEX : before.index();
    });
  }

  /** From the timer: ends a node that waits for Ratis to open the checkpoint it fetched. */
  void checkProgress(long nowNanos) {
    if (shelf.isForgotten(nowNanos)) {
      fail(new IllegalStateException("A fetched checkpoint is not opened"));
    }
  }

  /** From the timer: is it time, or has the log grown by that much? */
  boolean checkpointIsDue(long logBytes, boolean intervalOver) {
    long sinceCheckpoint = logBytesSinceCheckpoint;
    return sinceCheckpoint >= logBytes || (sinceCheckpoint > 0 && intervalOver);
  }

  /** From the timer, a moment before Ratis is asked to have the checkpoint taken. */
  void prepareCheckpoint() {
    live.prepareCheckpoint();
  }

  /** Whether there is any checkpoint, sound or not. */
  boolean hasCheckpoints() {
    return shelf.hasCheckpoints();
  }

  AppliedIndex newestCheckpoint() {
    return shelf.newest();
  }

  PinnedCheckpoint pinCheckpoint() {
    return shelf.pin();
  }

  /** Fetches the leader's checkpoint; Ratis then pauses and reinitializes this replica. */
  @Override
  public CompletableFuture<TermIndex> notifyInstallSnapshotFromLeader(
      RoleInfoProto role, TermIndex firstInLeadersLog) {
    String leader = role.getFollowerInfo().getLeaderInfo().getId().getId().toStringUtf8();
    return shelf
        .fetch(leader, firstInLeadersLog.getIndex() - 1)
        .thenApply(fetched -> TermIndex.valueOf(fetched.term(), fetched.index()));
  }

  // Leadership.

  @Override
  public void notifyLeaderChanged(RaftGroupMemberId self, RaftPeerId leader) {
    if (self.getPeerId().equals(leader)) {
      events.elected();
    }
    if (leader != null) {
      events.knows(leader.toString());
    }
  }

  @Override
  public void notifyConfigurationChanged(
      long term, long index, RaftConfigurationProto configuration) {
    configurationTerm = term;
  }

  @Override
  public void notifyLeaderReady() {
    orEndNode(() -> {
      events.ready(configurationTerm, live.lastTime(), live.machine());
      return null;
    });
  }

  @Override
  public void notifyNotLeader(Collection<TransactionContext> pending) {
    events.deposed();
  }

  /** For reads of bodies, from any thread; of the store that is open now. */
  MessageReader reader() {
    return live.reader().telling(this::fail);
  }

  private interface Step<T extends @Nullable Object> {
    T run() throws IOException;
  }

  private <T extends @Nullable Object> T orEndNode(Step<T> step) {
    try {
      return step.run();
    } catch (Throwable failure) {
      fail(failure);
      throw new IllegalStateException("The replica stopped: " + partition, failure);
    }
  }
}
