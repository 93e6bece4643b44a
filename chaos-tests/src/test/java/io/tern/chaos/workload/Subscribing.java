package io.tern.chaos.workload;

import org.jspecify.annotations.Nullable;

/**
 * How a queue is to get what is published; workloads say it.
 *
 * @param filterPolicy over message attributes; null takes everything
 */
record Subscribing(boolean raw, @Nullable String filterPolicy) {
  static Subscribing toAll(boolean raw) {
    return new Subscribing(raw, null);
  }
}
