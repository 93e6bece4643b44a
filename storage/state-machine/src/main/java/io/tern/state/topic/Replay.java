package io.tern.state.topic;

import io.tern.state.SubscriptionId;

/**
 * A subscription's replay of its topic's archive.
 *
 * @param version the subscription's revision that asked for it; a newer one begins anew
 * @param startMillis wall clock of the first message
 * @param endMillis wall clock after which it ends, or -1 to go over to new messages
 * @param next the topic's number of the next message to look at; 0 until that is known
 */
public record Replay(
    SubscriptionId subscription,
    long version,
    long startMillis,
    long endMillis,
    long next,
    ReplayStatus status) {

  /** Whether new messages pass the subscription by. */
  public boolean holdsNewMessages() {
    return status != ReplayStatus.COMPLETED && status != ReplayStatus.FAILED;
  }

  /** Whether archived messages are still to be delivered. */
  public boolean isActive() {
    return status == ReplayStatus.PENDING || status == ReplayStatus.RUNNING;
  }

  /** The same replay at another place. */
  public Replay at(long nextNumber, ReplayStatus newStatus) {
    return new Replay(subscription, version, startMillis, endMillis, nextNumber, newStatus);
  }
}
