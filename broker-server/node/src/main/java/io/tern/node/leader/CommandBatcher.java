package io.tern.node.leader;

import io.tern.disk.CommandCodec;
import io.tern.node.config.WallClock;
import io.tern.node.raft.EncodedEntry;
import io.tern.node.raft.RaftFailure;
import io.tern.state.AppliedEntry;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.Entry;
import io.tern.state.EntryTime;
import io.tern.state.Reply;
import io.tern.state.limits.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Many callers, one entry, one timestamp: gathers the commands of a led partition while earlier
 * entries are in flight. One for each {@link LeaderTerm}; callers are event loops, peer calls and
 * the apply thread, and none of them ever waits here.
 *
 * <p>The futures end on the apply thread, or under a lock of Ratis when the term ends: whoever has
 * more than a few steps to do then goes to a thread of its own.
 */
public final class CommandBatcher implements AutoCloseable {

  /** Puts an entry into the partition's log; {@code RaftNode.submit} does. */
  @FunctionalInterface
  public interface EntryLog {
    CompletableFuture<AppliedEntry> submit(EncodedEntry entry);
  }

  /** The times and the field tags of an entry, at most. */
  private static final int ENTRY_HEAD_BYTES = 32;

  private final EntryLog log;
  private final EntryClock clock;
  private final int entriesInFlight;
  private final ConcurrentLinkedQueue<WaitingCommands> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCommands = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Thread thread;
  private volatile boolean asleep;
  private volatile boolean closed;

  /**
   * Begins to take commands.
   *
   * @param name of the thread that forms the entries
   * @param lastQueueMillis queue time of the last entry in the log
   * @param entriesInFlight entries that may be on their way at once; more give throughput, fewer
   *     give larger entries and less work for each command
   */
  public CommandBatcher(
      String name, EntryLog log, WallClock clock, long lastQueueMillis, int entriesInFlight) {
    this.log = log;
    this.clock = new EntryClock(clock, lastQueueMillis);
    this.entriesInFlight = entriesInFlight;
    this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  /** Puts one command into the log. Ends with its reply or with a {@link RaftFailure}. */
  public CompletableFuture<Reply> submit(Command command) {
    return submit(command, CommandCodec.encode(command));
  }

  /** The same for a command whose bytes are at hand. */
  public CompletableFuture<Reply> submit(Command command, byte[] encoded) {
    WaitingCommands.One one = new WaitingCommands.One(command, encoded);
    enqueue(one);
    return one.reply();
  }

  /**
   * Puts several commands into the log, in one entry and in this order.
   *
   * @throws IllegalArgumentException when they are more than an entry holds
   */
  public CompletableFuture<List<Reply>> submitAll(List<Command> commands) {
    if (commands.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    WaitingCommands.Several several =
        new WaitingCommands.Several(
            List.copyOf(commands), commands.stream().map(CommandCodec::encode).toList());
    enqueue(several);
    return several.replies();
  }

  /** Queue time as the next entry would be stamped. */
  public long queueMillis() {
    return clock.queueMillis();
  }

  /** The times that the next entry would be stamped with. */
  EntryTime now() {
    return clock.now();
  }

  /** Commands that wait for their entry. */
  public int waitingCommands() {
    return waitingCommands.get();
  }

  private void enqueue(WaitingCommands commands) {
    if (commands.count() > Limits.ENTRY_COMMANDS
        || ENTRY_HEAD_BYTES + commands.entryBytes() > Limits.ENTRY_BYTES) {
      throw new IllegalArgumentException(
          commands.count() + " commands of " + commands.entryBytes() + " bytes fit no entry");
    }
    int count = waitingCommands.addAndGet(commands.count());
    long bytes = waitingBytes.addAndGet(commands.entryBytes());
    if (count > Limits.WAITING_COMMANDS || bytes > Limits.WAITING_BYTES) {
      forget(commands);
      commands.failed(RaftFailure.unavailable("Too many commands wait for this partition"));
      return;
    }
    waiting.add(commands);
    if (closed) {
      refuseWaiting();
    } else {
      wake();
    }
  }

  private void forget(WaitingCommands commands) {
    waitingCommands.addAndGet(-commands.count());
    waitingBytes.addAndGet(-commands.entryBytes());
  }

  private void wake() {
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (!closed) {
      if (mayPropose()) {
        propose();
      } else {
        asleep = true;
        if (!mayPropose() && !closed) {
          LockSupport.park(this);
        }
        asleep = false;
      }
    }
  }

  /**
   * An idle log takes whatever waits, at once. While entries are on their way a further one goes
   * only when it is worth its cost: an entry costs the same for one command as for many.
   */
  private boolean mayPropose() {
    int underWay = inFlight.get();
    if (underWay == 0) {
      return !waiting.isEmpty();
    }
    return underWay < entriesInFlight
        && (waitingCommands.get() >= Limits.PIPELINED_COMMANDS
            || waitingBytes.get() >= Limits.PIPELINED_BYTES);
  }

  private void propose() {
    List<WaitingCommands> batch = gather();
    if (batch.isEmpty()) {
      return;
    }
    List<Command> commands = new ArrayList<>();
    List<byte[]> encoded = new ArrayList<>();
    for (WaitingCommands each : batch) {
      each.addTo(commands, encoded);
    }
    EntryTime time = clock.now();
    EncodedEntry entry =
        new EncodedEntry(new Entry(time, commands), Bytes.of(CommandCodec.encode(time, encoded)));
    inFlight.incrementAndGet();
    var _ = log.submit(entry).whenComplete((applied, failure) -> ended(batch, applied, failure));
  }

  private List<WaitingCommands> gather() {
    List<WaitingCommands> batch = new ArrayList<>();
    int count = 0;
    int bytes = ENTRY_HEAD_BYTES;
    for (WaitingCommands next = waiting.peek(); next != null; next = waiting.peek()) {
      count += next.count();
      bytes += next.entryBytes();
      if (count > Limits.ENTRY_COMMANDS || bytes > Limits.ENTRY_BYTES) {
        break;
      }
      WaitingCommands taken = waiting.poll();
      if (taken == null) {
        break;
      }
      forget(taken);
      batch.add(taken);
    }
    return batch;
  }

  private void ended(
      List<WaitingCommands> batch, @Nullable AppliedEntry applied, @Nullable Throwable failure) {
    inFlight.decrementAndGet();
    wake();
    if (applied == null) {
      Throwable reason = failure == null ? RaftFailure.unknown("no outcome") : failure;
      batch.forEach(commands -> commands.failed(reason));
      return;
    }
    int from = 0;
    for (WaitingCommands commands : batch) {
      commands.answered(applied.replies(), from);
      from += commands.count();
    }
  }

  /** Ends the waiting commands, none of which is in the log; those in flight end by themselves. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    refuseWaiting();
  }

  private void refuseWaiting() {
    for (WaitingCommands left = waiting.poll(); left != null; left = waiting.poll()) {
      forget(left);
      left.failed(RaftFailure.notLeader(null));
    }
  }
}
