package io.tern.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.Decision;
import io.tern.state.Entry;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicChange;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.TopicDefinitionChange;
import io.tern.state.TopicId;
import io.tern.state.catalogue.SubscriptionState;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.Notification;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Follows published messages of a cluster whose topics come and go: each goes to whom the topic's
 * version says, arrives once, and from a FIFO topic in order.
 */
final class FanOuts implements Judge {
  private record Version(TopicId topic, long version) {}

  private record Way(SubscriptionId subscription, Bytes content) {}

  private record Lane(QueueId queue, TopicId topic, String group) {}

  /** How often a message may come to a subscription, how often it must, and did. */
  private static final class Due {
    final Set<QueueId> targets = new HashSet<>();
    final List<Set<QueueId>> ways = new ArrayList<>();
    int times;
    int arrived;
  }

  private final History queues;
  private final Map<TopicId, TreeSet<SubscriptionId>> confirmed = new HashMap<>();
  private final Map<Version, Set<SubscriptionId>> versions = new HashMap<>();
  private final Map<TopicId, Long> installed = new HashMap<>();
  private final PublishedBodies bodies = new PublishedBodies();
  private final Map<Way, Due> dues = new HashMap<>();
  private final Map<Bytes, List<SubscriptionId>> inForce = new HashMap<>();
  private final Map<Lane, Long> newest = new HashMap<>();
  private final Set<Bytes> taken = new HashSet<>();
  private final Set<Bytes> once = new HashSet<>();
  private int published;
  private int arrived;

  FanOuts(History queues) {
    this.queues = queues;
  }

  int published() {
    return published;
  }

  int arrived() {
    return arrived;
  }

  @Override
  public void applied(PartitionId partition, Entry entry, List<Decision> decisions) {
    for (int i = 0; i < decisions.size(); i++) {
      Decision decision = decisions.get(i);
      if (entry.commands().get(i) instanceof Publish publish
          && decision.reply() instanceof Reply.MessageAccepted) {
        accepted(publish);
      }
      for (Change change : decision.changes()) {
        if (change instanceof TopicDefinitionChange definition) {
          define(definition);
        } else if (change instanceof TopicChange topic) {
          follow(partition, topic);
        }
      }
    }
  }

  private void define(TopicDefinitionChange change) {
    switch (change) {
      case TopicDefinitionChange.SubscriptionDefined c -> {
        Set<SubscriptionId> of = of(c.definition().topic());
        if (c.definition().state() == SubscriptionState.CONFIRMED) {
          of.add(c.definition().subscription());
        } else {
          of.remove(c.definition().subscription());
        }
      }
      case TopicDefinitionChange.SubscriptionUndefined c -> of(c.topic()).remove(c.subscription());
      case TopicDefinitionChange.TopicDefined c ->
          versions.put(
              new Version(c.definition().topic(), c.definition().version()),
              Set.copyOf(of(c.definition().topic())));
      case TopicDefinitionChange.TopicUndefined _ -> {}
      case TopicDefinitionChange.ResourceDefined _, TopicDefinitionChange.ResourceUndefined _ -> {}
      case TopicDefinitionChange.SigningKeyAdded _ -> {}
    }
  }

  private Set<SubscriptionId> of(TopicId topic) {
    return confirmed.computeIfAbsent(topic, _ -> new TreeSet<>());
  }

  private void accepted(Publish publish) {
    published++;
    taken.add(publish.content());
    assertThat(publish.version())
        .as("published to subscribers of an old version: %s", publish)
        .isGreaterThanOrEqualTo(installed.getOrDefault(publish.topic(), 0L));
    if (publish.deduplication() != null) {
      assertThat(once.add(publish.content())).as("a publish taken twice: %s", publish).isTrue();
    }
    Set<SubscriptionId> missing =
        new HashSet<>(
            versions.getOrDefault(new Version(publish.topic(), publish.version()), Set.of()));
    for (FanOutTarget target : publish.targets()) {
      assertThat(missing.remove(target.subscription()))
          .as("published to who did not subscribe: %s", target)
          .isTrue();
      Due due =
          dues.computeIfAbsent(new Way(target.subscription(), publish.content()), _ -> new Due());
      due.times++;
      due.targets.add(target.queue());
      due.ways.add(isShared(target, publish.targets()) ? Set.of() : there(target));
    }
    checkInForce(publish);
    assertThat(missing.isEmpty() || queues.wasAnyUndefined())
        .as("subscribers left out: %s of %s", missing, publish)
        .isTrue();
  }

  /** Of two ways into one FIFO queue, the second brings what is there already. */
  private static boolean isShared(FanOutTarget target, List<FanOutTarget> targets) {
    return target.deduplication() != null
        && targets.stream()
            .filter(other -> !other.subscription().equals(target.subscription()))
            .anyMatch(other -> !Collections.disjoint(ends(target), ends(other)));
  }

  private static Set<QueueId> ends(FanOutTarget target) {
    Set<QueueId> ends = new HashSet<>();
    ends.add(target.queue());
    if (target.deadLetter() != null) {
      ends.add(target.deadLetter().queue());
    }
    return ends;
  }

  /** Queues that take it if they stay: where it goes, and what takes its place. */
  private Set<QueueId> there(FanOutTarget target) {
    Set<QueueId> there = ends(target);
    there.removeIf(queue -> !queues.isInstalled(queue));
    return there;
  }

  private void follow(PartitionId partition, TopicChange change) {
    switch (change) {
      case TopicChange.BodyStored c -> bodies.stored(partition, c);
      case TopicChange.NotificationStored c -> arrived(partition, c);
      case TopicChange.TopicInstalled c -> installed.put(c.topic(), c.version());
      case TopicChange.TopicRemoved _, TopicChange.BodiesForgotten _ -> {}
      case TopicChange.PublishRemembered _, TopicChange.PublishesForgotten _ -> {}
      case TopicChange.ReplayChanged _, TopicChange.ReplayRemoved _ -> {}
      case TopicChange.BodiesChecked _ -> {}
    }
  }

  private void arrived(PartitionId partition, TopicChange.NotificationStored stored) {
    arrived++;
    Notification refers = stored.notification();
    Bytes content = bodies.of(partition, refers);
    Due due = dues.get(new Way(refers.subscription(), content));
    if (due == null) {
      throw new AssertionError("A message arrived that nobody published: " + stored);
    }
    due.arrived++;
    assertThat(due.arrived)
        .as("a published message taken twice: %s", stored)
        .isLessThanOrEqualTo(due.times);
    if (refers.sequence() != Notification.NO_SEQUENCE && due.targets.contains(stored.queue())) {
      Long before =
          newest.put(new Lane(stored.queue(), refers.topic(), stored.group()), refers.sequence());
      assertThat(before == null || before < refers.sequence() || !queues.isFifo(stored.queue()))
          .as("published messages change their order: %s after %s", stored, before)
          .isTrue();
    }
  }

  /** A publish begins now; these subscriptions to its topic were acknowledged before. */
  void invoked(Bytes content, List<SubscriptionId> subscriptions) {
    inForce.put(content, subscriptions);
  }

  private void checkInForce(Publish publish) {
    Set<SubscriptionId> matched =
        versions.getOrDefault(new Version(publish.topic(), publish.version()), Set.of());
    for (SubscriptionId subscription : inForce.getOrDefault(publish.content(), List.of())) {
      assertThat(matched.contains(subscription) || !of(publish.topic()).contains(subscription))
          .as("%s was in force before %s", subscription, publish)
          .isTrue();
    }
  }

  void assertAcknowledged(List<Bytes> contents) {
    assertThat(taken).as("acknowledged publishes").containsAll(contents);
  }

  private static String text(Bytes content) {
    return new String(content.array(), UTF_8);
  }

  /** When all is quiet: whoever is there has got what was published to it. */
  void assertDelivered() {
    dues.forEach((way, due) -> {
      long least =
          due.ways.stream()
              .filter(there -> there.stream().anyMatch(queue -> !queues.wasUndefined(queue)))
              .count();
      assertThat((long) due.arrived)
          .as("what %s got of what was published: %s", way, text(way.content()))
          .isBetween(least, (long) due.times);
    });
  }
}
