package io.tern.state;

/**
 * The two times that travel in a log entry. Both are stamped by the leader and are the same on each
 * replica.
 *
 * @param queueMillis queue time: the last one in the log plus what the leader's monotonic clock
 *     counted; leases, delays and windows run on it
 * @param wallMillis wall clock, milliseconds of the Unix epoch: what people see, and retention
 */
public record EntryTime(long queueMillis, long wallMillis) {
  public static final EntryTime ZERO = new EntryTime(0, 0);
}
