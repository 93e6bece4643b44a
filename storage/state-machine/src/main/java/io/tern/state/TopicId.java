package io.tern.state;

/** A topic's number; from the counter that numbers queues too, and never used again. */
public record TopicId(long number) implements Comparable<TopicId> {
  @Override
  public int compareTo(TopicId other) {
    return Long.compare(number, other.number);
  }
}
