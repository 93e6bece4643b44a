package io.tern.state;

/** The catalogue's number for a queue; never reused, also not for a new queue of an old name. */
public record QueueId(long number) implements Comparable<QueueId> {
  @Override
  public int compareTo(QueueId other) {
    return Long.compare(number, other.number);
  }
}
