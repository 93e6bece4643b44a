package io.tern.command.queue;

import io.tern.command.output.Value;
import java.util.Map;

/** How many messages a queue has, by what they wait for. For lists and descriptions. */
record Counts(long visible, long inFlight, long delayed) {
  static Counts of(Map<String, String> attributes) {
    return new Counts(
        number(attributes, "ApproximateNumberOfMessages"),
        number(attributes, "ApproximateNumberOfMessagesNotVisible"),
        number(attributes, "ApproximateNumberOfMessagesDelayed"));
  }

  Value.Fields fields() {
    return Value.fields()
        .with("visible", visible)
        .with("inFlight", inFlight)
        .with("delayed", delayed);
  }

  private static long number(Map<String, String> attributes, String name) {
    return Long.parseLong(attributes.getOrDefault(name, "0"));
  }
}
