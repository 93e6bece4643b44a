package io.tern.node.config;

/** The only place that reads a clock. Tests and the simulator give another. */
public interface WallClock {

  /** Milliseconds of the Unix epoch; may jump. */
  long wallMillis();

  /** Nanoseconds of a clock that never goes back; its zero means nothing. */
  long monotonicNanos();

  /** The machine's clocks. */
  static WallClock system() {
    return new WallClock() {
      @Override
      public long wallMillis() {
        return System.currentTimeMillis();
      }

      @Override
      public long monotonicNanos() {
        return System.nanoTime();
      }
    };
  }
}
