package io.tern.chaos.checker;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call.ChangeVisibility;
import io.tern.chaos.history.Call.Delete;
import io.tern.chaos.history.Call.Send;
import io.tern.chaos.history.Delivery;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A history by message id. Ids are unique over all queues; a dead letter keeps its own, a message
 * that a move task takes gets a new one. Most checkers begin here.
 */
final class Trails {
  private final Map<String, Trail> trails = new LinkedHashMap<>();

  private Trails() {}

  static Trails of(History history) {
    Trails trails = new Trails();
    for (Operation operation : history.operations()) {
      trails.add(operation);
    }
    for (Trail trail : trails.trails.values()) {
      trail.sort();
    }
    return trails;
  }

  private void add(Operation operation) {
    if (operation.answer() instanceof Answer.Received received) {
      List<Delivery> deliveries = received.deliveries();
      for (int i = 0; i < deliveries.size(); i++) {
        Seen seen = new Seen(operation, deliveries.get(i), i);
        trail(seen.id()).seen().add(seen);
      }
    } else if (operation.call() instanceof Send
        && operation.answer() instanceof Answer.Stored stored) {
      trail(stored.messageId()).stored().add(operation);
    } else if (operation.mayHaveHappened() && operation.call() instanceof Delete delete) {
      trail(delete.messageId()).deletes().add(operation);
    } else if (operation.mayHaveHappened() && operation.call() instanceof ChangeVisibility change) {
      trail(change.messageId()).changes().add(operation);
    }
  }

  private Trail trail(String id) {
    return trails.computeIfAbsent(id, Trail::new);
  }

  Collection<Trail> all() {
    return trails.values();
  }

  @Nullable Trail of(String id) {
    return trails.get(id);
  }
}
