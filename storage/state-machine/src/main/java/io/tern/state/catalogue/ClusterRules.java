package io.tern.state.catalogue;

import io.tern.state.CatalogueImage.Deletion;
import io.tern.state.Change;
import io.tern.state.Change.ClusterInitialized;
import io.tern.state.Change.DeletionForgotten;
import io.tern.state.Command.AcceptDeliveries;
import io.tern.state.Command.InitializeCluster;
import io.tern.state.Decision;
import io.tern.state.Rejections;
import io.tern.state.Reply;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.crossing.OutboxRules;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.ArrayList;
import java.util.List;

/** Decides what concerns the catalogue as a whole; called by its machine. */
final class ClusterRules {
  private ClusterRules() {}

  /** The first one counts; later ones, from nodes that lost the race, change nothing. */
  static Decision initialize(CatalogueView state, InitializeCluster command) {
    if (state.dataPartitions() > 0) {
      return Decision.reply(new Reply.Done());
    }
    if (command.dataPartitions() < 1) {
      return Rejections.of(
          ErrorCode.INVALID_PARAMETER_VALUE, "A cluster has at least one data partition.");
    }
    return Decision.done(
        List.of(new ClusterInitialized(command.sealingKey(), command.dataPartitions())));
  }

  /** The catalogue holds no messages: what is handed to it is taken and has no further meaning. */
  static Decision accept(CatalogueView state, AcceptDeliveries command) {
    List<OutboxEntry> fresh =
        state.crossing().fresh(command.source(), command.previous(), command.entries());
    Reply taken = OutboxRules.taken(state.crossing(), command, fresh);
    return fresh.isEmpty()
        ? Decision.reply(taken)
        : Decision.of(taken, List.of(OutboxRules.advance(command, fresh)));
  }

  /** Forgets a bounded number of what has outlived its time. */
  static Decision tick(CatalogueView state) {
    long old = state.clock().queueMillis() - Limits.PURGE_INTERVAL_MILLIS;
    List<Change> changes = new ArrayList<>();
    for (Deletion deletion : state.deletionsUpTo(old, Limits.TICK_QUEUES)) {
      changes.add(new DeletionForgotten(deletion.name()));
    }
    changes.addAll(SubscriptionRules.forget(state));
    return Decision.done(changes);
  }
}
