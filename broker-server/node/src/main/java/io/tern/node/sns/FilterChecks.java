package io.tern.node.sns;

import static io.tern.topics.policy.SubscriptionAttributes.FILTER_POLICY;
import static io.tern.topics.policy.SubscriptionAttributes.FILTER_POLICY_SCOPE;
import static io.tern.topics.policy.SubscriptionAttributes.SCOPE_ATTRIBUTES;

import io.tern.topics.filter.FilterPolicy;
import io.tern.topics.filter.FilterScope;
import io.tern.topics.filter.PolicyRefusal;
import io.tern.topics.policy.AttributeCall;
import java.util.SortedMap;

/** The filter policy among a subscription's attributes: checked against its scope, compact. */
final class FilterChecks {
  private FilterChecks() {}

  /** Puts the policy into the form that is stored; an empty one is none. */
  static void normalise(AttributeCall call, SortedMap<String, String> attributes) {
    String policy = attributes.getOrDefault(FILTER_POLICY, "");
    if (policy.isEmpty()) {
      return;
    }
    FilterScope scope =
        FilterScope.of(attributes.getOrDefault(FILTER_POLICY_SCOPE, SCOPE_ATTRIBUTES))
            .orElse(FilterScope.MESSAGE_ATTRIBUTES);
    switch (FilterPolicy.parse(policy, scope)) {
      case FilterPolicy parsed -> attributes.put(FILTER_POLICY, parsed.text());
      case PolicyRefusal.Nested nested -> throw Refusals.invalid(nested.text());
      case PolicyRefusal.Malformed malformed ->
          throw Refusals.invalid(
              (call == AttributeCall.CREATE ? "Attributes Reason: " : "")
                  + "FilterPolicy: "
                  + malformed.text());
    }
  }
}
