package io.tern.state.partition;

import io.tern.state.Change;
import io.tern.state.Command.AcceptDeliveries;
import io.tern.state.Decision;
import io.tern.state.Effect;
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
    TopicRules topics = new TopicRules(state, definitions.changes());
    Intake intake = new Intake(state, definitions);
    Parking parking = new Parking(state);
    List<Effect> effects = new ArrayList<>();
    MovedMessageRules messages =
        new MovedMessageRules(state, definitions, intake, parking, effects, command.source());
    FanOutRules fanOuts = new FanOutRules(state, definitions, intake, parking, effects);
    List<OutboxEntry> taken = new ArrayList<>(fresh.size());
    for (OutboxEntry entry : fresh) {
      boolean took =
          switch (entry.crossing()) {
            case Crossing.InstallQueue install -> definitions.install(install);
            case Crossing.RemoveQueue remove -> definitions.remove(remove.queue());
            case TopicCrossing.InstallTopic install -> topics.install(install);
            case TopicCrossing.RemoveTopic remove -> topics.remove(remove.topic());
            case TopicCrossing.InstallReplay install -> topics.installReplay(install);
            case TopicCrossing.RemoveReplay remove -> topics.removeReplay(remove);
            case TopicCrossing.CarriedFanOut carried -> fanOuts.take(carried);
            case Crossing.MovedMessage moved -> messages.take(moved);
            // A courier that forgot the body; the entry stays where it is.
            case Crossing.ParkedMessage _, TopicCrossing.FanOut _ -> false;
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
    effects.addAll(parking.effects());
    return new Decision(reply, changes, effects);
  }
}
