package io.tern.node.raft;

import io.tern.node.raft.ReplicaStatus.Role;
import io.tern.state.PartitionId;
import java.util.List;
import java.util.UUID;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/** Our names for what Ratis has names for: partitions and groups, peers, roles. */
final class RatisNames {
  /** The first half of every group's id; the second is the partition's number. */
  private static final long GROUP_FAMILY = 0x7465_726e_0000_0001L;

  private RatisNames() {}

  static RaftGroupId group(PartitionId partition) {
    return RaftGroupId.valueOf(new UUID(GROUP_FAMILY, partition.number()));
  }

  static PartitionId partition(RaftGroupId group) {
    return new PartitionId((int) group.getUuid().getLeastSignificantBits());
  }

  static RaftPeer peer(Peer peer) {
    return RaftPeer.newBuilder()
        .setId(peer.id())
        .setAddress(peer.host() + ":" + peer.raftPort())
        .build();
  }

  static ReplicaStatus status(
      PartitionId partition, RaftServer.@Nullable Division division, Replica replica) {
    long checkpoint = replica.newestCheckpoint().index();
    AppliedState applied = replica.applied();
    if (division == null || !isOpen(division.getInfo())) {
      return new ReplicaStatus(
          partition,
          Role.STOPPED,
          false,
          0,
          null,
          RaftLog.INVALID_LOG_INDEX,
          RaftLog.INVALID_LOG_INDEX,
          applied.index().index(),
          applied.hash(),
          checkpoint);
    }
    DivisionInfo info = division.getInfo();
    RaftPeerId leader = info.getLeaderId();
    TermIndex last = division.getRaftLog().getLastEntryTermIndex();
    return new ReplicaStatus(
        partition,
        role(info.getCurrentRole()),
        info.isLeaderReady(),
        info.getCurrentTerm(),
        leader == null ? null : leader.toString(),
        last == null ? checkpoint : last.getIndex(),
        division.getRaftLog().getLastCommittedIndex(),
        applied.index().index(),
        applied.hash(),
        checkpoint);
  }

  /** Before that, Ratis has no log to speak of. */
  private static boolean isOpen(DivisionInfo info) {
    LifeCycle.State state = info.getLifeCycleState();
    return info.isAlive() && state != LifeCycle.State.NEW && state != LifeCycle.State.STARTING;
  }

  /**
   * The follower that answers and has most of the log, or null when none answers.
   *
   * @param excluded not this one
   */
  static @Nullable String bestSuccessor(RaftServer.Division division, @Nullable String excluded) {
    List<ServerRpcProto> followers =
        division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList();
    long[] matches = division.getInfo().getFollowerMatchIndices();
    if (matches == null || matches.length != followers.size()) {
      return null;
    }
    String best = null;
    long bestMatch = -1;
    for (int i = 0; i < matches.length; i++) {
      String follower = followers.get(i).getId().getId().toStringUtf8();
      boolean answers =
          followers.get(i).getLastRpcElapsedTimeMs() < division.properties().maxRpcTimeoutMs();
      if (answers && matches[i] > bestMatch && !follower.equals(excluded)) {
        best = follower;
        bestMatch = matches[i];
      }
    }
    return best;
  }

  private static Role role(RaftPeerRole role) {
    return switch (role) {
      case LEADER -> Role.LEADER;
      case CANDIDATE -> Role.CANDIDATE;
      case FOLLOWER -> Role.FOLLOWER;
      case LISTENER -> Role.LISTENER;
      case UNRECOGNIZED -> Role.STOPPED;
    };
  }
}
