package io.tern.state.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Delivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One receive of the model. Where the promises leave a choice, it follows the machine's, if that is
 * an allowed one.
 */
final class NaiveReceive {
  final List<Delivery> deliveries = new ArrayList<>();
  final List<NaiveMessage> parked = new ArrayList<>();
  private final NaiveQueue queue;
  private final int max;
  private final long visibility;
  private final long now;
  private final long wall;

  NaiveReceive(NaiveQueue queue, int max, long visibility, long now, long wall) {
    this.queue = queue;
    this.max = max;
    this.visibility = visibility < 0 ? queue.settings.visibilityMillis() : visibility;
    this.now = now;
    this.wall = wall;
  }

  /** Any visible message, each group's oldest first. */
  void standard(List<Long> chosen) {
    List<NaiveMessage> visible =
        new ArrayList<>(queue.messages.stream().filter(m -> !m.isHidden(now)).toList());
    boolean alone = visible.stream().allMatch(m -> m.group.isEmpty());
    for (long number : chosen) {
      assertThat(deliveries).as("more than asked for").hasSizeLessThan(max);
      NaiveMessage message =
          visible.stream().filter(m -> m.number == number).findFirst().orElseThrow();
      assertThat(visible.stream().filter(m -> alone || m.group.equals(message.group)).findFirst())
          .as("the oldest first")
          .contains(message);
      visible.remove(message);
      take(message);
    }
    if (deliveries.size() < max) {
      assertThat(visible).as("messages not found").isEmpty();
    }
  }

  /** One group after the other in their turn; of each what comes before its first hidden one. */
  void fifo(List<Long> chosen, long expiredUpTo) {
    List<Set<String>> ranks = queue.turns.copy();
    Map<Long, String> groups = new HashMap<>();
    Map<String, List<NaiveMessage>> prefixes = new HashMap<>();
    for (NaiveMessage message : queue.messages) {
      groups.put(message.number, message.group);
      prefixes.put(message.group, queue.prefix(message.group, now));
    }
    List<String> order = new ArrayList<>();
    for (long number : chosen) {
      String group = groups.get(number);
      if (group != null && (order.isEmpty() || !order.getLast().equals(group))) {
        order.add(group);
      }
    }
    for (Set<String> rank : ranks) {
      rank.removeIf(group ->
          prefixes.getOrDefault(group, List.of()).stream().allMatch(m -> m.number <= expiredUpTo));
      while (!rank.isEmpty() && deliveries.size() < max) {
        String group =
            !order.isEmpty() && rank.contains(order.getFirst())
                ? order.removeFirst()
                : rank.iterator().next();
        rank.remove(group);
        serve(prefixes.getOrDefault(group, List.of()), expiredUpTo);
      }
    }
  }

  private void serve(List<NaiveMessage> prefix, long expiredUpTo) {
    int before = deliveries.size();
    for (NaiveMessage message : prefix) {
      if (deliveries.size() < max && message.number > expiredUpTo) {
        take(message);
      }
    }
    if (deliveries.size() > before) {
      queue.turns.served(prefix.getFirst().group);
    }
  }

  private void take(NaiveMessage message) {
    if (queue.isDead(message)) {
      parked.add(message);
      return;
    }
    message.receive(now + visibility, now, wall);
    deliveries.add(new Delivery(message.number, message.receiveCount, message.firstReceivedMillis));
  }

  long visibility() {
    return visibility;
  }
}
