package io.tern.node.leader;

import io.tern.disk.AppliedIndex;
import io.tern.disk.PartitionStore;
import io.tern.disk.RocksBudget;
import io.tern.disk.RocksSettings;
import io.tern.node.config.WallClock;
import io.tern.node.raft.EncodedEntry;
import io.tern.node.raft.RaftFailure;
import io.tern.state.AppliedEntry;
import io.tern.state.Command;
import io.tern.state.Entry;
import io.tern.state.EntryRunner;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.QueueSettings;
import io.tern.state.partition.PartitionMachine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * One partition with its leader and without replication: the real machine, rows in RocksDB, the
 * real duties. Its crossings lead back to itself. Terms come and go as the test says.
 */
final class LedPartition implements AutoCloseable {
  static final PartitionId PARTITION = new PartitionId(1);

  private final PartitionMachine machine = PartitionMachine.empty();
  private final EntryRunner runner =
      new EntryRunner(
          machine,
          (command, failure) -> {
            throw failure;
          });
  private final RocksSettings rocks = new RocksSettings(RocksBudget.SMALL);
  private final PartitionStore store;
  private final ExecutorService applying = Executors.newSingleThreadExecutor();
  private final ExecutorService diskReads = Executors.newFixedThreadPool(2);
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final Map<QueueName, MoveTarget> catalogue = new ConcurrentHashMap<>();
  private final LedTopics topics;
  private long index;
  private long installed;
  private volatile boolean crossingsFail;
  private volatile @Nullable LeaderTerm term;

  LedPartition(Path folder) {
    store = PartitionStore.open(folder, null, rocks);
    topics = new LedTopics(store::reader);
    timer.setRemoveOnCancelPolicy(true);
  }

  /** The next term begins, as replication would have it. */
  void lead() {
    CompletableFuture.runAsync(
            () -> {
              LeaderTerm next =
                  new LeaderTerm(
                      PARTITION,
                      new CommandBatcher(
                          "batcher",
                          this::append,
                          WallClock.system(),
                          machine.image().clock().queueMillis(),
                          2),
                      ports());
              next.begin(machine);
              term = next;
            },
            applying)
        .join();
  }

  void loseLead() {
    CompletableFuture.runAsync(
            () -> {
              LeaderTerm last = term();
              term = null;
              last.close(RaftFailure.notLeader(null));
            },
            applying)
        .join();
  }

  /** Calls to take crossings are lost from now on, or arrive again. */
  void crossingsFail(boolean fail) {
    crossingsFail = fail;
  }

  LeaderTerm term() {
    LeaderTerm now = term;
    if (now == null) {
      throw new IllegalStateException("no term");
    }
    return now;
  }

  Reply execute(Command command) {
    return term().execute(List.of(command)).join().getFirst();
  }

  MoveTarget install(long number, boolean fifo, QueueSettings.@Nullable Redrive redrive) {
    QueueId queue = new QueueId(number);
    QueueName name = new QueueName("000000000000", "queue-" + number + (fifo ? ".fifo" : ""));
    QueueSettings settings = new QueueSettings(name, 30_000, 0, 345_600_000, fifo, redrive);
    take(new Crossing.InstallQueue(queue, 1, settings));
    MoveTarget target = new MoveTarget(queue, PARTITION, name);
    catalogue.put(name, target);
    return target;
  }

  LedTopics topics() {
    return topics;
  }

  /** Hands over something of the catalogue. */
  void take(Crossing crossing) {
    installed++;
    execute(
        new Command.AcceptDeliveries(
            PartitionId.CATALOGUE, installed - 1, List.of(new OutboxEntry(installed, crossing))));
  }

  private LeaderPorts ports() {
    return new LeaderPorts(
        (queue, number) -> store.reader().read(queue, number),
        (destination, number) -> store.reader().parked(destination, number),
        diskReads,
        this::send,
        new Routes(catalogue),
        timer,
        topics.ports(diskReads));
  }

  private record Routes(Map<QueueName, MoveTarget> known) implements LeaderPorts.QueueRoutes {
    @Override
    public Optional<MoveTarget> find(QueueName name) {
      return Optional.ofNullable(known.get(name));
    }

    @Override
    public CompletableFuture<Void> caughtUp() {
      return CompletableFuture.completedFuture(null);
    }
  }

  private CompletableFuture<Reply> send(PartitionId partition, Command command) {
    LeaderTerm now = term;
    if (now == null || !partition.equals(PARTITION)) {
      return CompletableFuture.failedFuture(RaftFailure.notLeader(null));
    }
    if (crossingsFail && command instanceof Command.AcceptDeliveries) {
      return CompletableFuture.failedFuture(RaftFailure.unknown("lost"));
    }
    return now.execute(List.of(command)).thenApply(List::getFirst);
  }

  private CompletableFuture<AppliedEntry> append(EncodedEntry entry) {
    return CompletableFuture.supplyAsync(() -> apply(entry.entry()), applying);
  }

  private AppliedEntry apply(Entry entry) {
    AppliedEntry applied = runner.run(entry);
    index++;
    store.write(new AppliedIndex(1, index), applied.changes());
    LeaderTerm now = term;
    if (now != null) {
      now.entryApplied(applied, machine);
    }
    return applied;
  }

  @Override
  public void close() {
    if (term != null) {
      loseLead();
    }
    timer.shutdownNow();
    diskReads.shutdownNow();
    applying.shutdownNow();
    store.close();
    rocks.close();
  }
}
