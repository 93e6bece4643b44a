package io.tern.node.raft;

import io.tern.disk.AppliedIndex;
import io.tern.disk.RocksBudget;
import io.tern.disk.RocksSettings;
import io.tern.node.config.WallClock;
import io.tern.node.leader.CommandBatcher;
import io.tern.state.AppliedEntry;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.ReplicatedMachine;
import io.tern.state.Reply;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.QueueSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Measures one partition, from the batcher to the answer: real log with fsync, real machine, real
 * rows. Run by hand through src/bench/raft-throughput.sh, one process for each node; the first one
 * leads and drives itself, the others replicate until their input ends.
 */
final class RaftThroughput implements TermListener {
  private static final PartitionId PARTITION = new PartitionId(1);
  private static final QueueId QUEUE = new QueueId(1);
  private static final QueueName NAME = new QueueName("000000000000", "orders");
  private static final int BODY_BYTES = 256;

  private final CompletableFuture<EntryTime> led = new CompletableFuture<>();
  private final AtomicLong entries = new AtomicLong();

  private record Row(int callers, int inFlight) {}

  /** {@code <own id> <data folder> <seconds for each row> <ports,...> <callers:in flight,...>} */
  public static void main(String[] args) throws Exception {
    new RaftThroughput().run(args);
    Runtime.getRuntime().halt(0);
  }

  private void run(String[] args) throws Exception {
    String id = args[0];
    List<Peer> peers = new ArrayList<>();
    for (String port : args[3].split(",", -1)) {
      peers.add(new Peer("n" + peers.size(), "127.0.0.1", Integer.parseInt(port)));
    }
    Path data = Path.of(args[1]);
    boolean driver = id.equals("n0");
    RaftSettings base =
        peers.size() == 1 ? RaftSettings.single(data) : RaftSettings.clustered(data);
    int firstMillis = driver ? 100 : 5_000;
    RaftSettings settings =
        new RaftSettings(
            data,
            base.logMemoryBytes(),
            base.electionMinMillis(),
            base.electionMaxMillis(),
            peers.size() == 1 ? 10 : firstMillis,
            peers.size() == 1 ? 20 : firstMillis + 100,
            base.snapshotLogBytes(),
            base.snapshotIntervalMillis());
    try (RocksSettings rocks = new RocksSettings(RocksBudget.SMALL);
        RaftNode node = new RaftNode(settings, id, peers, List.of(PARTITION), ports(rocks))) {
      node.start();
      if (driver) {
        drive(node, Integer.parseInt(args[2]), rows(args[4]));
      } else {
        var _ = led.thenCompose(_ -> node.transferLeadership(PARTITION, "n0"));
        waitForEndOfInput();
      }
    }
  }

  private RaftPorts ports(RocksSettings rocks) {
    return new RaftPorts(
        rocks,
        MachineFactory::real,
        (command, failure) -> {
          throw new IllegalStateException("A rule failed: " + command, failure);
        },
        this,
        new NothingToFetch(),
        WallClock.system(),
        failure -> {
          failure.printStackTrace();
          Runtime.getRuntime().halt(3);
        });
  }

  private static final class NothingToFetch implements CheckpointFetcher {
    @Override
    public CompletableFuture<Path> fetch(PartitionId partition, String leader, Path into) {
      return CompletableFuture.failedFuture(new IllegalStateException("nothing to fetch here"));
    }

    @Override
    public CompletableFuture<Standing> prepare(PartitionId partition, String node) {
      return CompletableFuture.failedFuture(new IllegalStateException("nothing to heal here"));
    }
  }

  private static List<Row> rows(String words) {
    return Arrays.stream(words.split(",", -1))
        .map(word -> word.split(":", -1))
        .map(word -> new Row(Integer.parseInt(word[0]), Integer.parseInt(word[1])))
        .toList();
  }

  private static void waitForEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // The parent keeps our input open as long as it wants us.
    }
  }

  private void drive(RaftNode node, int seconds, List<Row> rows) throws Exception {
    EntryTime last = led.get();
    try (CommandBatcher batcher = batcher(node, last, 2)) {
      batcher.submit(installQueue()).get();
      new Load(batcher, 256, entries).run(Math.max(8, seconds), false);
    }
    for (Row row : rows) {
      long queueMillis = last.queueMillis() + entries.get() * 1_000;
      try (CommandBatcher batcher = batcher(node, new EntryTime(queueMillis, 0), row.inFlight())) {
        new Load(batcher, row.callers(), entries).run(1, false);
        System.out.printf(Locale.ROOT, "K=%d ", row.inFlight());
        new Load(batcher, row.callers(), entries).run(seconds, true);
      }
    }
  }

  private static CommandBatcher batcher(RaftNode node, EntryTime last, int inFlight) {
    return new CommandBatcher(
        "batcher",
        entry -> node.submit(PARTITION, entry),
        WallClock.system(),
        last.queueMillis(),
        inFlight);
  }

  private static Command installQueue() {
    return new Command.AcceptDeliveries(
        PartitionId.CATALOGUE,
        0,
        List.of(
            new OutboxEntry(
                1,
                new Crossing.InstallQueue(
                    QUEUE, 1, new QueueSettings(NAME, 30_000, 0, 345_600_000, false, null)))));
  }

  /** Callers that send, wait for the answer on a thread of their own, and send again. */
  private static final class Load {
    private final CommandBatcher batcher;
    private final int callers;
    private final AtomicLong entries;
    private final ExecutorService loop =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("loop").factory());
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<String> firstFailure = new AtomicReference<>("");
    private final long[] latencyNanos = new long[4_000_000];
    private volatile boolean stopping;
    private int answers;

    Load(CommandBatcher batcher, int callers, AtomicLong entries) {
      this.batcher = batcher;
      this.callers = callers;
      this.entries = entries;
    }

    void run(int seconds, boolean print) throws InterruptedException {
      CountDownLatch done = new CountDownLatch(callers);
      long entriesBefore = entries.get();
      long cpuBefore = cpuNanos();
      long startNanos = System.nanoTime();
      long endNanos = startNanos + seconds * 1_000_000_000L;
      for (int i = 0; i < callers; i++) {
        loop.execute(() -> next(endNanos, done));
      }
      Map<String, Long> threadsBefore = print ? threadNanos() : Map.of();
      done.await();
      double elapsed = (System.nanoTime() - startNanos) / 1e9;
      if (print) {
        report(elapsed, cpuNanos() - cpuBefore, entries.get() - entriesBefore);
        printThreads(threadsBefore, entries.get() - entriesBefore);
      }
      loop.shutdown();
    }

    private void next(long endNanos, CountDownLatch done) {
      long now = System.nanoTime();
      if (now >= endNanos || stopping) {
        done.countDown();
        return;
      }
      var _ =
          batcher
              .submit(command())
              .whenComplete((reply, failure) ->
                  // As an event loop would: nothing is done on the apply thread.
                  loop.execute(() -> {
                    note(now, reply, failure);
                    next(endNanos, done);
                  }));
    }

    /** A message of random bytes. */
    private Command command() {
      byte[] body = new byte[BODY_BYTES];
      ThreadLocalRandom.current().nextBytes(body);
      return new Command.SendMessage(QUEUE, Command.QUEUE_DEFAULT, "", null, Bytes.of(body));
    }

    private void note(long startNanos, @Nullable Reply reply, @Nullable Throwable failure) {
      if (reply instanceof Reply.MessageAccepted) {
        if (answers < latencyNanos.length) {
          latencyNanos[answers++] = System.nanoTime() - startNanos;
        }
      } else {
        failures.incrementAndGet();
        firstFailure.compareAndSet("", failure == null ? reply + "" : failure.toString());
        stopping = true;
      }
    }

    private void report(double elapsed, long cpuNanos, long entryCount) {
      long[] sorted = Arrays.copyOf(latencyNanos, answers);
      Arrays.sort(sorted);
      System.out.printf(
          Locale.ROOT,
          "callers=%-5d %9.0f commands/s  p50 %6.2f ms  p99 %7.2f ms  %7.0f entries/s"
              + "  %5.1f commands/entry  leader %5.1f us CPU/command  failures %d%n",
          callers,
          answers / elapsed,
          at(sorted, 0.50),
          at(sorted, 0.99),
          entryCount / elapsed,
          (double) answers / Math.max(1, entryCount),
          cpuNanos / 1e3 / Math.max(1, answers),
          failures.get());
      if (failures.get() > 0) {
        System.out.println("first failure: " + firstFailure.get());
      }
    }

    /** CPU of each thread, those of one kind together. */
    private static Map<String, Long> threadNanos() {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      Map<String, Long> nanos = new TreeMap<>();
      for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
        if (info != null) {
          String kind = info.getThreadName().replaceAll("[0-9-]+$", "");
          nanos.merge(kind, Math.max(0, threads.getThreadCpuTime(info.getThreadId())), Long::sum);
        }
      }
      return nanos;
    }

    private static void printThreads(Map<String, Long> before, long entryCount) {
      if (!Boolean.getBoolean("threads")) {
        return;
      }
      threadNanos().entrySet().stream()
          .map(now ->
              Map.entry(now.getKey(), now.getValue() - before.getOrDefault(now.getKey(), 0L)))
          .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
          .limit(12)
          .forEach(thread ->
              System.out.printf(
                  Locale.ROOT,
                  "    %7.1f us/entry  %s%n",
                  thread.getValue() / 1e3 / Math.max(1, entryCount),
                  thread.getKey()));
    }

    private static double at(long[] sorted, double share) {
      return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * share)] / 1e6;
    }

    private static long cpuNanos() {
      return ((com.sun.management.OperatingSystemMXBean)
              ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
    }
  }

  @Override
  public void machineOpened(PartitionId partition, AppliedIndex index, ReplicatedMachine machine) {}

  @Override
  public void termBegan(
      PartitionId partition, long term, EntryTime last, ReplicatedMachine machine) {
    led.complete(last);
  }

  @Override
  public void entryApplied(
      PartitionId partition,
      AppliedIndex index,
      EntryTime time,
      AppliedEntry entry,
      ReplicatedMachine machine) {
    entries.incrementAndGet();
  }

  @Override
  public void leaderChanged(PartitionId partition, String leader) {}

  @Override
  public void termEnded(PartitionId partition, long term) {}
}
