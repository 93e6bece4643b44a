package io.tern.node.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.SizeInBytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Ratis does that {@link Replica} and {@link RaftNode} are built around. A failure here after
 * an upgrade says which of our assumptions fell; the numbers are those of reference/ratis.md.
 */
class RatisBehaviourTest {
  private static final RaftGroupId GROUP = RaftGroupId.valueOf(new UUID(7, 7));

  @TempDir Path folder;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();
  private Peer self;
  private Machine machine;
  private RaftServer server;

  /** Remembers what Ratis asked of it. */
  private static final class Machine extends BaseStateMachine {
    final ConcurrentLinkedQueue<Long> applied = new ConcurrentLinkedQueue<>();
    final List<@Nullable Object> contexts = new CopyOnWriteArrayList<>();
    final AtomicInteger closes = new AtomicInteger();
    final AtomicInteger deposed = new AtomicInteger();
    final Message reply = Message.valueOf("a reply");
    volatile @Nullable TermIndex restored;
    volatile boolean breaks;

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
      TermIndex at = restored;
      if (at == null) {
        return null;
      }
      return new SnapshotInfo() {
        @Override
        public TermIndex getTermIndex() {
          return at;
        }

        @Override
        public List<FileInfo> getFiles() {
          return List.of();
        }
      };
    }

    @Override
    public TransactionContext startTransaction(RaftClientRequest request) throws IOException {
      return super.startTransaction(request).setStateMachineContext(request.getMessage());
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
      if (breaks) {
        throw new IllegalStateException("broken");
      }
      LogEntryProto entry = transaction.getLogEntry();
      applied.add(entry.getIndex());
      contexts.add(transaction.getStateMachineContext());
      updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
      return CompletableFuture.completedFuture(reply);
    }

    @Override
    public void notifyNotLeader(java.util.Collection<TransactionContext> pending) {
      deposed.incrementAndGet();
    }

    @Override
    public void close() {
      closes.incrementAndGet();
    }
  }

  @BeforeEach
  void startOne() throws IOException {
    self = TestCluster.peers(1).getFirst();
    start(null);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void start(@Nullable TermIndex restored) throws IOException {
    machine = new Machine();
    machine.restored = restored;
    if (restored != null) {
      machine.notifyTermIndexUpdated(restored.getTerm(), restored.getIndex());
    }
    RaftProperties properties = RatisProperties.of(RaftSettings.single(folder), self, 1);
    RaftServerConfigKeys.setStorageDir(properties, List.of(new File(folder.toString())));
    RaftServerConfigKeys.Log.Appender.setBufferByteLimit(properties, SizeInBytes.valueOf(4_096));
    GrpcConfigKeys.Server.setPort(properties, self.raftPort());
    RaftPeer peer = RatisNames.peer(self);
    server =
        RaftServer.newBuilder()
            .setServerId(RaftPeerId.valueOf(self.id()))
            .setProperties(properties)
            .setGroup(RaftGroup.valueOf(GROUP, peer))
            .setOption(RaftStorage.StartupOption.RECOVER)
            .setStateMachine(machine)
            .build();
    server.start();
    TestCluster.until(() -> server.getDivision(GROUP).getInfo().isLeaderReady());
  }

  private RaftClientRequest request(Message message, long call) {
    return RaftClientRequest.newBuilder()
        .setClientId(client)
        .setServerId(server.getId())
        .setGroupId(GROUP)
        .setCallId(call)
        .setMessage(message)
        .setType(RaftClientRequest.writeRequestType())
        .build();
  }

  private RaftClientReply send(Message message, long call) throws Exception {
    return ((RaftClientAsynchronousProtocol) server.getDivision(GROUP))
        .submitClientRequestAsync(request(message, call))
        .get(10, TimeUnit.SECONDS);
  }

  private RaftClientReply send(Message message) throws Exception {
    return send(message, calls.incrementAndGet());
  }

  /** 1. Hence the batcher's byte limit, checked against Ratis' at start. */
  @Test
  void an_entry_too_large_is_refused_and_deposes_the_leader() throws Exception {
    RaftClientReply reply = send(Message.valueOf(ByteString.copyFrom(new byte[5_000])));
    assertThat(reply.getException()).isInstanceOf(StateMachineException.class);
    TestCluster.until(() -> machine.deposed.get() == 1);
    TestCluster.until(() -> server.getDivision(GROUP).getInfo().isLeaderReady());
  }

  /** 2. Hence our replies in Ratis are empty. */
  @Test
  void the_retry_cache_keeps_the_reply() throws Exception {
    RaftClientReply first = send(Message.valueOf("once"), 1);
    RaftClientReply again = send(Message.valueOf("once"), 1);
    assertThat(again.getMessage()).isSameAs(first.getMessage()).isSameAs(machine.reply);
    assertThat(machine.applied).hasSize(1);
  }

  /** 3. Hence the proposal need not be parsed at the leader, and must be after a restart. */
  @Test
  void the_context_comes_back_as_the_same_object_and_not_after_a_restart() throws Exception {
    Message message = Message.valueOf("hello");
    send(message);
    assertThat(machine.contexts).hasSize(1);
    assertThat(machine.contexts.getFirst()).isSameAs(message);
    server.close();
    start(null);
    TestCluster.until(() -> machine.contexts.size() == 1);
    assertThat(machine.contexts.getFirst()).isNull();
  }

  /** 4. Hence getLatestSnapshot names the checkpoint that was restored, and nothing else. */
  @Test
  void replay_begins_behind_the_snapshot_that_the_machine_names() throws Exception {
    for (int i = 0; i < 5; i++) {
      send(Message.valueOf("entry " + i));
    }
    List<Long> indices = List.copyOf(machine.applied);
    TermIndex third = server.getDivision(GROUP).getRaftLog().getTermIndex(indices.get(2));
    server.close();
    start(third);
    TestCluster.until(() -> machine.applied.size() == 2);
    assertThat(machine.applied).containsExactlyElementsOf(indices.subList(3, 5));
  }

  /** 9. Hence every failure in apply ends the process. */
  @Test
  void a_failure_in_apply_closes_the_division_and_leaves_the_server_running() throws Exception {
    machine.breaks = true;
    var _ =
        ((RaftClientAsynchronousProtocol) server.getDivision(GROUP))
            .submitClientRequestAsync(request(Message.valueOf("x"), 1));
    TestCluster.until(() -> !server.getDivision(GROUP).getInfo().isAlive());
    TestCluster.until(() -> machine.closes.get() == 1);
    assertThat(server.getLifeCycleState().isRunning()).isTrue();
  }
}
