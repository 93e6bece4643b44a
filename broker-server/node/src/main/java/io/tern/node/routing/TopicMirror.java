package io.tern.node.routing;

import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.catalogue.TopicDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The catalogue's topics as this node's replica knows them; a part of {@link CatalogueMirror}. One
 * thread writes, any thread reads.
 */
public final class TopicMirror {
  private final ConcurrentSkipListMap<TopicName, TopicDefinition> byName =
      new ConcurrentSkipListMap<>();
  private final Map<TopicId, TopicDefinition> byId = new ConcurrentHashMap<>();
  private final List<TopicListener> listeners = new CopyOnWriteArrayList<>();

  /** Of the entry that is being applied; only its thread knows them. */
  private final Set<TopicId> changed = new LinkedHashSet<>();

  TopicMirror() {}

  /** The listener is told of changes after this call. */
  public void listen(TopicListener listener) {
    listeners.add(listener);
  }

  public void forget(TopicListener listener) {
    listeners.remove(listener);
  }

  public Optional<TopicDefinition> find(TopicName name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Optional<TopicDefinition> find(TopicId topic) {
    return Optional.ofNullable(byId.get(topic));
  }

  /** Topics of that region and account, by name, after the one given. */
  public List<TopicDefinition> list(String region, String account, String after, int most) {
    List<TopicDefinition> found = new ArrayList<>();
    TopicName from = new TopicName(region, account, after);
    for (TopicDefinition topic : byName.tailMap(from, false).values()) {
      TopicName name = topic.name();
      if (found.size() == most
          || !name.region().equals(region)
          || !name.account().equals(account)) {
        break;
      }
      found.add(topic);
    }
    return found;
  }

  void define(TopicDefinition topic) {
    byId.put(topic.topic(), topic);
    byName.put(topic.name(), topic);
    changed.add(topic.topic());
  }

  void undefine(TopicId topic) {
    TopicDefinition known = byId.remove(topic);
    if (known != null) {
      byName.remove(known.name(), known);
    }
    changed.add(topic);
  }

  /** A subscription of the topic changed. */
  void touched(TopicId topic) {
    changed.add(topic);
  }

  /** The topics of a checkpoint are all that there are. */
  void load(Collection<TopicDefinition> topics) {
    Set<TopicId> gone = new HashSet<>(byId.keySet());
    for (TopicDefinition topic : topics) {
      define(topic);
      gone.remove(topic.topic());
    }
    gone.forEach(this::undefine);
  }

  /** The mirror has all of an entry. */
  void entryEnded() {
    if (changed.isEmpty()) {
      return;
    }
    for (TopicListener listener : listeners) {
      changed.forEach(listener::onSubscriptionsChanged);
    }
    changed.clear();
  }
}
