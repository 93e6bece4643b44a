package io.tern.state.script;

import io.tern.state.AppliedEntry;
import io.tern.state.Command;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Carries what waits in outboxes, as the couriers of a cluster do, when the script says so. */
final class Couriers {
  private final Machines machines;
  private final Telling telling;

  Couriers(Machines machines, Telling telling) {
    this.machines = machines;
    this.telling = telling;
  }

  /**
   * {@code carry 1 -> 2} hands over what waits in partition 1 for partition 2 and lets partition 1
   * forget it; {@code deliver} does not come back to tell. {@code carry 2} is from the catalogue.
   */
  String run(Line line, EntryTime time, long nowMillis, boolean quiet) {
    boolean fromCatalogue = !line.words().contains("->");
    PartitionId source = fromCatalogue ? PartitionId.CATALOGUE : partition(line.word(1));
    PartitionId destination = partition(line.words().getLast());
    long skipped = line.number("skip", 0);
    int max = line.number("max", Limits.CROSSINGS_PER_CALL);
    List<OutboxEntry> waiting =
        machines.machine(source).waiting(destination, 0, Limits.CROSSINGS_PER_CALL).stream()
            .skip(skipped)
            .limit(max)
            .toList();
    if (waiting.isEmpty()) {
      return "nothing waits";
    }
    List<OutboxEntry> whole = new ArrayList<>();
    for (OutboxEntry entry : waiting) {
      whole.add(new OutboxEntry(entry.number(), whole(source, destination, entry)));
    }
    AppliedEntry accepted =
        machines.apply(
            destination,
            time,
            List.of(new Command.AcceptDeliveries(source, waiting.getFirst().number() - 1, whole)));
    String told =
        quiet ? telling.replies(accepted, List.of()) : telling.tell(accepted, nowMillis, List.of());
    if (line.word(0).equals("deliver")) {
      return told;
    }
    long taken = ((Reply.DeliveriesTaken) accepted.replies().getFirst()).upTo();
    AppliedEntry settled =
        machines.apply(source, time, List.of(new Command.SettleOutbox(destination, taken)));
    return quiet ? told : told + "\n" + telling.tell(settled, nowMillis, List.of());
  }

  /** The crossing with the message's row, which only the source's disk has. */
  private Crossing whole(PartitionId source, PartitionId destination, OutboxEntry entry) {
    return switch (entry.crossing()) {
      case Crossing.ParkedMessage parked -> {
        Rows.Row row = machines.rows(source).parked(destination, entry.number());
        yield new Crossing.MovedMessage(parked, row.sentMillis(), row.group(), row.content());
      }
      case TopicCrossing.FanOut fanOut ->
          new TopicCrossing.CarriedFanOut(
              fanOut,
              Objects.requireNonNull(
                  machines.rows(source).body(fanOut.topic(), fanOut.body()), "a carried body"));
      default -> entry.crossing();
    };
  }

  private static PartitionId partition(String word) {
    return word.toLowerCase(Locale.ROOT).equals("catalogue")
        ? PartitionId.CATALOGUE
        : new PartitionId(Integer.parseInt(word));
  }
}
