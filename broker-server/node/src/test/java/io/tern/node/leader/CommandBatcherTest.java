package io.tern.node.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tern.disk.CommandCodec;
import io.tern.node.config.WallClock;
import io.tern.node.raft.EncodedEntry;
import io.tern.node.raft.RaftFailure;
import io.tern.state.AppliedEntry;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.Entry;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.limits.Limits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What shares an entry, what waits, and what happens to it when the term ends. */
class CommandBatcherTest {
  private static final QueueId QUEUE = new QueueId(1);

  private final Log log = new Log();
  private final Clock clock = new Clock();
  private final CommandBatcher batcher = new CommandBatcher("batcher", log, clock, 5_000, 2);

  /** A log whose entries the test applies by hand, in order. */
  private static final class Log implements CommandBatcher.EntryLog {
    private record Submitted(EncodedEntry entry, CompletableFuture<AppliedEntry> outcome) {}

    private final LinkedBlockingQueue<Submitted> submitted = new LinkedBlockingQueue<>();
    private long number;

    @Override
    public CompletableFuture<AppliedEntry> submit(EncodedEntry entry) {
      CompletableFuture<AppliedEntry> outcome = new CompletableFuture<>();
      submitted.add(new Submitted(entry, outcome));
      return outcome;
    }

    Submitted take() throws InterruptedException {
      Submitted next = submitted.poll(10, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      return next;
    }

    void apply(Submitted taken) {
      List<Reply> replies = new ArrayList<>();
      for (int i = 0; i < taken.entry().entry().commands().size(); i++) {
        replies.add(new Reply.MessageAccepted(++number));
      }
      taken.outcome().complete(new AppliedEntry(replies, List.of(), List.of()));
    }
  }

  private static final class Clock implements WallClock {
    private final AtomicLong nanos = new AtomicLong(77);
    private final AtomicLong wallMillis = new AtomicLong(1_700_000_000_000L);

    @Override
    public long wallMillis() {
      return wallMillis.get();
    }

    @Override
    public long monotonicNanos() {
      return nanos.get();
    }
  }

  @AfterEach
  void close() {
    batcher.close();
  }

  @Test
  void one_command_goes_at_once_and_later_ones_gather() throws Exception {
    CompletableFuture<Reply> first = batcher.submit(send(10));
    Log.Submitted one = log.take();
    List<CompletableFuture<Reply>> gathering = new ArrayList<>();
    for (int i = 0; i < Limits.PIPELINED_COMMANDS - 1; i++) {
      gathering.add(batcher.submit(send(10)));
    }
    assertThat(log.submitted).isEmpty();
    log.apply(one);
    Log.Submitted two = log.take();
    assertThat(two.entry().entry().commands()).hasSize(Limits.PIPELINED_COMMANDS - 1);
    log.apply(two);
    assertThat(first.get()).isEqualTo(new Reply.MessageAccepted(1));
    for (int i = 0; i < gathering.size(); i++) {
      assertThat(gathering.get(i).get()).isEqualTo(new Reply.MessageAccepted(2 + i));
    }
    assertThat(batcher.waitingCommands()).isZero();
  }

  @Test
  void enough_commands_go_while_an_entry_is_on_its_way() throws Exception {
    var _ = batcher.submit(send(10));
    log.take();
    var _ = batcher.submitAll(many());
    assertThat(log.take().entry().entry().commands()).hasSize(Limits.PIPELINED_COMMANDS);
  }

  @Test
  void the_bytes_are_the_entry() throws Exception {
    var _ = batcher.submit(send(10));
    EncodedEntry entry = log.take().entry();
    Entry decoded = CommandCodec.decodeEntry(entry.bytes().array());
    assertThat(decoded).isEqualTo(entry.entry());
  }

  @Test
  void queue_time_counts_from_the_log_and_ignores_the_wall() throws Exception {
    clock.nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(250));
    clock.wallMillis.addAndGet(-3_600_000);
    var _ = batcher.submit(send(10));
    assertThat(log.take().entry().entry().time().queueMillis()).isEqualTo(5_250);
    assertThat(batcher.queueMillis()).isEqualTo(5_250);
  }

  @Test
  void an_entry_has_limits() throws Exception {
    holdBoth();
    int count = 2 * Limits.ENTRY_COMMANDS + 1;
    for (int i = 0; i < count; i++) {
      var _ = batcher.submit(send(10));
    }
    assertThat(next().entry().entry().commands()).hasSize(Limits.ENTRY_COMMANDS);
    assertThat(next().entry().entry().commands()).hasSize(Limits.ENTRY_COMMANDS);
    assertThat(nextWhenIdle().entry().entry().commands()).hasSize(1);

    var _ = batcher.submitAll(many());
    held.add(log.take());
    for (int i = 0; i < 3; i++) {
      var _ = batcher.submit(send(Limits.ENTRY_BYTES / 2 - 100));
    }
    Log.Submitted two = next();
    assertThat(two.entry().entry().commands()).hasSize(2);
    assertThat(two.entry().bytes().size()).isLessThanOrEqualTo(Limits.ENTRY_BYTES);
    assertThatThrownBy(() -> batcher.submit(send(Limits.ENTRY_BYTES)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void several_commands_stay_together_in_order() throws Exception {
    holdBoth();
    for (int i = 0; i < Limits.ENTRY_COMMANDS - 1; i++) {
      var _ = batcher.submit(send(10));
    }
    CompletableFuture<List<Reply>> several = batcher.submitAll(List.of(send(1), send(2)));
    assertThat(next().entry().entry().commands()).hasSize(Limits.ENTRY_COMMANDS - 1);
    Log.Submitted together = nextWhenIdle();
    assertThat(together.entry().entry().commands()).containsExactly(send(1), send(2));
    log.apply(together);
    assertThat(several.get()).hasSize(2);
  }

  @Test
  void a_full_queue_refuses_and_recovers() throws Exception {
    holdBoth();
    for (int i = 0; i < Limits.WAITING_COMMANDS; i++) {
      var _ = batcher.submit(new Command.Tick());
    }
    assertThat(kindOf(batcher.submit(new Command.Tick()))).isEqualTo(RaftFailure.Kind.UNAVAILABLE);
    log.apply(next());
    await().until(() -> batcher.waitingCommands() < Limits.WAITING_COMMANDS);
    assertThat(batcher.submit(new Command.Tick())).isNotCompletedExceptionally();
  }

  @Test
  void the_end_of_the_term_refuses_what_waits_and_leaves_the_rest_to_the_log() throws Exception {
    CompletableFuture<Reply> inFlight = batcher.submit(send(10));
    Log.Submitted one = log.take();
    CompletableFuture<Reply> waiting = batcher.submit(send(10));
    batcher.close();
    assertThat(kindOf(waiting)).isEqualTo(RaftFailure.Kind.NOT_LEADER);
    assertThat(kindOf(batcher.submit(send(10)))).isEqualTo(RaftFailure.Kind.NOT_LEADER);
    assertThat(inFlight).isNotDone();
    one.outcome().completeExceptionally(RaftFailure.unknown("the leader fell"));
    assertThat(kindOf(inFlight)).isEqualTo(RaftFailure.Kind.UNKNOWN);
  }

  /** Two entries in flight: whatever comes now gathers until {@link #next} lets one go. */
  private void holdBoth() throws InterruptedException {
    var _ = batcher.submit(send(10));
    held.add(log.take());
    var _ = batcher.submitAll(many());
    held.add(log.take());
  }

  /** As many commands as are worth a further entry. */
  private static List<Command> many() {
    return Collections.nCopies(Limits.PIPELINED_COMMANDS, send(10));
  }

  private final List<Log.Submitted> held = new ArrayList<>();

  /** Applies the oldest entry in flight, so that the next may come. */
  private Log.Submitted next() throws InterruptedException {
    log.apply(held.removeFirst());
    Log.Submitted next = log.take();
    held.add(next);
    return next;
  }

  /** Applies all entries in flight, so that even a single command may go. */
  private Log.Submitted nextWhenIdle() throws InterruptedException {
    held.forEach(log::apply);
    held.clear();
    Log.Submitted next = log.take();
    held.add(next);
    return next;
  }

  private static Command send(int bytes) {
    return new Command.SendMessage(
        QUEUE, Command.QUEUE_DEFAULT, "", null, Bytes.of(new byte[bytes]));
  }

  private static RaftFailure.@Nullable Kind kindOf(CompletableFuture<?> future) {
    try {
      future.get(10, TimeUnit.SECONDS);
      throw new AssertionError("it succeeded");
    } catch (ExecutionException e) {
      return e.getCause() instanceof RaftFailure failure ? failure.kind() : null;
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
