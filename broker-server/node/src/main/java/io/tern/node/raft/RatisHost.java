package io.tern.node.raft;

import io.tern.state.PartitionId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.util.ExitUtils;

/** Builds Ratis' server and gives it partitions, each with its peers. Used by {@link RaftNode}. */
final class RatisHost {
  private final RaftSettings settings;
  private final Peer self;
  private final List<RaftPeer> peers;
  private final ClientId clientId;
  private final AtomicLong calls;

  RatisHost(
      RaftSettings settings, Peer self, List<RaftPeer> peers, ClientId clientId, AtomicLong calls) {
    this.settings = settings;
    this.self = self;
    this.peers = peers;
    this.clientId = clientId;
    this.calls = calls;
  }

  /**
   * Ratis would open the groups it finds on disk without their peers. It is shown an empty place
   * while it is built, and given each group with its peers afterwards.
   */
  RaftServer build(int partitions, StateMachine.Registry replicas) throws IOException {
    Files.createDirectories(settings.raftFolder());
    RaftProperties properties = RatisProperties.of(settings, self, partitions);
    RatisProperties.storageFolder(properties, settings.data().resolve("raft-none"));
    Parameters parameters = new Parameters();
    GrpcConfigKeys.Server.setServicesCustomizer(parameters, new PeersOnly());
    RaftServer built =
        RaftServer.newBuilder()
            .setServerId(RaftPeerId.valueOf(self.id()))
            .setProperties(properties)
            .setParameters(parameters)
            .setOption(RaftStorage.StartupOption.RECOVER)
            .setStateMachineRegistry(replicas)
            .build();
    RatisProperties.storageFolder(properties, settings.raftFolder());
    // Ratis would end the process for any exception in any thread, of ours too.
    ExitUtils.setTerminateOnUncaughtException(false);
    return built;
  }

  /** Returns when Ratis has opened the logs of these partitions, and their folders are durable. */
  void add(RaftServer server, List<PartitionId> partitions) throws IOException {
    List<CompletableFuture<RaftClientReply>> adding = new ArrayList<>();
    for (PartitionId partition : partitions) {
      RaftGroup group = RaftGroup.valueOf(RatisNames.group(partition), peers);
      adding.add(
          server.groupManagementAsync(
              GroupManagementRequest.newAdd(
                  clientId, server.getId(), calls.incrementAndGet(), group, false)));
    }
    for (CompletableFuture<RaftClientReply> added : adding) {
      Throwable failure = added.handle(RaftErrors::in).join();
      if (failure != null) {
        throw new IOException("Ratis does not open its log", failure);
      }
    }
    for (PartitionId partition : partitions) {
      RaftServer.Division division = server.getDivision(RatisNames.group(partition));
      FileTrees.force(division.getRaftStorage().getStorageDir().getRoot().toPath());
    }
    FileTrees.force(settings.raftFolder());
    FileTrees.force(settings.data());
  }
}
