package io.tern.topics.policy;

/** What the tests of checks share. */
final class PolicyTests {
  private PolicyTests() {}

  static IllegalStateException unexpected(Refusal refusal) {
    return new IllegalStateException(refusal.text());
  }
}
