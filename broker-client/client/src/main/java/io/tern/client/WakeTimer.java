package io.tern.client;

import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** The one moment at which a producer or a consumer wants to be called again, under its lock. */
final class WakeTimer {
  private final Connections connections;
  private final Guard guard;
  private final Runnable step;
  private @Nullable ScheduledFuture<?> scheduled;
  private long atMillis = Long.MAX_VALUE;

  WakeTimer(Connections connections, Guard guard, Runnable step) {
    this.connections = connections;
    this.guard = guard;
    this.step = step;
  }

  /** Whether nothing happens before this moment. */
  boolean isAfter(long millis) {
    return atMillis > millis;
  }

  /** Calls the step at this moment instead of any other; never for {@code Long.MAX_VALUE}. */
  void set(long millis) {
    if (millis == atMillis) {
      return;
    }
    ScheduledFuture<?> earlier = scheduled;
    if (earlier != null) {
      earlier.cancel(false);
    }
    atMillis = millis;
    scheduled =
        millis == Long.MAX_VALUE
            ? null
            : connections.after(millis - Ticker.millis(), () -> guard.run(this::ring));
  }

  private void ring() {
    atMillis = Long.MAX_VALUE;
    scheduled = null;
    step.run();
  }
}
