package io.tern.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Change;
import io.tern.state.Command.AcceptDeliveries;
import io.tern.state.Decision;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import io.tern.state.TopicChange;
import io.tern.state.crossing.Crossing.MovedMessage;
import io.tern.state.crossing.MoveReason;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.crossing.TopicCrossing.CarriedFanOut;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Follows messages from queue to queue: each that leaves one arrives once, or comes back once. */
final class Moves {

  private record Pair(PartitionId from, PartitionId to) {}

  private record Place(Pair pair, long number) {}

  private final History history;
  private final Map<Place, Tracked> underway = new HashMap<>();
  private final Map<Pair, Long> taken = new HashMap<>();
  private int moved;

  Moves(History history) {
    this.history = history;
  }

  int moved() {
    return moved;
  }

  int underway() {
    return underway.size();
  }

  void parked(PartitionId partition, Change.MessageParked parked, long now) {
    Tracked message = history.message(parked.queue(), parked.number());
    assertThat(message.gone).as("a message came back to be moved: %s", parked).isFalse();
    assertThat(message.isHidden(now)).as("a hidden message was moved: %s", parked).isFalse();
    if (parked.crossing().reason() == MoveReason.DEAD_LETTER) {
      assertThat(message.receipts - message.past)
          .as("receives of a dead letter")
          .isGreaterThanOrEqualTo(history.maxReceives(parked.queue()));
    }
    history.leave(message);
    message.underway = true;
    moved++;
    put(partition, parked.destination(), parked.outboxNumber(), message);
  }

  private void put(PartitionId from, PartitionId to, long number, Tracked message) {
    Tracked before = underway.put(new Place(new Pair(from, to), number), message);
    assertThat(before).as("outbox number used twice").isNull();
  }

  /** Goes through what the delivery took, entry by entry, and through its facts beside it. */
  void delivered(PartitionId to, AcceptDeliveries command, Decision decision, long now, long wall) {
    Pair pair = new Pair(command.source(), to);
    long before = taken.getOrDefault(pair, 0L);
    if (!(decision.reply() instanceof Reply.DeliveriesTaken reply)) {
      throw new AssertionError("Not the answer to a delivery: " + decision.reply());
    }
    Deque<Change> facts = new ArrayDeque<>(decision.changes());
    for (OutboxEntry entry : command.entries()) {
      if (entry.number() > reply.upTo()) {
        break;
      }
      if (entry.number() > before && entry.crossing() instanceof CarriedFanOut) {
        definitions(facts);
        while (!facts.isEmpty() && history.published(to, facts.getFirst(), now)) {
          facts.removeFirst();
        }
      } else if (entry.number() > before && entry.crossing() instanceof MovedMessage moved) {
        definitions(facts);
        Tracked message = underway.remove(new Place(pair, entry.number()));
        if (message == null) {
          throw new AssertionError("A message was taken that was never on its way: " + moved);
        }
        assertThat(moved.content()).as("the body carried").isEqualTo(message.content);
        take(to, moved, message, facts, now, wall);
      }
    }
    definitions(facts);
    assertThat(facts.stream().filter(f -> !(f instanceof Change.InboxAdvanced)).toList())
        .as("facts that no entry explains: messages taken twice")
        .isEmpty();
    taken.put(pair, Math.max(before, reply.upTo()));
  }

  private void definitions(Deque<Change> facts) {
    while (!facts.isEmpty()) {
      switch (facts.getFirst()) {
        case Change.QueueInstalled c -> history.installed(c);
        case Change.QueueRemoved c -> history.removed(c.queue());
        case Change.MoveTaskChanged _ -> {}
        case TopicChange.TopicInstalled _, TopicChange.TopicRemoved _ -> {}
        default -> {
          return;
        }
      }
      facts.removeFirst();
    }
  }

  private void take(
      PartitionId to,
      MovedMessage moved,
      Tracked message,
      Deque<Change> facts,
      long now,
      long wall) {
    message.underway = false;
    if (moved.parked().reason() == MoveReason.RETURN
        && history.wasRemoved(moved.parked().target())) {
      message.gone = true;
      return;
    }
    switch (facts.pollFirst()) {
      case Change.MessageArrived c -> {
        assertThat(c.queue()).isEqualTo(moved.parked().target());
        assertThat(c.content()).isEqualTo(message.content);
        assertThat(c.arrival().receiveCount()).as("its count goes on").isEqualTo(message.receipts);
        long age = history.isFifo(c.queue()) ? 0 : Math.max(0, wall - c.sentMillis());
        history.arrive(message, c.queue(), c.number(), now, age);
      }
      case Change.MessageStored c -> {
        assertThat(moved.parked().reason()).isEqualTo(MoveReason.REDRIVE);
        assertThat(c.content()).isEqualTo(message.content);
        message.receipts = 0;
        history.arrive(message, c.queue(), c.number(), now, 0);
      }
      case Change.OutboxAppended c -> {
        message.underway = true;
        put(to, c.destination(), c.number(), message);
      }
      case null, default ->
          throw new AssertionError("A message was taken and is in no place: " + moved);
    }
  }
}
