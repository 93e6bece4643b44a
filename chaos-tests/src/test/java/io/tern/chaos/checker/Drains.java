package io.tern.chaos.checker;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call.ChangeVisibility;
import io.tern.chaos.history.Call.Publish;
import io.tern.chaos.history.Call.Receive;
import io.tern.chaos.history.Call.Send;
import io.tern.chaos.history.Call.StartMove;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.QueueFact;
import io.tern.chaos.history.SubscriptionFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which queues were certainly read to the end: an empty answer came after everything that may have
 * hidden a message was over. Only then is a message that nobody saw a lost one.
 */
final class Drains {
  /** How long a courier or a move task may take when nothing is wrong. */
  private static final long CROSSING = 2 * Times.SECOND;

  private static final long MOVING = 5 * Times.SECOND;

  private record Empty(long asOf, long ended) {}

  private final Topology topology;
  private final long lastRecovery;
  private final Map<String, Long> busyUntil = new HashMap<>();
  private final Map<String, List<Empty>> empties = new HashMap<>();
  private final Map<String, Long> settled = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  private Drains(Topology topology, long lastRecovery) {
    this.topology = topology;
    this.lastRecovery = lastRecovery;
  }

  static Drains of(History history, Topology topology, Trails trails) {
    Drains drains = new Drains(topology, Times.lastRecovery(history));
    Map<String, Set<String>> subscribers = new HashMap<>();
    for (SubscriptionFact subscription : history.subscriptions()) {
      subscribers
          .computeIfAbsent(subscription.topic(), _ -> new HashSet<>())
          .add(subscription.queue());
    }
    for (Operation operation : history.operations()) {
      if (operation.mayHaveHappened()) {
        drains.add(operation, trails, subscribers);
      }
    }
    return drains;
  }

  private void add(Operation operation, Trails trails, Map<String, Set<String>> subscribers) {
    String target = operation.call().target();
    long effect = operation.endedNanos();
    if (!operation.isOk()) {
      effect = Math.max(effect, lastRecovery);
    }
    if (operation.call() instanceof Receive receive) {
      received(operation, receive, effect, trails);
    } else if (operation.call() instanceof Send send) {
      busy(target, effect + Math.max(send.delaySeconds(), delay(target)) * Times.SECOND);
    } else if (operation.call() instanceof Publish) {
      for (String queue : subscribers.getOrDefault(target, Set.of())) {
        busy(queue, effect + CROSSING + delay(queue) * Times.SECOND);
      }
    } else if (operation.call() instanceof ChangeVisibility change) {
      if (!isDeleted(trails, change.messageId(), change.receipt())) {
        busy(target, effect + change.visibilitySeconds() * Times.SECOND);
      }
    } else if (operation.call() instanceof StartMove move) {
      for (String destination : topology.destinations(move)) {
        busy(destination, effect + MOVING + delay(destination) * Times.SECOND);
      }
    }
  }

  private void received(Operation operation, Receive receive, long effect, Trails trails) {
    if (!(operation.answer() instanceof Answer.Received received)) {
      busy(receive.target(), effect + receive.visibilitySeconds() * Times.SECOND);
    } else if (received.deliveries().isEmpty()) {
      long waited = operation.invokedNanos() + receive.waitSeconds() * Times.SECOND;
      long asOf = waited <= operation.endedNanos() ? waited : operation.invokedNanos();
      empties
          .computeIfAbsent(receive.target(), _ -> new ArrayList<>())
          .add(new Empty(asOf, operation.endedNanos()));
    } else if (!received.deliveries().stream()
        .allMatch(d -> isDeleted(trails, d.messageId(), d.receipt()))) {
      busy(receive.target(), effect + receive.visibilitySeconds() * Times.SECOND);
    }
  }

  private static boolean isDeleted(Trails trails, String id, String receipt) {
    Trail trail = trails.of(id);
    return trail != null
        && trail.withReceipt(receipt).map(trail::isDeletedBy).orElse(Boolean.FALSE);
  }

  private void busy(String queue, long until) {
    busyUntil.merge(queue, until, Math::max);
  }

  private long delay(String queue) {
    QueueFact fact = topology.fact(queue);
    return fact == null ? 0 : fact.delaySeconds();
  }

  /** Whether the queue and all that its messages may go to were read to the end. */
  boolean isDrained(String queue) {
    return topology.reach(queue).stream().allMatch(q -> settledAt(q) != Times.NEVER);
  }

  /** When the queue was known to be empty for good. */
  private long settledAt(String queue) {
    Long known = settled.get(queue);
    if (known != null) {
      return known;
    }
    if (!open.add(queue)) {
      // Queues that are each other's dead-letter queues: no workload has them.
      return Times.ALWAYS;
    }
    long busy = busyUntil.getOrDefault(queue, Times.ALWAYS);
    for (QueueFact source : topology.deadLetterSources(queue)) {
      long at = settledAt(source.name());
      busy = Math.max(busy, at == Times.NEVER ? Times.NEVER : at + CROSSING);
    }
    long quiet = busy == Times.NEVER ? busy : busy + Times.tolerance(0);
    long at =
        empties.getOrDefault(queue, List.of()).stream()
            .filter(empty -> empty.asOf() >= quiet)
            .mapToLong(Empty::ended)
            .min()
            .orElse(Times.NEVER);
    open.remove(queue);
    settled.put(queue, at);
    return at;
  }
}
