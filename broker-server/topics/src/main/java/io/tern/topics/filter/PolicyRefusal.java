package io.tern.topics.filter;

/** Why a filter policy is not accepted; the caller of {@link FilterPolicy#parse} words it. */
public sealed interface PolicyRefusal extends ParsedPolicy {

  /** The answer is the caller's own prefix, which ends with "FilterPolicy: ", and this text. */
  record Malformed(String text) implements PolicyRefusal {}

  /** The answer is this text alone after "Invalid parameter: ". */
  record Nested() implements PolicyRefusal {
    public String text() {
      return "Filter policy scope MessageAttributes does not support nested filter policy";
    }
  }
}
