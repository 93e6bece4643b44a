package io.tern.node.raft;

import io.tern.disk.MessageReader;
import io.tern.state.AppliedEntry;
import io.tern.state.PartitionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replication of all partitions of this node: one Ratis server, a group for each partition. The
 * node makes one, starts it, puts entries in by {@link #submit} and hears of everything by its
 * {@link TermListener}.
 */
public final class RaftNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RaftNode.class);
  private static final long TRANSFER_MILLIS = 3_000;

  private final Peer self;
  private final List<RaftPeer> peers;
  private final List<PartitionId> partitions;
  private final ExecutorService endings =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("raft-terms").factory());
  private final Map<PartitionId, Replica> replicas = new ConcurrentSkipListMap<>();
  private final Map<PartitionId, RaftServer.Division> divisions = new ConcurrentHashMap<>();
  private final ClientId clientId = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Path data;
  private final DiskProbe probe;
  private final PartitionExam exam;
  private final RatisHost host;
  private final Healings healings;
  private final RaftCaretaker caretaker;
  private volatile @Nullable RaftServer server;

  /**
   * A node with these partitions, each on all peers. Nothing is opened before {@link #start}.
   *
   * @param selfId which of the peers this node is
   */
  public RaftNode(
      RaftSettings settings,
      String selfId,
      List<Peer> peers,
      Collection<PartitionId> partitions,
      RaftPorts ports) {
    settings.check(partitions.size());
    this.self =
        peers.stream()
            .filter(peer -> peer.id().equals(selfId))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(selfId + " is not among " + peers));
    this.peers = peers.stream().map(RatisNames::peer).toList();
    this.partitions = partitions.stream().sorted().toList();
    this.data = settings.data();
    this.probe = new DiskProbe(settings.data());
    this.exam =
        new PartitionExam(
            settings,
            this.peers,
            (partition, folder) -> new Replica(partition, folder, ports, endings, closing::get));
    this.host = new RatisHost(settings, self, this.peers, clientId, calls);
    this.healings = new Healings(settings, selfId, peers, ports, exam);
    this.caretaker = new RaftCaretaker(settings, this, ports);
  }

  /**
   * Examines the logs, opens the checkpoints and joins the other nodes; returns before there is a
   * leader, and before damaged replicas are healed. Throws {@link PartitionDamaged} when there are
   * no others to heal one from.
   */
  public void start() {
    DurableVotes.check();
    try {
      Files.createDirectories(data);
      probe.probe();
      openReplicas();
      RaftServer started = startServer();
      host.add(started, List.copyOf(replicas.keySet()));
      healings.start(this::join);
    } catch (IOException e) {
      close();
      throw new UncheckedIOException("Replication does not start", e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    caretaker.start(partitions);
  }

  private void openReplicas() throws IOException {
    for (PartitionId partition : partitions) {
      switch (exam.examine(partition)) {
        case PartitionExam.Finding.Sound sound -> replicas.put(partition, sound.replica());
        case PartitionExam.Finding.Damaged damaged -> {
          if (peers.size() == 1) {
            throw new PartitionDamaged(
                partition, String.valueOf(damaged.reason().getMessage()), damaged.reason());
          }
          healings.add(partition, String.valueOf(damaged.reason().getMessage()));
        }
      }
    }
  }

  private RaftServer startServer() throws IOException {
    RaftServer built = host.build(partitions.size(), group -> replica(RatisNames.partition(group)));
    server = built;
    built.start();
    return built;
  }

  /** A healed replica joins the others. */
  private void join(PartitionId partition, Replica healed) throws IOException {
    replicas.put(partition, healed);
    RaftServer running = server;
    if (running != null) {
      host.add(running, List.of(partition));
    }
  }

  /**
   * Puts an entry into the log of a partition that this node leads. Entries submitted one after
   * another by one thread are applied in that order. The future ends with what came of the entry,
   * on the apply thread, or with a {@link RaftFailure}; what depends on it must be short and must
   * not wait for anything.
   */
  public CompletableFuture<AppliedEntry> submit(PartitionId partition, EncodedEntry entry) {
    Proposal proposal = new Proposal(entry);
    var _ =
        call(partition, proposal, RaftClientRequest.writeRequestType())
            .handle(RaftErrors::in)
            .whenComplete((failure, _) -> {
              // After success the replica has completed it, unless the leadership changed.
              if (!proposal.outcome().isDone()) {
                proposal.failed(failure);
              }
            });
    return proposal.outcome();
  }

  /**
   * A read point, at the leader and at followers: when the future ends, this node's replica has
   * applied everything that was committed before the call.
   */
  public CompletableFuture<Void> barrier(PartitionId partition) {
    return succeeded(call(partition, Message.EMPTY, RaftClientRequest.readRequestType()));
  }

  /** Null before the group is added; a term may begin while the others are still being added. */
  private RaftServer.@Nullable Division division(PartitionId partition) {
    RaftServer.Division known = divisions.get(partition);
    RaftServer running = server;
    if (known != null || running == null) {
      return known;
    }
    try {
      RaftServer.Division found = running.getDivision(RatisNames.group(partition));
      divisions.put(partition, found);
      return found;
    } catch (IOException notAdded) {
      return null;
    }
  }

  private CompletableFuture<RaftClientReply> call(
      PartitionId partition, Message message, RaftClientRequest.Type type) {
    RaftServer.Division division = division(partition);
    if (division == null || closing.get()) {
      return CompletableFuture.failedFuture(
          RaftFailure.unavailable("Partition " + partition.number() + " is not open here"));
    }
    RaftClientRequest request =
        RaftClientRequest.newBuilder()
            .setClientId(clientId)
            .setServerId(division.getId())
            .setGroupId(division.getGroup().getGroupId())
            .setCallId(nextCall())
            .setMessage(message)
            .setType(type)
            .build();
    try {
      // Straight at the division: by way of the server the caller would wait for another thread.
      return ((RaftClientAsynchronousProtocol) division).submitClientRequestAsync(request);
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static CompletableFuture<Void> succeeded(CompletableFuture<RaftClientReply> replying) {
    return replying
        .handle(RaftErrors::in)
        .thenCompose(failure ->
            failure == null
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(RaftErrors.ofCall(failure)));
  }

  private long nextCall() {
    return calls.incrementAndGet();
  }

  /** The node that leads the partition as far as this one knows, or null. */
  public @Nullable String leader(PartitionId partition) {
    return status(partition).leader();
  }

  /** This node leads, and has applied all that earlier leaders committed. */
  public boolean isLeaderReady(PartitionId partition) {
    RaftServer.Division division = division(partition);
    return division != null && division.getInfo().isLeaderReady();
  }

  /** Where this node's replica stands. */
  public ReplicaStatus status(PartitionId partition) {
    Replica replica = replicas.get(partition);
    return replica == null || isHealing(partition)
        ? ReplicaStatus.healing(partition)
        : RatisNames.status(partition, division(partition), replica);
  }

  /** Where all replicas of this node stand, by partition. */
  public List<ReplicaStatus> statuses() {
    return partitions.stream().map(this::status).toList();
  }

  /**
   * Gives the leadership to another node, or to whichever stands best when no target is named.
   * Refused by this node when it does not lead.
   */
  public CompletableFuture<Void> transferLeadership(
      PartitionId partition, @Nullable String target) {
    RaftServer.Division division = division(partition);
    if (division == null) {
      return CompletableFuture.failedFuture(RaftFailure.unavailable("not started"));
    }
    String successor = target == null ? RatisNames.bestSuccessor(division, null) : target;
    return successor == null
        ? CompletableFuture.failedFuture(
            RaftFailure.unavailable("No other node is up to date with this partition"))
        : endTerm(partition, successor);
  }

  /** Without a successor this node steps down where it leads, and may be elected again. */
  CompletableFuture<Void> endTerm(PartitionId partition, @Nullable String successor) {
    RaftServer running = server;
    if (running == null) {
      return CompletableFuture.failedFuture(RaftFailure.unavailable("not started"));
    }
    try {
      return succeeded(
          running.transferLeadershipAsync(
              new TransferLeadershipRequest(
                  clientId,
                  running.getId(),
                  RatisNames.group(partition),
                  nextCall(),
                  successor == null ? null : RaftPeerId.valueOf(successor),
                  TRANSFER_MILLIS)));
    } catch (IOException e) {
      return CompletableFuture.failedFuture(RaftErrors.ofCall(e));
    }
  }

  /** The newest checkpoint, kept from deletion while it is sent to another node. */
  public PinnedCheckpoint pinCheckpoint(PartitionId partition) {
    if (isHealing(partition)) {
      throw RaftFailure.unavailable("Partition " + partition.number() + " is being healed here");
    }
    return replica(partition).pinCheckpoint();
  }

  /** Reads bodies of the partition's messages; asked anew for each read, as stores are replaced. */
  public MessageReader reader(PartitionId partition) {
    return replica(partition).reader();
  }

  /** Has a checkpoint taken now; also done by itself as the settings say. */
  public CompletableFuture<Void> takeCheckpoint(PartitionId partition) {
    return caretaker.takeCheckpoint(partition);
  }

  /** For the caretaker. */
  CompletableFuture<Void> askForSnapshot(PartitionId partition, long timeoutMillis) {
    RaftServer running = server;
    if (running == null) {
      return CompletableFuture.failedFuture(RaftFailure.unavailable("not started"));
    }
    return succeeded(
        running.snapshotManagementAsync(
            SnapshotManagementRequest.newCreate(
                clientId,
                running.getId(),
                RatisNames.group(partition),
                nextCall(),
                timeoutMillis)));
  }

  /** For the caretaker. */
  boolean hasStalledFollower(PartitionId partition, StalledFollowers followers) {
    RaftServer.Division division = division(partition);
    return division != null && followers.look(division);
  }

  /** For the caretaker: makes a new leader when only that helps one of the followers. */
  void helpStuckFollower(PartitionId partition, StuckFollowers followers) {
    RaftServer.Division division = division(partition);
    if (division == null) {
      return;
    }
    followers
        .look(division)
        .ifPresent(stuck -> {
          String successor = RatisNames.bestSuccessor(division, stuck);
          LOG.warn(
              "{} does not follow partition {} and gets a new leader to help it: {}",
              stuck,
              partition.number(),
              successor == null ? "whoever is elected" : successor);
          followers.forget();
          var _ = endTerm(partition, successor);
        });
  }

  /** This node's replica is damaged and not yet brought back. */
  public boolean isHealing(PartitionId partition) {
    return healings.has(partition);
  }

  /** For the caretaker. */
  Replica replica(PartitionId partition) {
    Replica replica = replicas.get(partition);
    if (replica == null) {
      throw new IllegalArgumentException("This node has no partition " + partition.number());
    }
    return replica;
  }

  /** Stops replication; what is committed is applied first. Leaderships are lost, not handed on. */
  @Override
  public void close() {
    if (closing.getAndSet(true)) {
      return;
    }
    healings.close();
    caretaker.close();
    RaftServer running = server;
    try {
      if (running != null) {
        running.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Ratis does not close", e);
    } finally {
      replicas.values().forEach(Replica::closeStore);
      endings.shutdown();
    }
  }
}
