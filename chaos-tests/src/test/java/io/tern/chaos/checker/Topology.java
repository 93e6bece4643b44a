package io.tern.chaos.checker;

import io.tern.chaos.history.Call.DeleteQueue;
import io.tern.chaos.history.Call.Purge;
import io.tern.chaos.history.Call.SetAttribute;
import io.tern.chaos.history.Call.StartMove;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.QueueFact;
import io.tern.chaos.history.SubscriptionFact;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which queues there are, which way messages can go between them, and what was done to whole
 * queues. Checkers ask it for excuses.
 */
final class Topology {
  private final Map<String, QueueFact> facts = new LinkedHashMap<>();
  private final Map<String, Set<String>> next = new HashMap<>();
  private final Map<String, Set<String>> previous = new HashMap<>();
  private final Map<String, List<Operation>> emptyings = new HashMap<>();
  private final Map<String, List<Operation>> moves = new HashMap<>();
  private final Map<String, List<SubscriptionFact>> subscriptions = new HashMap<>();
  private final Map<String, Long> emptied = new HashMap<>();
  private final Set<String> deleted = new HashSet<>();
  private final Set<String> changed = new HashSet<>();
  private final Set<String> movedInto = new HashSet<>();
  private final Set<String> deadLetterQueues = new HashSet<>();
  private final Map<String, Set<String>> reached = new HashMap<>();
  private final Map<String, Set<String>> sources = new HashMap<>();

  private Topology() {}

  static Topology of(History history) {
    Topology topology = new Topology();
    for (QueueFact fact : history.queues()) {
      topology.facts.put(fact.name(), fact);
      if (fact.deadLetterQueue() != null) {
        topology.deadLetterQueues.add(fact.deadLetterQueue());
        topology.link(fact.name(), fact.deadLetterQueue());
      }
    }
    for (SubscriptionFact subscription : history.subscriptions()) {
      topology
          .subscriptions
          .computeIfAbsent(subscription.queue(), _ -> new ArrayList<>())
          .add(subscription);
    }
    for (Operation operation : history.operations()) {
      if (operation.mayHaveHappened()) {
        topology.add(operation);
      }
    }
    return topology;
  }

  private void add(Operation operation) {
    String target = operation.call().target();
    if (operation.call() instanceof Purge || operation.call() instanceof DeleteQueue) {
      emptyings.computeIfAbsent(target, _ -> new ArrayList<>()).add(operation);
      emptied.merge(target, Times.latestEffect(operation), Math::max);
      if (operation.call() instanceof DeleteQueue) {
        deleted.add(target);
      }
    } else if (operation.call() instanceof SetAttribute attribute) {
      changed.add(target + " " + attribute.name());
    } else if (operation.call() instanceof StartMove move) {
      moves.computeIfAbsent(target, _ -> new ArrayList<>()).add(operation);
      for (String destination : destinations(move)) {
        movedInto.add(destination);
        link(target, destination);
      }
    }
  }

  /** Where a move task takes messages: to one queue, or to all whose dead letters they may be. */
  Collection<String> destinations(StartMove move) {
    if (move.destination() != null) {
      return List.of(move.destination());
    }
    return deadLetterSources(move.target()).stream().map(QueueFact::name).toList();
  }

  private void link(String from, String to) {
    next.computeIfAbsent(from, _ -> new LinkedHashSet<>()).add(to);
    previous.computeIfAbsent(to, _ -> new LinkedHashSet<>()).add(from);
  }

  Collection<QueueFact> queues() {
    return facts.values();
  }

  @Nullable QueueFact fact(String queue) {
    return facts.get(queue);
  }

  boolean isFifo(String queue) {
    QueueFact fact = facts.get(queue);
    return fact != null ? fact.fifo() : queue.endsWith(".fifo");
  }

  /** Whether it may have been deleted during the run, and made again. */
  boolean isDeleted(String queue) {
    return deleted.contains(queue);
  }

  /** Whether the attribute may have been changed during the run, so that its fact may not hold. */
  boolean isChanged(String queue, String attribute) {
    return changed.contains(queue + " " + attribute);
  }

  boolean hasDeadLetterQueue(String queue) {
    QueueFact fact = facts.get(queue);
    return fact != null && fact.deadLetterQueue() != null;
  }

  boolean isDeadLetterQueue(String queue) {
    return deadLetterQueues.contains(queue);
  }

  List<SubscriptionFact> subscriptions(String queue) {
    return subscriptions.getOrDefault(queue, List.of());
  }

  /** Whether a topic's messages may get there. */
  boolean isFed(String queue) {
    return sources(queue).stream().anyMatch(subscriptions::containsKey);
  }

  /** Move tasks out of the queue. */
  List<Operation> moves(String queue) {
    return moves.getOrDefault(queue, List.of());
  }

  /** Whether a move task may bring messages there. */
  boolean isMovedInto(String queue) {
    return movedInto.contains(queue);
  }

  /** Move tasks out of any queue. */
  Collection<List<Operation>> moves() {
    return moves.values();
  }

  /** Purges and deletions of the queue. */
  List<Operation> emptyings(String queue) {
    return emptyings.getOrDefault(queue, List.of());
  }

  /** Whether the queue or one that its messages may go to was emptied after that time. */
  boolean mayBeEmptied(String queue, long since) {
    for (String reachable : reach(queue)) {
      if (emptied.getOrDefault(reachable, Long.MIN_VALUE) > since) {
        return true;
      }
    }
    return false;
  }

  /** The queue and those that its messages may go to, as dead letters or by move tasks. */
  Set<String> reach(String queue) {
    return reached.computeIfAbsent(queue, q -> closure(q, next));
  }

  /** The queue and those that its messages may come from. */
  Set<String> sources(String queue) {
    return sources.computeIfAbsent(queue, q -> closure(q, previous));
  }

  /** Queues whose dead letters come here. */
  List<QueueFact> deadLetterSources(String queue) {
    return facts.values().stream().filter(f -> queue.equals(f.deadLetterQueue())).toList();
  }

  private static Set<String> closure(String queue, Map<String, Set<String>> edges) {
    Set<String> found = new LinkedHashSet<>(List.of(queue));
    Deque<String> open = new ArrayDeque<>(found);
    while (!open.isEmpty()) {
      for (String neighbour : edges.getOrDefault(open.pop(), Set.of())) {
        if (found.add(neighbour)) {
          open.push(neighbour);
        }
      }
    }
    return found;
  }
}
