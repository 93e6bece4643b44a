package io.tern.simulator;

import io.tern.state.Command.AcceptDeliveries;
import io.tern.state.Command.SettleOutbox;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.crossing.OutboxEntry;
import java.util.List;
import java.util.Random;

/**
 * Carries the catalogue's outbox to one partition, several calls in flight. It remembers nothing
 * that a new term of the catalogue could not find again.
 */
final class Courier {
  private static final long ROUND_MILLIS = 40;
  private static final long PATIENCE_MILLIS = 1_500;

  private final SimulatedPartition catalogue;
  private final SimulatedPartition destination;
  private final Agenda agenda;
  private final Network network;
  private final Random random;
  private long term;
  private long sentUpTo;
  private long progressMillis;

  Courier(
      SimulatedPartition catalogue,
      SimulatedPartition destination,
      Agenda agenda,
      Network network,
      Random random) {
    this.catalogue = catalogue;
    this.destination = destination;
    this.agenda = agenda;
    this.network = network;
    this.random = random;
  }

  void start() {
    agenda.after(ROUND_MILLIS, this::round);
  }

  private void round() {
    SimulatedReplica leader = catalogue.leader();
    if (leader != null && leader.up() instanceof CatalogueMachine machine) {
      boolean stuck = agenda.nowMillis() - progressMillis > PATIENCE_MILLIS;
      if (term != catalogue.term() || stuck) {
        term = catalogue.term();
        sentUpTo = 0;
        progressMillis = agenda.nowMillis();
      }
      List<OutboxEntry> entries =
          machine.waiting(destination.id(), sentUpTo, 1 + random.nextInt(3));
      if (!entries.isEmpty()) {
        send(entries);
      }
    }
    agenda.after(ROUND_MILLIS, this::round);
  }

  private void send(List<OutboxEntry> entries) {
    sentUpTo = entries.getLast().number();
    long previous = entries.getFirst().number() - 1;
    AcceptDeliveries delivery = new AcceptDeliveries(PartitionId.CATALOGUE, previous, entries);
    network.carry(
        () -> destination.ask(delivery, reply -> network.carry(() -> answered(reply, previous))));
  }

  private void answered(Reply reply, long previous) {
    if (reply instanceof Reply.DeliveriesTaken taken) {
      if (taken.upTo() < previous) {
        sentUpTo = taken.upTo();
      } else {
        progressMillis = agenda.nowMillis();
      }
      network.carry(() -> catalogue.ask(new SettleOutbox(destination.id(), taken.upTo()), _ -> {}));
    }
  }
}
