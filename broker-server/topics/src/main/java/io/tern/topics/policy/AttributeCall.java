package io.tern.topics.policy;

/** In which call an attribute was given: SNS words the same mistake differently. */
public enum AttributeCall {
  /** CreateTopic and Subscribe, where attributes come as a map. */
  CREATE("Attributes Reason: "),
  /** SetTopicAttributes and SetSubscriptionAttributes. */
  SET("");

  private final String prefix;

  AttributeCall(String prefix) {
    this.prefix = prefix;
  }

  Refusal refuse(String what) {
    return Refusal.invalid(prefix + what);
  }
}
