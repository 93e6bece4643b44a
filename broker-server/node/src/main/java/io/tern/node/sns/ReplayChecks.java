package io.tern.node.sns;

import io.tern.topics.policy.AttributeCall;
import io.tern.topics.policy.ReplayPolicies;
import io.tern.topics.policy.SubscriptionAttributes;
import java.util.Map;
import java.util.Optional;

/** Whether what a subscription wants replayed is still archived. */
final class ReplayChecks {
  private ReplayChecks() {}

  static Optional<ReplayPolicies.Window> window(Map<String, String> attributes) {
    return ReplayPolicies.window(attributes.get(SubscriptionAttributes.REPLAY_POLICY));
  }

  static void check(AttributeCall call, ReplayPolicies.Window window, long beginningMillis) {
    Refusals.check(ReplayPolicies.notBefore(call, window, beginningMillis));
  }
}
