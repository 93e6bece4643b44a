package io.tern.chaos.checker;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call.Publish;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.SubscriptionFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A published message reaches every subscription whose filter takes it, once, and no other; one in
 * doubt reaches all of them or none. Run by {@link Judgement}.
 */
public final class FanOutChecker implements Checker {
  /** What of one text came out of one subscribed queue: ids there, and of the publishes if told. */
  private record Copies(Set<String> ids, Map<String, Set<String>> byPublish) {
    Copies() {
      this(new HashSet<>(1), new HashMap<>(1));
    }
  }

  private record Place(String queue, String text) {}

  private record Message(String topic, String text) {}

  @Override
  public String name() {
    return "fan-out";
  }

  @Override
  public Verdict check(History history) {
    return new Search(history).verdict(this);
  }

  private static String deduplication(Operation operation) {
    return operation.call() instanceof Publish publish
        ? publish.group() + " " + publish.deduplicationId()
        : "";
  }

  /** One pass over one history. */
  private static final class Search {
    private static final Copies NONE = new Copies();

    private final History history;
    private final Findings findings = new Findings();
    private final Topology topology;
    private final Trails trails;
    private final Origins origins;
    private final Drains drains;
    private final long lastRecovery;
    private final Map<String, FilterPolicy> policies = new HashMap<>();
    private final Map<String, List<SubscriptionFact>> subscriptions = new HashMap<>();
    private final Map<Place, Copies> copies = new HashMap<>();
    private final Map<Message, List<Operation>> published = new LinkedHashMap<>();

    Search(History history) {
      this.history = history;
      this.topology = Topology.of(history);
      this.trails = Trails.of(history);
      this.origins = Origins.of(history, topology);
      this.drains = Drains.of(history, topology, trails);
      this.lastRecovery = Times.lastRecovery(history);
    }

    Verdict verdict(Checker checker) {
      for (SubscriptionFact subscription : history.subscriptions()) {
        subscriptions
            .computeIfAbsent(subscription.topic(), _ -> new ArrayList<>())
            .add(subscription);
      }
      for (Trail trail : trails.all()) {
        gather(trail);
      }
      for (Operation operation : history.operations()) {
        if (operation.call() instanceof Publish publish && operation.mayHaveHappened()) {
          published
              .computeIfAbsent(
                  new Message(publish.target(), publish.body()), _ -> new ArrayList<>(1))
              .add(operation);
        }
      }
      published.forEach(this::judge);
      return findings.verdict(checker);
    }

    /** A dead letter counts for the subscribed queue that it left. */
    private void gather(Trail trail) {
      for (Seen seen : trail.seen()) {
        for (String queue : topology.sources(seen.queue())) {
          if (!topology.subscriptions(queue).isEmpty()) {
            Copy copy = Copy.of(seen.delivery().body());
            Copies here = copies.computeIfAbsent(new Place(queue, copy.text()), _ -> new Copies());
            here.ids.add(seen.id());
            if (copy.publishId() != null) {
              here.byPublish
                  .computeIfAbsent(copy.publishId(), _ -> new HashSet<>(1))
                  .add(seen.id());
            }
          }
        }
      }
      repeated(trail);
    }

    /** Two copies of one publish in one queue have one id, each with receive counts of its own. */
    private void repeated(Trail trail) {
      for (int i = 1; i < trail.seen().size(); i++) {
        Seen before = trail.seen().get(i - 1);
        Seen seen = trail.seen().get(i);
        if (seen.count() == before.count() && !topology.subscriptions(seen.queue()).isEmpty()) {
          findings.violation("two copies of one id: " + before + ", and again " + seen);
          return;
        }
      }
    }

    private void judge(Message message, List<Operation> tries) {
      List<SubscriptionFact> all = subscriptions.getOrDefault(message.topic(), List.of());
      Set<String> due = new LinkedHashSet<>();
      boolean cameSomewhere = false;
      for (Operation operation : tries) {
        if (operation.answer() instanceof Answer.Stored stored) {
          due.add(stored.messageId());
        }
      }
      for (SubscriptionFact subscription : all) {
        Copies there = copies(subscription, message);
        if (isFedOnlyBy(subscription, message)) {
          due.addAll(there.byPublish.keySet());
          cameSomewhere |= !there.ids.isEmpty();
        }
      }
      for (SubscriptionFact subscription : all) {
        findings.checked();
        List<Operation> taken =
            tries.stream().filter(o -> policy(subscription).takes(attributes(o))).toList();
        if (taken.isEmpty()) {
          unwanted(subscription, message);
        } else {
          if (taken.size() == tries.size() && (cameSomewhere || !due.isEmpty())) {
            complete(subscription, message, tries, due);
          }
          once(subscription, message, isOneMessage(subscription, tries) ? 1 : taken.size());
        }
      }
    }

    private Copies copies(SubscriptionFact subscription, Message message) {
      return copies.getOrDefault(new Place(subscription.queue(), message.text()), NONE);
    }

    private FilterPolicy policy(SubscriptionFact subscription) {
      String policy = subscription.filterPolicy();
      return policies.computeIfAbsent(policy == null ? "" : policy, FilterPolicy::of);
    }

    private static Map<String, String> attributes(Operation operation) {
      return operation.call() instanceof Publish publish ? publish.attributes() : Map.of();
    }

    /** Whether the text in this queue can have come by no other way. */
    private boolean isFedOnlyBy(SubscriptionFact subscription, Message message) {
      for (String queue : topology.sources(subscription.queue())) {
        if (!origins.attempts(queue, message.text()).isEmpty()) {
          return false;
        }
        for (SubscriptionFact other : topology.subscriptions(queue)) {
          if (!other.equals(subscription)
              && !origins.attempts(other.topic(), message.text()).isEmpty()) {
            return false;
          }
        }
      }
      return true;
    }

    private void unwanted(SubscriptionFact subscription, Message message) {
      Copies there = copies(subscription, message);
      if (!there.ids.isEmpty() && isFedOnlyBy(subscription, message)) {
        findings.violation("not filtered: " + text(subscription, message) + " as " + there.ids);
      }
    }

    private void complete(
        SubscriptionFact subscription, Message message, List<Operation> tries, Set<String> due) {
      Copies there = copies(subscription, message);
      boolean enough =
          subscription.raw()
              ? there.ids.size() >= Math.max(1, due.size())
              : !there.ids.isEmpty() && there.byPublish.keySet().containsAll(due);
      if (enough) {
        return;
      }
      long since = tries.stream().mapToLong(Operation::invokedNanos).min().orElseThrow();
      if (topology.mayBeEmptied(subscription.queue(), since)) {
        return;
      }
      if (drains.isDrained(subscription.queue())) {
        findings.violation(
            "missing: "
                + text(subscription, message)
                + ", published as "
                + due
                + " by operation "
                + tries.getFirst().id()
                + ", came as "
                + there.byPublish.keySet());
      } else {
        findings.undecided(1);
      }
    }

    private void once(SubscriptionFact subscription, Message message, int tries) {
      Copies there = copies(subscription, message);
      boolean hasOtherIds =
          topology.sources(subscription.queue()).stream().anyMatch(topology::isMovedInto)
              || topology.reach(subscription.queue()).stream().anyMatch(topology::isMovedInto);
      if (hasOtherIds || !isFedOnlyBy(subscription, message)) {
        return;
      }
      there.byPublish.forEach((publish, ids) -> {
        if (ids.size() > 1) {
          findings.violation(
              "two copies of " + publish + ": " + text(subscription, message) + " as " + ids);
        }
      });
      if (there.ids.size() > tries) {
        findings.violation(
            "more copies than tries: " + text(subscription, message) + " as " + there.ids);
      }
    }

    /** Tries of one deduplication id, all inside the window, are one message. */
    private boolean isOneMessage(SubscriptionFact subscription, List<Operation> tries) {
      if (!subscription.topic().endsWith(".fifo") || !topology.isFifo(subscription.queue())) {
        return false;
      }
      long first = tries.stream().mapToLong(Operation::invokedNanos).min().orElseThrow();
      long last = tries.stream().mapToLong(Operation::endedNanos).max().orElseThrow();
      boolean inDoubt = !tries.stream().allMatch(Operation::isOk);
      long until = inDoubt ? Math.max(last, lastRecovery) : last;
      return until - first < DeduplicationChecker.WINDOW / 2
          && tries.stream().map(FanOutChecker::deduplication).distinct().count() == 1;
    }

    private static String text(SubscriptionFact subscription, Message message) {
      String text = message.text();
      return subscription.queue()
          + " of "
          + message.topic()
          + ", text "
          + (text.length() > 60 ? text.substring(0, 60) + "..." : text);
    }
  }
}
