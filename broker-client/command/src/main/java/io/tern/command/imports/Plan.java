package io.tern.command.imports;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a configuration file of another broker asks for, in terms of the API. The readers make it,
 * {@link Importing} carries it out.
 *
 * @param notes what the file says and Tern cannot do, a sentence each
 */
record Plan(
    String format,
    List<Queue> queues,
    List<Topic> topics,
    List<Subscription> subscriptions,
    List<String> notes) {
  Plan {
    queues = List.copyOf(queues);
    topics = List.copyOf(topics);
    subscriptions = List.copyOf(subscriptions);
    notes = List.copyOf(notes);
  }

  /** Where a queue's messages go that were received too often. */
  record DeadLetters(String queue, int maxReceives) {}

  record Queue(
      String name,
      Map<String, String> attributes,
      Optional<DeadLetters> deadLetters,
      Map<String, String> tags) {
    Queue {
      attributes = new LinkedHashMap<>(attributes);
      tags = new LinkedHashMap<>(tags);
    }
  }

  record Topic(String name) {}

  /**
   * @param queue name of a queue, empty for another endpoint
   * @param endpoint of that protocol, empty for a queue
   */
  record Subscription(
      String topic,
      String queue,
      String protocol,
      String endpoint,
      Map<String, String> attributes) {
    Subscription {
      attributes = new LinkedHashMap<>(attributes);
    }

    /** For people: whom it serves. */
    String target() {
      return queue.isEmpty() ? endpoint : queue;
    }
  }

  /** Names of dead-letter queues and subscribed queues that the file does not define. */
  List<String> queuesOutside() {
    Set<String> defined = new HashSet<>();
    queues.forEach(queue -> defined.add(queue.name()));
    List<String> outside = new ArrayList<>();
    for (Queue queue : queues) {
      queue
          .deadLetters()
          .map(DeadLetters::queue)
          .filter(name -> defined.add(name))
          .ifPresent(outside::add);
    }
    for (Subscription each : subscriptions) {
      if (!each.queue().isEmpty() && defined.add(each.queue())) {
        outside.add(each.queue());
      }
    }
    return outside;
  }

  /**
   * The queues in an order in which each comes after its dead-letter queue.
   *
   * @throws IllegalArgumentException when there is none
   */
  List<Queue> queuesInOrder() {
    Map<String, Queue> left = new LinkedHashMap<>();
    queues.forEach(queue -> left.put(queue.name(), queue));
    List<Queue> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      List<Queue> free =
          left.values().stream()
              .filter(queue ->
                  queue
                      .deadLetters()
                      .filter(letters -> left.containsKey(letters.queue()))
                      .isEmpty())
              .toList();
      if (free.isEmpty()) {
        throw new IllegalArgumentException(
            "these queues are dead-letter queues of each other: "
                + String.join(", ", left.keySet()));
      }
      free.forEach(queue -> left.remove(queue.name()));
      ordered.addAll(free);
    }
    return ordered;
  }
}
