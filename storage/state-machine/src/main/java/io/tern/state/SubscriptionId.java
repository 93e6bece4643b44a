package io.tern.state;

/** A subscription's number; from the counter that numbers queues too, and never used again. */
public record SubscriptionId(long number) implements Comparable<SubscriptionId> {
  @Override
  public int compareTo(SubscriptionId other) {
    return Long.compare(number, other.number);
  }
}
