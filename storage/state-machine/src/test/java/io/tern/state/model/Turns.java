package io.tern.state.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * In which turn a FIFO queue's groups are served. A group that can be served goes behind those that
 * could be before; between groups that became so at once there is no rule.
 */
final class Turns {
  private final List<Set<String>> ranks = new ArrayList<>();

  /** The ranks as they are, to be taken from. */
  List<Set<String>> copy() {
    List<Set<String>> copy = new ArrayList<>();
    for (Set<String> rank : ranks) {
      copy.add(new LinkedHashSet<>(rank));
    }
    return copy;
  }

  /** A group just served goes behind the others. */
  void served(String group) {
    ranks.forEach(rank -> rank.remove(group));
  }

  void refresh(NaiveQueue queue, long now) {
    Set<String> news = new TreeSet<>();
    for (NaiveMessage message : queue.messages) {
      news.add(message.group);
    }
    news.removeIf(group -> queue.prefix(group, now).isEmpty());
    for (Set<String> rank : ranks) {
      rank.retainAll(news);
    }
    for (Set<String> rank : ranks) {
      news.removeAll(rank);
    }
    ranks.removeIf(Set::isEmpty);
    if (!news.isEmpty()) {
      ranks.add(news);
    }
  }
}
