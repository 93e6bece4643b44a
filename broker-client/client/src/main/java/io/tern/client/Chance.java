package io.tern.client;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Where chance enters the client: the jitter of retries and generated deduplication ids. */
final class Chance {
  private Chance() {}

  /** From 0 inclusive to 1 exclusive. */
  static double fraction() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /** A new name that nothing else has. */
  static String uniqueId() {
    return UUID.randomUUID().toString();
  }
}
