package io.tern.simulator;

import io.tern.state.Command;
import io.tern.state.PartitionId;
import java.io.PrintStream;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All that happens in a simulation, as one number, so that two runs of a seed can be compared; and
 * as lines, for whoever looks for the reason of a failure.
 */
final class Trace {
  private static final long PRIME = 0x100000001B3L;

  private final LongSupplier nowMillis;
  private final @Nullable PrintStream lines;
  private long hash = 0xCBF29CE484222325L;
  private long events;

  /** Counts only when there is nowhere to print. */
  Trace(LongSupplier nowMillis, @Nullable PrintStream lines) {
    this.nowMillis = nowMillis;
    this.lines = lines;
  }

  long hash() {
    return hash;
  }

  long events() {
    return events;
  }

  void note(String what, long... values) {
    events++;
    mix(nowMillis.getAsLong());
    mix(what.hashCode());
    for (long value : values) {
      mix(value);
    }
    if (lines != null) {
      StringBuilder line = new StringBuilder(what);
      for (long value : values) {
        line.append(' ').append(value);
      }
      print(line.toString());
    }
  }

  void proposed(PartitionId partition, int index, Logged logged) {
    note("proposed", partition.number(), index, logged.term(), logged.bytes().hashCode());
    if (lines != null && logged.entry() != null) {
      print("  " + logged.entry().time());
      for (Command command : logged.entry().commands()) {
        print("  " + command);
      }
    }
  }

  private void print(String line) {
    if (lines != null) {
      lines.println(nowMillis.getAsLong() + " " + line);
    }
  }

  private void mix(long value) {
    hash = (hash ^ value) * PRIME;
    hash ^= hash >>> 29;
  }
}
