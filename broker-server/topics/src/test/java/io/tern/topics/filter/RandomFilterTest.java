package io.tern.topics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.event.ruler.Machine;

/** Compares many random policies and messages with the plain reading and with event-ruler. */
class RandomFilterTest {

  private static final int TOPICS = 100;
  private static final int POLICIES = 50;
  private static final int MESSAGES = 20;

  @ParameterizedTest
  @EnumSource
  void agreesWithThePlainReading(FilterScope scope) {
    RandomFilters random = RandomFilters.all(20_261_121);
    int matches = 0;
    for (int topic = 0; topic < TOPICS; topic++) {
      List<ObjectNode> policies = policies(random, scope);
      TopicFilter filter = filter(policies, scope);
      for (int i = 0; i < MESSAGES; i++) {
        JsonNode message = message(random, scope);
        Set<Long> expected = naive(policies, message, scope);
        assertSame(matched(filter, message, scope), expected, policies, message);
        matches += expected.size();
      }
    }
    int pairs = TOPICS * POLICIES * MESSAGES;
    assertThat(matches).as("matches of %s", pairs).isBetween(pairs / 20, pairs / 2);
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithEventRuler(FilterScope scope) throws Exception {
    RandomFilters random = RandomFilters.simple(4);
    for (int topic = 0; topic < TOPICS; topic++) {
      List<ObjectNode> policies = policies(random, scope);
      policies.removeIf(JsonNode::isEmpty);
      TopicFilter filter = filter(policies, scope);
      List<Machine> machines = new ArrayList<>();
      for (ObjectNode policy : policies) {
        machines.add(Machine.builder().build());
        machines.getLast().addRule("rule", withoutNames(policy));
      }
      for (int i = 0; i < MESSAGES; i++) {
        JsonNode message = message(random, scope);
        Set<Long> expected = new TreeSet<>();
        for (int policy = 0; policy < machines.size(); policy++) {
          if (!machines.get(policy).rulesForJSONEvent(withoutNames(message)).isEmpty()) {
            expected.add((long) policy);
          }
        }
        assertSame(matched(filter, message, scope), expected, policies, message);
      }
    }
  }

  /** Texts like addresses make event-ruler ask a name server. */
  private static String withoutNames(JsonNode tree) {
    return tree.toString().replace("999.1.1.1", "999.1.1");
  }

  private static List<ObjectNode> policies(RandomFilters random, FilterScope scope) {
    List<ObjectNode> policies = new ArrayList<>();
    while (policies.size() < POLICIES) {
      ObjectNode policy = random.policy(scope);
      if (FilterPolicy.parse(policy.toString(), scope) instanceof FilterPolicy) {
        policies.add(policy);
      }
    }
    return policies;
  }

  private static JsonNode message(RandomFilters random, FilterScope scope) {
    return scope == FilterScope.MESSAGE_BODY ? random.body() : random.attributes();
  }

  private static TopicFilter filter(List<ObjectNode> policies, FilterScope scope) {
    Map<Long, FilterPolicy> byNumber = new HashMap<>();
    for (int i = 0; i < policies.size(); i++) {
      byNumber.put((long) i, Messages.policy(policies.get(i).toString(), scope));
    }
    return TopicFilter.of(byNumber);
  }

  private static Set<Long> matched(TopicFilter filter, JsonNode message, FilterScope scope) {
    return new TreeSet<>(
        switch (scope) {
          case MESSAGE_BODY -> filter.matchBody(message.toString()).subscriptions();
          case MESSAGE_ATTRIBUTES ->
              filter.matchAttributes(Messages.attributes(message)).subscriptions();
        });
  }

  private static Set<Long> naive(List<ObjectNode> policies, JsonNode message, FilterScope scope) {
    Set<Long> matched = new TreeSet<>();
    for (int i = 0; i < policies.size(); i++) {
      boolean matches =
          switch (scope) {
            case MESSAGE_BODY -> NaiveMatcher.matchesBody(policies.get(i), message);
            case MESSAGE_ATTRIBUTES -> NaiveMatcher.matchesAttributes(policies.get(i), message);
          };
      if (matches) {
        matched.add((long) i);
      }
    }
    return matched;
  }

  private static void assertSame(
      Set<Long> actual, Set<Long> expected, List<ObjectNode> policies, JsonNode message) {
    Set<Long> different = new TreeSet<>(actual);
    different.addAll(expected);
    different.removeIf(i -> actual.contains(i) && expected.contains(i));
    for (long i : different) {
      assertThat(actual.contains(i))
          .as("%s against %s", policies.get((int) i), message)
          .isEqualTo(expected.contains(i));
    }
  }
}
