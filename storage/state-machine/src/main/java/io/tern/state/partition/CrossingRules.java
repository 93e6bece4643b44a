package io.tern.state.partition;

import io.tern.state.Change;
import io.tern.state.Command.AcceptDeliveries;
import io.tern.state.Decision;
import io.tern.state.Reply;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.crossing.OutboxRules;
import java.util.List;

/** Decides what a delivery from another partition's outbox changes here; called by the machine. */
final class CrossingRules {
  private CrossingRules() {}

  static Decision accept(PartitionView state, AcceptDeliveries command) {
    List<OutboxEntry> fresh =
        state.crossing().fresh(command.source(), command.previous(), command.entries());
    Reply taken = OutboxRules.taken(state.crossing(), command, fresh);
    if (fresh.isEmpty()) {
      return Decision.reply(taken);
    }
    DefinitionRules definitions = new DefinitionRules(state);
    for (OutboxEntry entry : fresh) {
      definitions.take(entry.crossing());
    }
    List<Change> changes = definitions.changes();
    changes.add(OutboxRules.advance(command, fresh));
    return Decision.of(taken, changes);
  }
}
