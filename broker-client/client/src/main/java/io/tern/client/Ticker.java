package io.tern.client;

/** The one clock of the client: it only counts up and knows nothing of the time of day. */
final class Ticker {
  private Ticker() {}

  /** Milliseconds since some moment that stays the same. */
  static long millis() {
    return System.nanoTime() / 1_000_000;
  }
}
