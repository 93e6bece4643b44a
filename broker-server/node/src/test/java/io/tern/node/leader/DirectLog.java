package io.tern.node.leader;

import io.tern.state.AppliedEntry;
import io.tern.state.Command;
import io.tern.state.Entry;
import io.tern.state.EntryRunner;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.QueueSettings;
import io.tern.state.partition.PartitionMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A log of one real machine that applies each command at once, with a clock that a test moves. */
final class DirectLog {
  private final PartitionMachine machine = PartitionMachine.empty();
  private final EntryRunner runner =
      new EntryRunner(
          machine,
          (command, failure) -> {
            throw failure;
          });
  private final List<Command> submitted = new ArrayList<>();
  private Consumer<PartitionMachine> afterEntry = applied -> {};
  private long millis = 1_000;

  /** Called after each entry, as the apply thread calls the duties. */
  void afterEntry(Consumer<PartitionMachine> listener) {
    afterEntry = listener;
  }

  void install(QueueId queue) {
    Reply reply =
        submit(
                new Command.AcceptDeliveries(
                    PartitionId.CATALOGUE,
                    0,
                    List.of(
                        new OutboxEntry(1, new Crossing.InstallQueue(queue, 1, settings(queue))))))
            .join();
    if (!(reply instanceof Reply.DeliveriesTaken)) {
      throw new IllegalStateException("not installed: " + reply);
    }
  }

  private static QueueSettings settings(QueueId queue) {
    QueueName name = new QueueName("000000000000", "queue-" + queue.number());
    return new QueueSettings(name, 30_000, 0, 345_600_000, false, null);
  }

  CompletableFuture<Reply> submit(Command command) {
    submitted.add(command);
    AppliedEntry applied = runner.run(new Entry(new EntryTime(millis, millis), List.of(command)));
    afterEntry.accept(machine);
    return CompletableFuture.completedFuture(applied.replies().getFirst());
  }

  /** Commands of that kind submitted so far. */
  long submitted(Class<? extends Command> kind) {
    return submitted.stream().filter(kind::isInstance).count();
  }

  Command last() {
    return submitted.getLast();
  }

  long millis() {
    return millis;
  }

  void advance(long by) {
    millis += by;
  }
}
