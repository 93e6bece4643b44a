package io.tern.node.raft;

import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.grpc.server.GrpcLogAppender;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;

/**
 * Sends a leader's entries to one follower as Ratis does, but for one case. A follower whose
 * checkpoint ends right before the leader's first entry can go on from there. Ratis, which has no
 * entry before that one to name, asks it to get a checkpoint, hears that it has one, and asks
 * again, until the leader changes. Used by the thread of the appender alone.
 */
final class PeerAppender extends GrpcLogAppender {
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
