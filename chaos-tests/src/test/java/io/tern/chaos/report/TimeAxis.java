package io.tern.chaos.report;

import io.tern.chaos.history.FaultEvent;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import java.util.stream.LongStream;

/**
 * Where times are on the pictures of a page; all pictures share it, so that they can be compared.
 *
 * @param fromNanos the left end
 */
record TimeAxis(long fromNanos, long untilNanos) {
  static final int WIDTH = 1140;
  static final int LEFT = 150;
  static final int RIGHT = 10;
  private static final int MOST_TICKS = 12;
  private static final long[] STEPS = {
    1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400
  };

  static TimeAxis of(History history) {
    LongStream begins =
        LongStream.concat(
            history.operations().stream().mapToLong(Operation::invokedNanos),
            history.faults().stream().mapToLong(FaultEvent::injectedNanos));
    LongStream ends =
        LongStream.concat(
            history.operations().stream().mapToLong(Operation::endedNanos),
            history.faults().stream().mapToLong(FaultEvent::injectedNanos));
    long from = begins.min().orElse(0);
    return new TimeAxis(from, Math.max(ends.max().orElse(from), from + 1_000_000_000L));
  }

  double x(long nanos) {
    double part = (double) (nanos - fromNanos) / (untilNanos - fromNanos);
    return LEFT + Math.clamp(part, 0, 1) * (WIDTH - LEFT - RIGHT);
  }

  double seconds(long nanos) {
    return (nanos - fromNanos) / 1e9;
  }

  /** Lines and labels of the time, for a picture of that height. */
  String grid(int height) {
    double total = seconds(untilNanos);
    long step = STEPS[STEPS.length - 1];
    for (int i = STEPS.length - 1; i >= 0; i--) {
      if (total / STEPS[i] <= MOST_TICKS) {
        step = STEPS[i];
      }
    }
    StringBuilder svg = new StringBuilder();
    for (long second = 0; second <= total; second += step) {
      String x = Markup.at(x(fromNanos + second * 1_000_000_000L));
      svg.append(
          "<line class='grid' x1='%s' x2='%s' y1='0' y2='%d'/>".formatted(x, x, height - 16));
      svg.append(
          "<text class='tick' x='%s' y='%d' text-anchor='middle'>%d s</text>\n"
              .formatted(x, height - 3, second));
    }
    return svg.toString();
  }
}
