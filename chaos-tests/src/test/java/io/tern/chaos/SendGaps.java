package io.tern.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The longest times without a successful send after each kill. Printed, not judged. */
final class SendGaps {
  private static final long GOAL_MILLIS = 3_000;

  private record Kill(String node, long atNanos) {}

  private final List<Kill> kills = new ArrayList<>();

  void killed(String node) {
    kills.add(new Kill(node, System.nanoTime()));
  }

  /** Whether the goal, which is one for clusters, was met each time. */
  private static String goal(long millis) {
    return millis < GOAL_MILLIS ? "under " + GOAL_MILLIS + " ms" : "over " + GOAL_MILLIS + " ms";
  }

  /** One line per kill; the window of a kill ends with the next one. */
  String report(Ledger ledger, List<String> clients) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < kills.size(); i++) {
      Kill kill = kills.get(i);
      long end = i + 1 < kills.size() ? kills.get(i + 1).atNanos() : System.nanoTime();
      long all = longestMillis(ledger.successes(), kill.atNanos(), end);
      text.append(
          "kill -9 %2d of %s: longest gap %5d ms, %s;"
              .formatted(i + 1, kill.node(), all, goal(all)));
      for (String client : clients) {
        List<Ledger.Success> ofClient =
            ledger.successes().stream().filter(s -> s.client().equals(client)).toList();
        text.append(" %s %d ms".formatted(client, longestMillis(ofClient, kill.atNanos(), end)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static long longestMillis(List<Ledger.Success> successes, long from, long to) {
    long longest = 0;
    long previous = from;
    List<Long> times =
        successes.stream()
            .map(Ledger.Success::atNanos)
            .filter(t -> t > from && t < to)
            .sorted()
            .toList();
    for (long time : times) {
      longest = Math.max(longest, time - previous);
      previous = time;
    }
    return TimeUnit.NANOSECONDS.toMillis(Math.max(longest, to - previous));
  }
}
