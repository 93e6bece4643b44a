package io.tern.chaos.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** A node's wall clock, moved from outside while it runs. See {@code shifted_clock.c}. */
public final class ShiftedClock {
  private static final int NUMBER_BYTES = 8;

  private final MappedByteBuffer control;

  private ShiftedClock(MappedByteBuffer control) {
    this.control = control;
  }

  static ShiftedClock create(Path file) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer control = channel.map(FileChannel.MapMode.READ_WRITE, 0, 3L * NUMBER_BYTES);
      control.order(ByteOrder.nativeOrder());
      return new ShiftedClock(control);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on the clock is so far from the true time, at once. */
  public void jump(Duration distance) {
    control.putLong(NUMBER_BYTES, 0);
    control.putLong(0, distance.toNanos());
  }

  /** From now on it gains so much. The base is nanoTime, which is the machine's monotonic clock. */
  public void drift(int partsPerMillion) {
    control.putLong(2 * NUMBER_BYTES, System.nanoTime());
    control.putLong(NUMBER_BYTES, partsPerMillion);
  }

  /** The true time again. */
  public void heal() {
    control.putLong(NUMBER_BYTES, 0);
    control.putLong(0, 0);
  }
}
