package io.tern.node.grpc;

import io.tern.node.api.Consuming;
import io.tern.node.api.Failures;
import io.tern.protocols.TernException;
import io.tern.state.Command;
import io.tern.state.Reply;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.GrpcLimits;
import io.tern.state.limits.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way of one consumer's settlements and extensions into the log: gathered as they come, sent
 * many at once, and again when a leader was lost, since each may be repeated. On the stream's event
 * loop only.
 */
final class SettleLane {
  private static final String METRIC = "Settle";
  private static final long FIRST_PAUSE_MILLIS = 100;

  /** Learns what became of one command. */
  @FunctionalInterface
  interface Outcome {
    /** The error is null when the command took effect. */
    void is(@Nullable TernException error);
  }

  private record Item(QueueDefinition queue, Command command, boolean mayRepeat, Outcome outcome) {}

  private final Consuming consuming;
  private final GrpcPorts ports;
  private final Executor home;
  private final Runnable afterwards;
  private final ArrayDeque<Item> waiting = new ArrayDeque<>();
  private int underWay;
  private boolean woken;

  /**
   * @param afterwards runs when outcomes were told, to go on with what waited for them
   */
  SettleLane(Consuming consuming, GrpcPorts ports, Executor home, Runnable afterwards) {
    this.consuming = consuming;
    this.ports = ports;
    this.home = home;
    this.afterwards = afterwards;
  }

  /** Commands without an outcome. */
  int size() {
    return waiting.size() + underWay;
  }

  /**
   * Sends the command with all others that come before the loop takes a breath.
   *
   * @param mayRepeat false for what must not come later than other commands of the same message
   */
  void add(QueueDefinition queue, Command command, boolean mayRepeat, Outcome outcome) {
    waiting.add(new Item(queue, command, mayRepeat, outcome));
    if (!woken) {
      woken = true;
      home.execute(this::flush);
    }
  }

  private void flush() {
    woken = false;
    while (!waiting.isEmpty()) {
      List<Item> items = new ArrayList<>();
      QueueDefinition queue = waiting.getFirst().queue();
      while (!waiting.isEmpty()
          && items.size() < Limits.ENTRY_COMMANDS
          && waiting.getFirst().queue().equals(queue)) {
        items.add(waiting.removeFirst());
      }
      underWay += items.size();
      send(queue, items, 1);
    }
  }

  private void send(QueueDefinition queue, List<Item> items, int tries) {
    long started = ports.clock().monotonicNanos();
    List<Command> commands = items.stream().map(Item::command).toList();
    var _ =
        consuming
            .settle(queue, commands)
            .whenComplete((replies, failure) ->
                home.execute(() -> {
                  TernException error = failure == null ? null : Failures.told(failure);
                  ports
                      .metrics()
                      .done(
                          METRIC,
                          error == null ? null : error.code(),
                          ports.clock().monotonicNanos() - started);
                  ended(queue, items, tries, replies, error);
                }));
  }

  private void ended(
      QueueDefinition queue,
      List<Item> items,
      int tries,
      @Nullable List<Reply> replies,
      @Nullable TernException error) {
    boolean isLost = error != null && error.code() == ErrorCode.SERVICE_UNAVAILABLE;
    List<Item> again = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (isLost && tries < GrpcLimits.SETTLE_TRIES && items.get(i).mayRepeat()) {
        again.add(items.get(i));
      } else {
        underWay--;
        Optional<TernException> refusal =
            replies == null ? Optional.ofNullable(error) : Consuming.refusal(replies.get(i));
        items.get(i).outcome().is(refusal.orElse(null));
      }
    }
    if (!again.isEmpty()) {
      var _ =
          ports
              .timer()
              .schedule(
                  () -> home.execute(() -> send(queue, again, tries + 1)),
                  FIRST_PAUSE_MILLIS << tries,
                  TimeUnit.MILLISECONDS);
    }
    afterwards.run();
  }
}
