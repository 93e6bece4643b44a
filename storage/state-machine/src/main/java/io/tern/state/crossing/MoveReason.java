package io.tern.state.crossing;

/** Why a message crosses from one queue to another. */
public enum MoveReason {
  /** It was received too often. */
  DEAD_LETTER,

  /** A move task takes it out of a dead-letter queue. */
  REDRIVE,

  /** Its destination was not there; it goes back to where it was. */
  RETURN,

  /**
   * It is a notification by value: one that could not be delivered to the world and goes to the
   * subscription's dead-letter queue, or one that is replayed. Nobody takes it back.
   */
  UNDELIVERED
}
