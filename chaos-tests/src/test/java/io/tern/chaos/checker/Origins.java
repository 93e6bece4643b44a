package io.tern.chaos.checker;

import io.tern.chaos.history.Call.Publish;
import io.tern.chaos.history.Call.Send;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.SubscriptionFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where messages may come from: sends and publishes by target and body, refused ones too. */
final class Origins {
  private record Key(String target, String body) {}

  private final Topology topology;
  private final Map<Key, List<Operation>> attempts = new HashMap<>();

  private Origins(Topology topology) {
    this.topology = topology;
  }

  static Origins of(History history, Topology topology) {
    Origins origins = new Origins(topology);
    for (Operation operation : history.operations()) {
      if (operation.call() instanceof Send send) {
        origins.add(new Key(send.target(), send.body()), operation);
      } else if (operation.call() instanceof Publish publish) {
        origins.add(new Key(publish.target(), publish.body()), operation);
      }
    }
    return origins;
  }

  private void add(Key key, Operation operation) {
    attempts.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(operation);
  }

  /** Sends of the body to the queue, or publishes of it to the topic. */
  List<Operation> attempts(String target, String body) {
    return attempts.getOrDefault(new Key(target, body), List.of());
  }

  /** What the delivery may have begun as, here or in a queue from which messages come here. */
  List<Operation> of(Seen seen) {
    Map<Long, Operation> found = new LinkedHashMap<>(1);
    for (String queue : topology.sources(seen.queue())) {
      attempts(queue, seen.delivery().body()).forEach(o -> found.put(o.id(), o));
      List<SubscriptionFact> subscriptions = topology.subscriptions(queue);
      if (!subscriptions.isEmpty()) {
        String text = Copy.of(seen.delivery().body()).text();
        for (SubscriptionFact subscription : subscriptions) {
          attempts(subscription.topic(), text).forEach(o -> found.put(o.id(), o));
        }
      }
    }
    return List.copyOf(found.values());
  }

  /** When the body was first tried, refused tries left out; {@link Times#NEVER} if it was not. */
  long firstTried(String target, String body) {
    return attempts(target, body).stream()
        .filter(Operation::mayHaveHappened)
        .mapToLong(Operation::invokedNanos)
        .min()
        .orElse(Times.NEVER);
  }
}
