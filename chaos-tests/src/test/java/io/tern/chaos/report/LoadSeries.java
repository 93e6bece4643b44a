package io.tern.chaos.report;

import io.tern.chaos.checker.GapsChecker;
import io.tern.chaos.history.Call;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One workload's calls over time, in buckets of whole seconds: how many ended how, and how long the
 * good ones took. {@link LoadChart} draws it.
 */
final class LoadSeries {
  /** More than a picture has room for. */
  private static final int MOST_BUCKETS = 300;

  private static final long SECOND = 1_000_000_000L;

  /** One stretch of time without an acknowledged send. */
  record Gap(long fromNanos, long untilNanos) {}

  private final TimeAxis axis;
  private final long bucketNanos;
  private final int[] ok;
  private final int[] fail;
  private final int[] unknown;
  private final double[][] millis;
  private final List<Gap> gaps = new ArrayList<>();

  LoadSeries(TimeAxis axis, List<Operation> operations) {
    this.axis = axis;
    long length = axis.untilNanos() - axis.fromNanos();
    long seconds = Math.max(1, (length / SECOND + MOST_BUCKETS - 1) / MOST_BUCKETS);
    this.bucketNanos = seconds * SECOND;
    int buckets = (int) (length / bucketNanos) + 1;
    this.ok = new int[buckets];
    this.fail = new int[buckets];
    this.unknown = new int[buckets];
    this.millis = latencies(operations, buckets);
    for (Operation operation : operations) {
      count(operation.outcome())[bucket(operation.endedNanos())]++;
    }
    findGaps(operations);
  }

  private int bucket(long nanos) {
    return (int) ((nanos - axis.fromNanos()) / bucketNanos);
  }

  private int[] count(Outcome outcome) {
    return switch (outcome) {
      case OK -> ok;
      case FAIL -> fail;
      case UNKNOWN -> unknown;
    };
  }

  /** Sorted for each bucket; a poll that waits says nothing about speed. */
  private double[][] latencies(List<Operation> operations, int buckets) {
    List<List<Double>> found = new ArrayList<>();
    for (int i = 0; i < buckets; i++) {
      found.add(new ArrayList<>());
    }
    for (Operation operation : operations) {
      boolean waits = operation.call() instanceof Call.Receive receive && receive.waitSeconds() > 0;
      if (operation.isOk() && !waits) {
        found
            .get(bucket(operation.endedNanos()))
            .add((operation.endedNanos() - operation.invokedNanos()) / 1e6);
      }
    }
    return found.stream()
        .map(list -> list.stream().mapToDouble(Double::doubleValue).sorted().toArray())
        .toArray(double[][]::new);
  }

  private void findGaps(List<Operation> operations) {
    List<Operation> load = GapsChecker.load(operations);
    long[] good =
        load.stream().filter(Operation::isOk).mapToLong(Operation::endedNanos).sorted().toArray();
    long last = load.stream().mapToLong(Operation::invokedNanos).min().orElse(0);
    long end = load.stream().mapToLong(Operation::invokedNanos).max().orElse(0);
    for (long instant : good) {
      gap(last, Math.min(instant, end));
      last = instant;
    }
    gap(last, end);
  }

  private void gap(long from, long until) {
    if (until - from >= SECOND) {
      gaps.add(new Gap(from, until));
    }
  }

  int buckets() {
    return ok.length;
  }

  long begin(int bucket) {
    return axis.fromNanos() + bucket * bucketNanos;
  }

  double okPerSecond(int bucket) {
    return ok[bucket] * (double) SECOND / bucketNanos;
  }

  int fails(int bucket) {
    return fail[bucket];
  }

  int unknowns(int bucket) {
    return unknown[bucket];
  }

  double highestPerSecond() {
    return Arrays.stream(ok).max().orElse(0) * (double) SECOND / bucketNanos;
  }

  /**
   * @param part 0.5 for the median, 1 for the slowest
   * @return NaN when nothing ended well in the bucket
   */
  double millis(int bucket, double part) {
    double[] sorted = millis[bucket];
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.min(sorted.length - 1, (int) (part * sorted.length))];
  }

  double slowestMillis() {
    return Arrays.stream(millis)
        .filter(sorted -> sorted.length > 0)
        .mapToDouble(sorted -> sorted[sorted.length - 1])
        .max()
        .orElse(1);
  }

  /** Of a second and more. */
  List<Gap> gaps() {
    return gaps;
  }
}
