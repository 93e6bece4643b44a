package io.tern.topics.filter;

import io.tern.proto.content.ContentAttribute;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All filter policies of one topic, arranged so that a publish is compared with all of them at
 * once; the matcher of publishes holds one for each topic. It never changes: a changed policy gives
 * a new filter, which shares the large index of the others.
 */
public final class TopicFilter {

  /** One policy set in both scopes' indices; of those in gone only the newer set counts. */
  private record Indexed(Map<Long, FilterPolicy> policies, ScopeIndex attributes, ScopeIndex body) {

    static Indexed of(Map<Long, FilterPolicy> policies) {
      return new Indexed(
          policies,
          ScopeIndex.of(policies, FilterScope.MESSAGE_ATTRIBUTES),
          ScopeIndex.of(policies, FilterScope.MESSAGE_BODY));
    }
  }

  private final Indexed settled;
  private final Indexed changed;

  /** Subscriptions whose policy in the settled index does not count any more. */
  private final Set<Long> gone;

  private TopicFilter(Indexed settled, Indexed changed, Set<Long> gone) {
    this.settled = settled;
    this.changed = changed;
    this.gone = gone;
  }

  /** The policies by the number of the subscription; subscriptions without one are not in it. */
  public static TopicFilter of(Map<Long, FilterPolicy> policies) {
    return new TopicFilter(Indexed.of(new HashMap<>(policies)), Indexed.of(Map.of()), Set.of());
  }

  /** With this policy for the subscription, instead of the one that it may have had. */
  public TopicFilter with(long subscription, FilterPolicy policy) {
    Map<Long, FilterPolicy> newer = new HashMap<>(changed.policies());
    newer.put(subscription, policy);
    return changedTo(newer, subscription);
  }

  /** Without a policy for the subscription. */
  public TopicFilter without(long subscription) {
    if (!has(subscription)) {
      return this;
    }
    Map<Long, FilterPolicy> newer = new HashMap<>(changed.policies());
    newer.remove(subscription);
    return changedTo(newer, subscription);
  }

  private TopicFilter changedTo(Map<Long, FilterPolicy> newer, long subscription) {
    Set<Long> replaced = new HashSet<>(gone);
    if (settled.policies().containsKey(subscription)) {
      replaced.add(subscription);
    }
    if (newer.size() + replaced.size() <= FilterLimits.CHANGES) {
      return new TopicFilter(settled, Indexed.of(newer), replaced);
    }
    Map<Long, FilterPolicy> all = new HashMap<>(settled.policies());
    all.keySet().removeAll(replaced);
    all.putAll(newer);
    return of(all);
  }

  /** Whether the subscription has a policy; the others get every message. */
  boolean has(long subscription) {
    return changed.policies().containsKey(subscription)
        || (settled.policies().containsKey(subscription) && !gone.contains(subscription));
  }

  /** Subscriptions of the scope MessageAttributes that the message matches. */
  public ScopeMatches matchAttributes(List<ContentAttribute> attributes) {
    Set<Long> matched = new LinkedHashSet<>();
    boolean invalid = matchAttributes(settled.attributes(), attributes, matched);
    matched.removeAll(gone);
    invalid |= matchAttributes(changed.attributes(), attributes, matched);
    FilteredOut others =
        attributes.isEmpty()
            ? FilteredOut.NO_MESSAGE_ATTRIBUTES
            : invalid ? FilteredOut.INVALID_ATTRIBUTES : FilteredOut.MESSAGE_ATTRIBUTES;
    return new ScopeMatches(Collections.unmodifiableSet(matched), others);
  }

  private static boolean matchAttributes(
      ScopeIndex index, List<ContentAttribute> attributes, Set<Long> matched) {
    if (index.isEmpty()) {
      return false;
    }
    matched.addAll(index.unconditional());
    Document document = Document.ofAttributes(attributes, index::wants);
    Matching.match(index, document, new Steps(), matched);
    return document.hasInvalidAttribute();
  }

  /** Subscriptions of the scope MessageBody that a message with this body matches. */
  public ScopeMatches matchBody(String body) {
    Set<Long> matched = new LinkedHashSet<>();
    boolean valid = matchBody(settled.body(), body, matched);
    matched.removeAll(gone);
    valid &= matchBody(changed.body(), body, matched);
    return new ScopeMatches(
        Collections.unmodifiableSet(matched),
        valid ? FilteredOut.MESSAGE_BODY : FilteredOut.INVALID_MESSAGE_BODY);
  }

  private static boolean matchBody(ScopeIndex index, String body, Set<Long> matched) {
    if (index.isEmpty()) {
      return true;
    }
    matched.addAll(index.unconditional());
    Optional<Document> document = Document.ofBody(body, index::wants);
    if (document.isEmpty()) {
      return false;
    }
    Matching.match(index, document.get(), new Steps(), matched);
    return true;
  }
}
