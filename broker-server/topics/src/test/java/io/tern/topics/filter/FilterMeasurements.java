package io.tern.topics.filter;

import io.tern.proto.content.ContentAttribute;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Prints what a publish costs in filters. Not a test: run its main by hand, on a quiet machine. */
final class FilterMeasurements {

  private static final int SUBSCRIPTIONS = 2_000;
  private static final int WARM_UP = 3_000;
  private static final int ROUNDS = 5_000;
  private static final double NANOS_PER_MICRO = 1e3;

  private FilterMeasurements() {}

  public static void main(String[] arguments) {
    String event =
        ",\"event\":[{\"anything-but\":\"deleted\"}],\"price\":[{\"numeric\":[\">\",#]}]}";
    measure("exact", "{\"customer\":[\"c#\"]" + event);
    measure("prefix", "{\"customer\":[{\"prefix\":\"c#\"}]" + event);
    measure("wildcard", "{\"customer\":[{\"wildcard\":\"*c#\"}]" + event);
    measure("all match", "{\"customer\":[{\"exists\":true}]" + event);
  }

  private static void measure(String name, String pattern) {
    Map<Long, FilterPolicy> attributePolicies = new HashMap<>();
    Map<Long, FilterPolicy> bodyPolicies = new HashMap<>();
    for (long i = 0; i < SUBSCRIPTIONS; i++) {
      String policy = pattern.replace("#", String.valueOf(i));
      attributePolicies.put(i, Messages.policy(policy, FilterScope.MESSAGE_ATTRIBUTES));
      bodyPolicies.put(i, Messages.policy(policy, FilterScope.MESSAGE_BODY));
    }
    TopicFilter attributeFilter = TopicFilter.of(attributePolicies);
    TopicFilter bodyFilter = TopicFilter.of(bodyPolicies);
    String lines = "{\"article\":7,\"text\":\"a line\"},".repeat(50);
    String body =
        "{\"customer\":\"c#\",\"event\":\"placed\",\"price\":100000,\"lines\":[" + lines + "{}]}";
    List<ContentAttribute> attributes =
        Messages.attributes(
            Messages.tree("{\"customer\":\"c77\",\"event\":\"placed\",\"price\":100000}"));
    micros(name + ", attributes", _ -> attributeFilter.matchAttributes(attributes));
    micros(
        name + ", body of " + body.length(),
        i -> bodyFilter.matchBody(body.replace("c#", "c" + i % SUBSCRIPTIONS)));
    FilterPolicy any = Messages.policy("{}", FilterScope.MESSAGE_ATTRIBUTES);
    micros(name + ", a change", i -> attributeFilter.with(i, any));
    long start = cpuNanos();
    TopicFilter.of(attributePolicies);
    print(name + ", the whole index", (cpuNanos() - start) / NANOS_PER_MICRO);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void micros(String name, IntConsumer work) {
    for (int i = 0; i < WARM_UP; i++) {
      work.accept(i);
    }
    long start = cpuNanos();
    for (int i = 0; i < ROUNDS; i++) {
      work.accept(i);
    }
    print(name, (cpuNanos() - start) / NANOS_PER_MICRO / ROUNDS);
  }

  private static void print(String name, double micros) {
    System.out.printf("%-40s %10.1f us of CPU%n", name, micros);
  }
}
