package io.tern.topics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tern.proto.content.ContentAttribute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A topic's filter as policies come and go, and what it says about messages that do not match. */
class TopicFilterTest {

  private static final FilterPolicy X =
      Messages.policy("{\"a\":[\"x\"]}", FilterScope.MESSAGE_ATTRIBUTES);
  private static final FilterPolicy Y =
      Messages.policy("{\"a\":[\"y\"]}", FilterScope.MESSAGE_BODY);

  private static List<ContentAttribute> attributes(String object) {
    return Messages.attributes(Messages.tree(object));
  }

  private static Set<Long> match(
      TopicFilter filter, List<ContentAttribute> attributes, String body) {
    Set<Long> matched = new TreeSet<>(filter.matchAttributes(attributes).subscriptions());
    matched.addAll(filter.matchBody(body).subscriptions());
    return matched;
  }

  @Test
  void matchesBothScopesAtOnce() {
    TopicFilter filter = TopicFilter.of(Map.of(1L, X, 2L, Y));
    assertThat(match(filter, attributes("{\"a\":\"x\"}"), "{\"a\":\"y\"}")).containsOnly(1L, 2L);
    assertThat(match(filter, attributes("{\"a\":\"x\"}"), "x")).containsOnly(1L);
    assertThat(match(filter, attributes("{\"a\":\"y\"}"), "{\"a\":\"x\"}")).isEmpty();
    assertThat(filter.has(1)).isTrue();
    assertThat(filter.has(3)).isFalse();
  }

  @Test
  void aChangeLeavesTheOlderFilterAsItWas() {
    TopicFilter before = TopicFilter.of(Map.of(1L, X));
    TopicFilter moved = before.with(1, Y).with(2, X);
    TopicFilter after = moved.without(2).without(7);
    List<ContentAttribute> attributes = attributes("{\"a\":\"x\"}");
    assertThat(match(before, attributes, "{\"a\":\"y\"}")).containsOnly(1L);
    assertThat(match(moved, attributes, "{}")).containsOnly(2L);
    assertThat(match(moved, attributes, "{\"a\":\"y\"}")).containsOnly(1L, 2L);
    assertThat(match(after, attributes, "{}")).isEmpty();
    assertThat(after.has(2)).isFalse();
    assertThat(after.without(1).has(1)).isFalse();
  }

  @Test
  void aFilterThatChangedOftenIsTheSameAsANewOne() {
    RandomFilters filters = RandomFilters.all(7);
    Random random = new Random(7);
    Map<Long, FilterPolicy> policies = new HashMap<>();
    TopicFilter filter = TopicFilter.of(policies);
    for (int change = 0; change < 10 * FilterLimits.CHANGES; change++) {
      long subscription = random.nextInt(100);
      FilterScope scope =
          random.nextBoolean() ? FilterScope.MESSAGE_BODY : FilterScope.MESSAGE_ATTRIBUTES;
      ObjectNode policy = filters.policy(scope);
      if (random.nextInt(3) == 0) {
        policies.remove(subscription);
        filter = filter.without(subscription);
      } else if (FilterPolicy.parse(policy.toString(), scope) instanceof FilterPolicy parsed) {
        policies.put(subscription, parsed);
        filter = filter.with(subscription, parsed);
      }
      List<ContentAttribute> attributes = Messages.attributes(filters.attributes());
      String body = filters.body().toString();
      assertThat(match(filter, attributes, body))
          .isEqualTo(match(TopicFilter.of(policies), attributes, body));
      assertThat(filter.has(subscription)).isEqualTo(policies.containsKey(subscription));
    }
  }

  @Test
  void saysWhyTheOthersDoNotGetTheMessage() {
    TopicFilter filter = TopicFilter.of(Map.of(1L, X, 2L, Y));
    assertThat(filter.matchAttributes(List.of()).others())
        .isEqualTo(FilteredOut.NO_MESSAGE_ATTRIBUTES);
    assertThat(filter.matchAttributes(attributes("{\"b\":\"x\"}")).others())
        .isEqualTo(FilteredOut.MESSAGE_ATTRIBUTES);
    String broken = "{\"a\":{\"type\":\"String.Array\",\"text\":\"x\"}}";
    assertThat(filter.matchAttributes(attributes(broken)).others())
        .isEqualTo(FilteredOut.INVALID_ATTRIBUTES);
    assertThat(filter.matchBody("{}").others()).isEqualTo(FilteredOut.MESSAGE_BODY);
    assertThat(filter.matchBody("[]").others()).isEqualTo(FilteredOut.INVALID_MESSAGE_BODY);
  }

  @Test
  void aShownPolicyIsThePolicy() {
    RandomFilters filters = RandomFilters.all(11);
    for (FilterScope scope : FilterScope.values()) {
      for (int i = 0; i < 2_000; i++) {
        String text = filters.policy(scope).toPrettyString();
        if (FilterPolicy.parse(text, scope) instanceof FilterPolicy policy) {
          FilterPolicy again = Messages.policy(policy.text(), scope);
          assertThat(again.text()).isEqualTo(policy.text());
          assertThat(again.rules()).isEqualTo(policy.rules());
        }
      }
    }
  }
}
