package io.tern.state.catalogue;

/** Whether a subscription gets messages. */
public enum SubscriptionState {
  /** Waits for its endpoint to confirm it. */
  PENDING,
  /** Gets messages. */
  CONFIRMED,
  /** Was removed; may be restored for a while. */
  DELETED
}
