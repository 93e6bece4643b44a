package io.tern.client;

/**
 * How many messages a consumer may have, and how much of that the server knows. Of one stream;
 * {@link ConsumeFlow} owns it and holds a lock whenever it calls.
 */
final class CreditWindow {
  private final int messages;
  private int unsettled;
  private int credit;

  /** A window of so many messages that are delivered and not settled. */
  CreditWindow(int messages) {
    this.messages = messages;
  }

  /** So many were delivered. */
  void delivered(int count) {
    unsettled += count;
    credit = Math.max(0, credit - count);
  }

  /** The server has settled so many. */
  void settled(int count) {
    unsettled -= count;
  }

  /**
   * How much credit to give now. Small gifts are saved up, but for when the server has none left.
   *
   * @param elsewhere messages that the consumer still has from earlier streams
   */
  int gift(int elsewhere) {
    int free = messages - unsettled - credit - elsewhere;
    if (free <= 0 || (credit > 0 && free < messages / 4)) {
      return 0;
    }
    credit += free;
    return free;
  }
}
