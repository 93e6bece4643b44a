package io.tern.simulator;

import io.tern.state.Command.AcceptDeliveries;
import io.tern.state.Command.SettleOutbox;
import io.tern.state.Reply;
import io.tern.state.crossing.OutboxEntry;
import java.util.List;
import java.util.Random;

/**
 * Carries one partition's outbox to another or to itself, several calls in flight. It remembers
 * nothing that a new term of the source could not find again.
 */
final class Courier {
  private static final long PATIENCE_MILLIS = 1_500;

  private final LedPartition source;
  private final LedPartition destination;
  private final Timer timer;
  private final Network network;
  private final Random random;
  private final long roundMillis;
  private long term;
  private long sentUpTo;
  private long progressMillis;

  Courier(
      LedPartition source,
      LedPartition destination,
      Timer timer,
      Network network,
      Random random,
      long roundMillis) {
    this.source = source;
    this.destination = destination;
    this.timer = timer;
    this.network = network;
    this.random = random;
    this.roundMillis = roundMillis;
  }

  void start() {
    timer.after(roundMillis, this::round);
  }

  private void round() {
    SimulatedReplica leader = source.leader();
    if (leader != null) {
      boolean stuck = timer.nowMillis() - progressMillis > PATIENCE_MILLIS;
      if (term != source.term() || stuck) {
        term = source.term();
        sentUpTo = 0;
        progressMillis = timer.nowMillis();
      }
      List<OutboxEntry> entries =
          leader.up().waiting(destination.id(), sentUpTo, 1 + random.nextInt(3)).stream()
              .map(entry -> leader.rows().whole(destination.id(), entry))
              .toList();
      if (!entries.isEmpty()) {
        send(entries);
      }
    }
    timer.after(roundMillis, this::round);
  }

  private void send(List<OutboxEntry> entries) {
    sentUpTo = entries.getLast().number();
    long previous = entries.getFirst().number() - 1;
    AcceptDeliveries delivery = new AcceptDeliveries(source.id(), previous, entries);
    network.carry(
        () -> destination.ask(delivery, reply -> network.carry(() -> answered(reply, previous))));
  }

  private void answered(Reply reply, long previous) {
    if (reply instanceof Reply.DeliveriesTaken taken) {
      if (taken.upTo() < previous) {
        sentUpTo = taken.upTo();
      } else {
        progressMillis = timer.nowMillis();
      }
      network.carry(() -> source.ask(new SettleOutbox(destination.id(), taken.upTo()), _ -> {}));
    }
  }
}
