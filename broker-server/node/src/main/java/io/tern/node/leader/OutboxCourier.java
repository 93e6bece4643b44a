package io.tern.node.leader;

import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the outbox of one partition, a lane for each destination, one call at a time and in
 * order. Calls may be lost or repeated: the destination's inbox takes each number once. Lives for a
 * term.
 */
final class OutboxCourier {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxCourier.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final PartitionId source;
  private final CommandSender sender;
  private final ScheduledExecutorService timer;
  private final Map<PartitionId, Lane> lanes = new HashMap<>();
  private boolean closed;

  OutboxCourier(PartitionId source, CommandSender sender, ScheduledExecutorService timer) {
    this.source = source;
    this.sender = sender;
    this.timer = timer;
  }

  /** Starts with what waited for a destination when the term began. */
  void begin(PartitionId destination, List<OutboxEntry> waiting) {
    List<OutboxEntry> load;
    synchronized (this) {
      Lane lane = lane(destination);
      lane.waiting.addAll(waiting);
      load = load(lane);
    }
    carry(destination, load);
  }

  void appended(Change.OutboxAppended change) {
    List<OutboxEntry> load;
    synchronized (this) {
      Lane lane = lane(change.destination());
      lane.waiting.add(new OutboxEntry(change.number(), change.crossing()));
      load = load(lane);
    }
    carry(change.destination(), load);
  }

  void settled(Change.OutboxSettled change) {
    List<OutboxEntry> load;
    synchronized (this) {
      Lane lane = lane(change.destination());
      while (!lane.waiting.isEmpty() && lane.waiting.peek().number() <= change.upTo()) {
        lane.waiting.remove();
      }
      load = load(lane);
    }
    carry(change.destination(), load);
  }

  synchronized void close() {
    closed = true;
    lanes.clear();
  }

  private Lane lane(PartitionId destination) {
    return lanes.computeIfAbsent(destination, d -> new Lane());
  }

  /** The next load of a lane that is not busy; empty when there is nothing to do. */
  private List<OutboxEntry> load(Lane lane) {
    if (closed || lane.busy || lane.waiting.isEmpty()) {
      return List.of();
    }
    lane.busy = true;
    List<OutboxEntry> load = new ArrayList<>();
    for (OutboxEntry entry : lane.waiting) {
      if (load.size() == Limits.CROSSINGS_PER_CALL) {
        break;
      }
      load.add(entry);
    }
    return load;
  }

  private void carry(PartitionId destination, List<OutboxEntry> load) {
    if (load.isEmpty()) {
      return;
    }
    long previous = load.getFirst().number() - 1;
    var _ =
        sender
            .send(destination, new Command.AcceptDeliveries(source, previous, load))
            .whenComplete((reply, failure) -> taken(destination, load, reply, failure));
  }

  private void taken(
      PartitionId destination,
      List<OutboxEntry> load,
      @Nullable Reply reply,
      @Nullable Throwable failure) {
    if (failure == null && reply instanceof Reply.DeliveriesTaken taken) {
      if (taken.upTo() >= load.getFirst().number()) {
        var _ =
            sender
                .send(source, new Command.SettleOutbox(destination, taken.upTo()))
                .whenComplete((settled, lost) -> delivered(destination, lost));
        return;
      }
      LOG.error(
          "outbox gap source={} destination={} taken={} first={}",
          source.number(),
          destination.number(),
          taken.upTo(),
          load.getFirst().number());
    }
    pause(destination);
  }

  private void delivered(PartitionId destination, @Nullable Throwable failure) {
    if (failure != null) {
      pause(destination);
      return;
    }
    synchronized (this) {
      lane(destination).pauseMillis = FIRST_PAUSE_MILLIS;
    }
    resume(destination);
  }

  /** Tries again a little later: the destination elects, or is overloaded, or a zone is gone. */
  private void pause(PartitionId destination) {
    long millis;
    synchronized (this) {
      if (closed) {
        return;
      }
      Lane lane = lane(destination);
      millis = lane.pauseMillis;
      lane.pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * millis);
    }
    var _ = timer.schedule(() -> resume(destination), millis, TimeUnit.MILLISECONDS);
  }

  private void resume(PartitionId destination) {
    List<OutboxEntry> load;
    synchronized (this) {
      Lane lane = lane(destination);
      lane.busy = false;
      load = load(lane);
    }
    carry(destination, load);
  }

  /**
   * One destination: what waits, and whether a call is under way. Bounded by the outbox's limit.
   */
  private static final class Lane {
    private final ArrayDeque<OutboxEntry> waiting = new ArrayDeque<>();
    private boolean busy;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
  }
}
