package io.tern.node.leader;

import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import io.tern.state.crossing.OutboxEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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

  private final PartitionId source;
  private final OutboxLoader loader;
  private final Executor diskReads;
  private final CommandSender sender;
  private final ScheduledExecutorService timer;
  private final Map<PartitionId, OutboxLane> lanes = new HashMap<>();
  private boolean closed;

  OutboxCourier(PartitionId source, LeaderPorts ports) {
    this.source = source;
    this.loader = new OutboxLoader(ports.parked(), ports.topics());
    this.diskReads = ports.diskReads();
    this.sender = ports.sender();
    this.timer = ports.timer();
  }

  /** Starts with what waited for a destination when the term began. */
  void begin(PartitionId destination, List<OutboxEntry> waiting) {
    synchronized (this) {
      OutboxLane lane = lane(destination);
      waiting.forEach(lane::append);
    }
    carryNext(destination);
  }

  void appended(Change.OutboxAppended change) {
    appended(change.destination(), new OutboxEntry(change.number(), change.crossing()));
  }

  void parked(Change.MessageParked change) {
    appended(change.destination(), new OutboxEntry(change.outboxNumber(), change.crossing()));
  }

  private void appended(PartitionId destination, OutboxEntry entry) {
    synchronized (this) {
      lane(destination).append(entry);
    }
    carryNext(destination);
  }

  void settled(Change.OutboxSettled change) {
    synchronized (this) {
      lane(change.destination()).settle(change.upTo());
    }
    carryNext(change.destination());
  }

  /** How many crossings wait for that destination. */
  synchronized int waiting(PartitionId destination) {
    OutboxLane lane = lanes.get(destination);
    return lane == null ? 0 : lane.waiting();
  }

  synchronized void close() {
    closed = true;
    lanes.clear();
  }

  private OutboxLane lane(PartitionId destination) {
    return lanes.computeIfAbsent(destination, d -> new OutboxLane());
  }

  /** Begins the next call of a lane unless one is under way. */
  private void carryNext(PartitionId destination) {
    List<OutboxEntry> load;
    synchronized (this) {
      load = closed ? List.of() : lane(destination).takeLoad();
    }
    if (load.isEmpty()) {
      return;
    }
    if (!OutboxLoader.needsRows(load)) {
      carry(destination, load);
      return;
    }
    try {
      diskReads.execute(() -> carry(destination, load));
    } catch (RejectedExecutionException stopping) {
      LOG.debug("the node stops, and its courier with it", stopping);
    }
  }

  private void carry(PartitionId destination, List<OutboxEntry> load) {
    try {
      List<OutboxEntry> whole = loader.load(destination, load);
      if (whole.isEmpty()) {
        rowMissing(destination, load.getFirst());
        return;
      }
      long previous = whole.getFirst().number() - 1;
      var _ =
          sender
              .send(destination, new Command.AcceptDeliveries(source, previous, whole))
              .whenComplete((reply, failure) -> taken(destination, whole, reply, failure));
    } catch (RuntimeException failure) {
      complain(destination, load.getFirst().number(), failure.toString());
      pause(destination);
    }
  }

  /** Either it was settled a moment ago, which the lane learns soon, or it is lost. */
  private void rowMissing(PartitionId destination, OutboxEntry entry) {
    complain(destination, entry.number(), "its row is not there");
    pause(destination);
  }

  private void taken(
      PartitionId destination,
      List<OutboxEntry> load,
      @Nullable Reply reply,
      @Nullable Throwable failure) {
    if (failure == null && reply instanceof Reply.DeliveriesTaken taken) {
      if (taken.upTo() >= load.getFirst().number()) {
        settle(destination, taken.upTo());
        return;
      }
      complain(destination, load.getFirst().number(), "only " + taken.upTo() + " was taken before");
    } else if (reply != null) {
      complain(destination, load.getFirst().number(), "answered with " + reply);
    }
    pause(destination);
  }

  private void settle(PartitionId destination, long upTo) {
    var _ =
        sender
            .send(source, new Command.SettleOutbox(destination, upTo))
            .whenComplete((settled, _) -> {
              if (settled instanceof Reply.Done) {
                delivered(destination);
              } else {
                pause(destination);
              }
            });
  }

  private void delivered(PartitionId destination) {
    synchronized (this) {
      lane(destination).succeeded();
    }
    carryNext(destination);
  }

  /** Tries again a little later: the destination elects, or is overloaded, or a zone is gone. */
  private void pause(PartitionId destination) {
    long millis;
    synchronized (this) {
      if (closed) {
        return;
      }
      millis = lane(destination).nextPauseMillis();
    }
    var _ = timer.schedule(() -> resume(destination), millis, TimeUnit.MILLISECONDS);
  }

  private void resume(PartitionId destination) {
    synchronized (this) {
      lane(destination).free();
    }
    carryNext(destination);
  }

  /** The lane stands still until this is over; told once, however often it is tried. */
  private void complain(PartitionId destination, long number, String reason) {
    synchronized (this) {
      if (closed || !lane(destination).mayComplain()) {
        return;
      }
    }
    LOG.error(
        "outbox stands still source={} destination={} number={} reason={}",
        source.number(),
        destination.number(),
        number,
        reason);
  }
}
