package io.tern.node.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tern.state.limits.ErrorCode;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How many requests of each operation ended how, and how long they took. */
public final class RequestMetrics {
  private record Kind(String operation, @Nullable ErrorCode error) {}

  private final MeterRegistry registry;
  private final ConcurrentHashMap<Kind, Timer> timers = new ConcurrentHashMap<>();

  public RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts one request; the operations and errors are few, so the series are too. */
  public void done(String operation, @Nullable ErrorCode error, long nanos) {
    timers
        .computeIfAbsent(new Kind(operation, error), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Kind kind) {
    ErrorCode error = kind.error();
    return Timer.builder("tern_requests")
        .description("Requests of the AWS protocols")
        .tag("operation", kind.operation())
        .tag("error", error == null ? "none" : error.shape())
        .register(registry);
  }
}
