package io.tern.chaos.checker;

import io.tern.chaos.history.Call.ChangeVisibility;
import io.tern.chaos.history.Call.CreateQueue;
import io.tern.chaos.history.Call.CreateTopic;
import io.tern.chaos.history.Call.Delete;
import io.tern.chaos.history.Call.DeleteQueue;
import io.tern.chaos.history.Call.DeleteTopic;
import io.tern.chaos.history.Call.GetAttribute;
import io.tern.chaos.history.Call.Publish;
import io.tern.chaos.history.Call.Purge;
import io.tern.chaos.history.Call.Receive;
import io.tern.chaos.history.Call.Send;
import io.tern.chaos.history.Call.SetAttribute;
import io.tern.chaos.history.Call.StartMove;
import io.tern.chaos.history.FaultEvent;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Measures the longest time without an acknowledged send or publish: in all, and after each kind of
 * fault. Never red: how long is too long is for the caller to say. A workload that sends nothing is
 * measured by what it defines. Run by {@link Judgement}.
 */
public final class GapsChecker implements Checker {
  /** The figure for the whole run; that of a kind of fault has its name behind. */
  public static final String LONGEST = "longest-ms";

  /** Stands for the kind of fault where faults overlapped. */
  public static final String SEVERAL = "several at once";

  @Override
  public String name() {
    return "gaps";
  }

  @Override
  public Verdict check(History history) {
    Findings findings = new Findings();
    List<Operation> load = load(history.operations());
    if (!load.isEmpty()) {
      long[] good =
          load.stream().filter(Operation::isOk).mapToLong(Operation::endedNanos).sorted().toArray();
      findings.checked(good.length);
      long begin = load.stream().mapToLong(Operation::invokedNanos).min().orElseThrow();
      long end = load.stream().mapToLong(Operation::invokedNanos).max().orElseThrow();
      findings.figure(LONGEST, Times.millis(longest(good, begin, end)));
      perFault(history.faults(), good, end, findings);
    }
    return findings.verdict(this);
  }

  /**
   * The calls whose acknowledgements count: sends and publishes, or without them all that define
   * something. Not what only reads: the last reads come long after the load.
   */
  public static List<Operation> load(List<Operation> operations) {
    Predicate<Operation> counts =
        operations.stream().anyMatch(GapsChecker::isSend)
            ? GapsChecker::isSend
            : GapsChecker::isDefinition;
    return operations.stream().filter(counts).toList();
  }

  private static boolean isSend(Operation operation) {
    return operation.call() instanceof Send || operation.call() instanceof Publish;
  }

  private static boolean isDefinition(Operation operation) {
    return switch (operation.call()) {
      case CreateQueue _, DeleteQueue _, CreateTopic _, DeleteTopic _, SetAttribute _ -> true;
      case Send _,
          Publish _,
          Receive _,
          Delete _,
          ChangeVisibility _,
          Purge _,
          StartMove _,
          GetAttribute _ ->
          false;
    };
  }

  /**
   * A fault answers for the time from its injection to the next one. Which of several at once is to
   * blame nobody knows.
   */
  private static void perFault(List<FaultEvent> faults, long[] good, long end, Findings findings) {
    Map<String, Long> longest = new TreeMap<>();
    for (FaultEvent fault : faults) {
      boolean alone =
          faults.stream().noneMatch(other -> !other.equals(fault) && overlap(other, fault));
      long until =
          faults.stream()
              .mapToLong(FaultEvent::injectedNanos)
              .filter(injected -> injected >= fault.recoveredNanos())
              .reduce(end, Math::min);
      longest.merge(
          alone ? fault.nemesis() : SEVERAL,
          Times.millis(longest(good, fault.injectedNanos(), until)),
          Math::max);
    }
    longest.forEach((nemesis, millis) -> findings.figure(LONGEST + " " + nemesis, millis));
  }

  private static boolean overlap(FaultEvent one, FaultEvent two) {
    return one.injectedNanos() < two.recoveredNanos() && two.injectedNanos() < one.recoveredNanos();
  }

  /**
   * The longest time without any of these instants between two others.
   *
   * @param good ascending
   */
  public static long longest(long[] good, long from, long until) {
    long longest = 0;
    long last = from;
    int next = Arrays.binarySearch(good, from);
    for (int i = next < 0 ? -next - 1 : next; i < good.length && good[i] < until; i++) {
      longest = Math.max(longest, good[i] - last);
      last = good[i];
    }
    return Math.max(longest, until - last);
  }
}
