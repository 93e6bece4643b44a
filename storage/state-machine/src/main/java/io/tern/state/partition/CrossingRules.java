package io.tern.state.partition;

import io.tern.state.Change;
import io.tern.state.Command.AcceptDeliveries;
import io.tern.state.Decision;
import io.tern.state.Effect;
import io.tern.state.Effect.OutboxGrew;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.crossing.OutboxRules;
import io.tern.state.crossing.TopicCrossing;
import java.util.ArrayList;
import java.util.List;

/** Decides what a delivery from another partition's outbox changes here; called by the machine. */
final class CrossingRules {
  private CrossingRules() {}

  /** Takes what continues the inbox, up to the first entry that there is no room for. */
  static Decision accept(PartitionView state, AcceptDeliveries command) {
    List<OutboxEntry> fresh =
        state.crossing().fresh(command.source(), command.previous(), command.entries());
    DefinitionRules definitions = new DefinitionRules(state);
    MovedMessageRules messages = new MovedMessageRules(state, definitions, command.source());
    List<OutboxEntry> taken = new ArrayList<>(fresh.size());
    for (OutboxEntry entry : fresh) {
      boolean took =
          switch (entry.crossing()) {
            case Crossing.InstallQueue install -> definitions.install(install);
            case Crossing.RemoveQueue remove -> definitions.remove(remove.queue());
            case TopicCrossing _ -> throw new UnsupportedOperationException("to be built");
            case Crossing.MovedMessage moved -> messages.take(moved);
            // A courier that forgot the body; the entry stays where it is.
            case Crossing.ParkedMessage _ -> false;
          };
      if (!took) {
        break;
      }
      taken.add(entry);
    }
    Reply reply = OutboxRules.taken(state.crossing(), command, taken);
    if (taken.isEmpty()) {
      return Decision.reply(reply);
    }
    List<Change> changes = definitions.changes();
    changes.add(OutboxRules.advance(command, taken));
    return new Decision(reply, changes, effects(messages, command.source()));
  }

  private static List<Effect> effects(MovedMessageRules messages, PartitionId source) {
    List<Effect> effects = new ArrayList<>(messages.effects());
    if (messages.sentBack()) {
      effects.add(new OutboxGrew(source));
    }
    return effects;
  }
}
