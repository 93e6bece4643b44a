package io.tern.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Change;
import io.tern.state.Decision;
import io.tern.state.Entry;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Judges each entry of {@link ClusterSimulation} when it is first applied: as {@link History} and
 * {@link FanOuts} do, and whether queue time is fit for leases.
 */
final class ClusterHistory {

  /** Clocks count whole milliseconds, here and there. */
  private static final long ROUNDING_MILLIS = 2;

  private record Stamp(long queueMillis, long trueMillis) {}

  private final History queues = new History();
  private final FanOuts fanOuts = new FanOuts(queues);
  private final Map<PartitionId, Stamp> stamps = new HashMap<>();
  private final Map<QueueName, QueueId> names = new HashMap<>();
  private final Map<PartitionId, Long> settled = new HashMap<>();
  private long commands;

  History queues() {
    return queues;
  }

  FanOuts fanOuts() {
    return fanOuts;
  }

  /** Whether the catalogue knows that the destination has taken what it was handed over. */
  boolean isSettled(PartitionId destination, long outboxNumber) {
    return settled.getOrDefault(destination, 0L) >= outboxNumber;
  }

  /** How many commands were applied. */
  long commands() {
    return commands;
  }

  void applied(PartitionId partition, Logged logged, List<Decision> decisions) {
    Entry entry = Objects.requireNonNull(logged.entry());
    commands += decisions.size();
    checkTime(partition, logged, entry);
    queues.applied(partition, entry, decisions);
    if (partition.isCatalogue()) {
      decisions.forEach(decision -> decision.changes().forEach(this::define));
    }
    fanOuts.applied(partition, entry, decisions);
  }

  private void define(Change change) {
    if (change instanceof Change.OutboxSettled done) {
      settled.merge(done.destination(), done.upTo(), Math::max);
    } else if (change instanceof Change.QueueDefined defined) {
      QueueId queue = defined.definition().queue();
      QueueId holder = names.put(defined.definition().name(), queue);
      assertThat(holder == null || holder.equals(queue) || queues.wasUndefined(holder))
          .as("two queues of one name: %s", defined)
          .isTrue();
    }
  }

  /** Never back, and never ahead of true time: no lease is shorter than asked, nor any delay. */
  private void checkTime(PartitionId partition, Logged logged, Entry entry) {
    Stamp now = new Stamp(entry.time().queueMillis(), logged.stampedMillis());
    Stamp before = stamps.put(partition, now);
    if (before == null) {
      return;
    }
    assertThat(now.queueMillis())
        .as("queue time goes back in %s", partition)
        .isGreaterThanOrEqualTo(before.queueMillis());
    long trueMillis = now.trueMillis() - before.trueMillis();
    assertThat(now.queueMillis() - before.queueMillis())
        .as("queue time of %s runs ahead, leases are too short", partition)
        .isLessThanOrEqualTo(
            trueMillis + trueMillis * SimulatedNode.MOST_DRIFT_PPM / 1_000_000 + ROUNDING_MILLIS);
  }
}
