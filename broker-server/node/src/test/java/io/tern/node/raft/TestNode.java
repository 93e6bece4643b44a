package io.tern.node.raft;

import io.tern.disk.AppliedIndex;
import io.tern.disk.CommandCodec;
import io.tern.disk.RocksBudget;
import io.tern.disk.RocksSettings;
import io.tern.node.config.WallClock;
import io.tern.state.AppliedEntry;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.Entry;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.ReplicatedMachine;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.QueueSettings;
import io.tern.state.partition.PartitionMachine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** One node of a cluster inside the test's own process, with one data partition. */
final class TestNode implements AutoCloseable, TermListener {
  static final PartitionId PARTITION = new PartitionId(1);
  static final QueueId QUEUE = new QueueId(1);
  private static final QueueName NAME = new QueueName("000000000000", "orders");

  final String id;
  final Path data;
  final List<Throwable> fatal = new CopyOnWriteArrayList<>();
  final ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
  final Map<PartitionId, String> followed = new ConcurrentHashMap<>();
  final AtomicInteger opened = new AtomicInteger();
  final AtomicLong appliedCommands = new AtomicLong();
  final AtomicLong queueMillis = new AtomicLong(1_000);
  private final RocksSettings rocks = new RocksSettings(RocksBudget.SMALL);
  private final RaftNode raft;
  private volatile ReplicatedMachine machine;

  TestNode(
      String id,
      Path data,
      List<Peer> peers,
      Function<RaftSettings, RaftSettings> settings,
      CheckpointFetcher fetcher,
      MachineFactory machines) {
    this.id = id;
    this.data = data;
    RaftSettings base =
        peers.size() == 1
            ? RaftSettings.single(data)
            : new RaftSettings(data, 256 << 20, 400, 800, 50, 300, 64 << 20, 600_000);
    this.machine = machines.make(PARTITION, null);
    this.raft =
        new RaftNode(
            settings.apply(base),
            id,
            peers,
            List.of(PARTITION),
            new RaftPorts(
                rocks,
                machines,
                (command, failure) -> {
                  throw new AssertionError("a rule failed: " + command, failure);
                },
                this,
                fetcher,
                WallClock.system(),
                fatal::add));
  }

  RaftNode raft() {
    return raft;
  }

  TestNode start() {
    raft.start();
    return this;
  }

  boolean leads() {
    return raft.isLeaderReady(PARTITION);
  }

  long applied() {
    return raft.status(PARTITION).appliedIndex();
  }

  long checkpointIndex() {
    return raft.status(PARTITION).checkpointIndex();
  }

  /** The folder of Ratis' segments and votes. */
  Path current() {
    return current(data);
  }

  static Path current(Path data) {
    return data.resolve("raft")
        .resolve(RatisNames.group(PARTITION).getUuid().toString())
        .resolve("current");
  }

  CompletableFuture<AppliedEntry> submit(Command... commands) {
    EntryTime time = new EntryTime(queueMillis.incrementAndGet(), 1_700_000_000_000L);
    Entry entry = new Entry(time, List.of(commands));
    return raft.submit(PARTITION, new EncodedEntry(entry, Bytes.of(CommandCodec.encode(entry))));
  }

  CompletableFuture<AppliedEntry> installQueue() {
    return submit(
        new Command.AcceptDeliveries(
            PartitionId.CATALOGUE,
            0,
            List.of(
                new OutboxEntry(
                    1,
                    new Crossing.InstallQueue(
                        QUEUE, 1, new QueueSettings(NAME, 30_000, 0, 345_600_000, false, null))))));
  }

  CompletableFuture<AppliedEntry> send(byte[] body) {
    return submit(new Command.SendMessage(QUEUE, Command.QUEUE_DEFAULT, "", null, Bytes.of(body)));
  }

  /** As the peer calls answer a node whose replica is damaged. */
  CompletableFuture<Standing> standing() {
    ReplicaStatus status = raft.status(PARTITION);
    if (!status.ready()) {
      return CompletableFuture.completedFuture(
          new Standing(false, status.term(), status.leader(), -1));
    }
    return submit(new Command.Tick())
        .thenCompose(_ -> {
          long committed = applied();
          return raft.takeCheckpoint(PARTITION)
              .thenApply(_ -> new Standing(true, raft.status(PARTITION).term(), id, committed));
        });
  }

  /** The hash of all changes, the same on replicas that applied the same. */
  long hash() {
    return ((PartitionMachine) machine).hash();
  }

  ReplicatedMachine machine() {
    return machine;
  }

  @Override
  public void machineOpened(PartitionId partition, AppliedIndex index, ReplicatedMachine opening) {
    machine = opening;
    opened.incrementAndGet();
    events.add("opened " + index.index());
  }

  @Override
  public void termBegan(
      PartitionId partition, long term, EntryTime last, ReplicatedMachine leading) {
    queueMillis.accumulateAndGet(last.queueMillis(), Math::max);
    events.add("began " + term);
  }

  @Override
  public void entryApplied(
      PartitionId partition,
      AppliedIndex index,
      EntryTime time,
      AppliedEntry entry,
      ReplicatedMachine applying) {
    appliedCommands.addAndGet(entry.replies().size());
    events.add("applied " + index.index());
  }

  @Override
  public void leaderChanged(PartitionId partition, String leader) {
    followed.put(partition, leader);
  }

  @Override
  public void termEnded(PartitionId partition, long term) {
    events.add("ended " + term);
  }

  @Override
  public void close() {
    raft.close();
    rocks.close();
  }
}
