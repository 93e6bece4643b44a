package io.tern.state.crossing;

import io.tern.state.Change.InboxAdvanced;
import io.tern.state.Change.OutboxAppended;
import io.tern.state.Change.OutboxSettled;
import io.tern.state.Command.AcceptDeliveries;
import io.tern.state.Command.SettleOutbox;
import io.tern.state.Decision;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import java.util.List;

/** The rules of handing over that are the same for every machine. */
public final class OutboxRules {
  private static final Reply DONE = new Reply.Done();

  private OutboxRules() {}

  /** The fact that this crossing waits for that destination, under the next number. */
  public static OutboxAppended append(
      CrossingView crossing, PartitionId destination, Crossing handed) {
    return new OutboxAppended(destination, crossing.nextNumber(destination), handed);
  }

  /** Forgets what the destination has taken; what was forgotten before stays so. */
  public static Decision settle(CrossingView crossing, SettleOutbox command) {
    long upTo = crossing.settles(command.destination(), command.upTo());
    return upTo == 0
        ? Decision.reply(DONE)
        : Decision.done(List.of(new OutboxSettled(command.destination(), upTo)));
  }

  /** The fact that these entries were taken; they are what {@link CrossingView#fresh} gave. */
  public static InboxAdvanced advance(AcceptDeliveries command, List<OutboxEntry> fresh) {
    return new InboxAdvanced(command.source(), fresh.getLast().number());
  }

  /** Tells the courier how far it got. */
  public static Reply taken(
      CrossingView crossing, AcceptDeliveries command, List<OutboxEntry> fresh) {
    return new Reply.DeliveriesTaken(
        fresh.isEmpty() ? crossing.taken(command.source()) : fresh.getLast().number());
  }
}
