package io.tern.node.raft;

import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.grpc.server.GrpcLogAppender;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;
import org.apache.ratis.server.raftlog.RaftLogIOException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a leader's entries to one follower as Ratis does, but for two cases of a follower that was
 * given a checkpoint. One whose checkpoint ends right before the leader's first entry can go on
 * from there. Ratis, which has no entry before that one to name, asks it to get a checkpoint, hears
 * that it has one, and asks again, until the leader changes. The other is {@link NextIndex}.
 */
final class PeerAppender extends GrpcLogAppender {
  private final NextIndex nextIndex = new NextIndex();

  /** Used by the thread of the appender alone. */
  private boolean asked;

  private PeerAppender(RaftServer.Division server, LeaderState leader, FollowerInfo follower) {
    super(server, leader, follower);
  }

  /**
   * After the follower was asked, it is sent entries once, and is asked again if that was of no
   * use. A checkpoint is of committed entries, so that the entry before need not be compared.
   */
  @Override
  public boolean shouldInstallSnapshot(boolean hasSnapshot) {
    boolean should = super.shouldInstallSnapshot(hasSnapshot);
    asked = should && !(asked && goesOnFromItsCheckpoint());
    return asked;
  }

  private boolean goesOnFromItsCheckpoint() {
    long next = getFollower().getNextIndex();
    return next == getFollower().getSnapshotIndex() + 1 && next == getRaftLog().getStartIndex();
  }

  /** Asked whether a heartbeat is due, which goes before entries. */
  @Override
  public long getHeartbeatWaitTimeMs() {
    long wait = super.getHeartbeatWaitTimeMs();
    return nextIndex.areEntriesDue() && hasAppendEntries() ? Math.max(1, wait) : wait;
  }

  @Override
  public @Nullable AppendEntriesRequestProto newAppendEntriesRequest(long callId, boolean heartbeat)
      throws RaftLogIOException {
    AppendEntriesRequestProto request = super.newAppendEntriesRequest(callId, heartbeat);
    if (request != null && request.getEntriesCount() > 0) {
      nextIndex.entriesSent();
    }
    return request;
  }

  /** Called by the threads of both streams of answers. */
  @Override
  protected long getNextIndexForInconsistency(long requestFirstIndex, long replyNextIndex) {
    return nextIndex.afterInconsistency(
        requestFirstIndex,
        replyNextIndex,
        super.getNextIndexForInconsistency(requestFirstIndex, replyNextIndex));
  }

  /** Ratis makes one by its name, from its properties. */
  static final class Type implements RpcType {
    @Override
    public String name() {
      return Type.class.getName();
    }

    @Override
    public RpcFactory newFactory(Parameters parameters) {
      return new Factory(parameters);
    }
  }

  private static final class Factory extends GrpcFactory {
    Factory(Parameters parameters) {
      super(parameters);
    }

    @Override
    public LogAppender newLogAppender(
        RaftServer.Division server, LeaderState leader, FollowerInfo follower) {
      return new PeerAppender(server, leader, follower);
    }
  }
}
