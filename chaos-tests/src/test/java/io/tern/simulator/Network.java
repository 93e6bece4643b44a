package io.tern.simulator;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Carries calls: while it is troubled they are lost, repeated, delayed and so overtake. */
final class Network {
  private final Timer timer;
  private final Random random;
  private final @Nullable Network whole;
  private boolean troubled = true;

  Network(Timer timer, Random random) {
    this(timer, random, null);
  }

  private Network(Timer timer, Random random, @Nullable Network whole) {
    this.timer = timer;
    this.random = random;
    this.whole = whole;
  }

  /** The same network for calls that end with that timer. */
  Network on(Timer other) {
    return new Network(other, random, this);
  }

  void heal() {
    troubled = false;
  }

  boolean isTroubled() {
    return whole == null ? troubled : whole.isTroubled();
  }

  void carry(Runnable call) {
    if (!isTroubled()) {
      timer.after(1 + random.nextInt(3), call);
      return;
    }
    int fate = random.nextInt(100);
    if (fate >= 8) {
      timer.after(delayMillis(), call);
    }
    if (fate >= 90) {
      timer.after(delayMillis(), call);
    }
  }

  private long delayMillis() {
    return random.nextInt(12) == 0 ? random.nextInt(4_000) : 1 + random.nextInt(20);
  }
}
