package io.tern.chaos.checker;

import io.tern.chaos.history.Call.ChangeVisibility;
import io.tern.chaos.history.Call.Delete;
import io.tern.chaos.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All that clients did with one message id, in the order of its receive counts. */
final class Trail {
  private static final Comparator<Seen> BY_COUNT =
      Comparator.comparingInt(Seen::count).thenComparingLong(Seen::invoked);

  private final String id;
  private final List<Seen> seen = new ArrayList<>();
  private final List<Operation> stored = new ArrayList<>();
  private final List<Operation> deletes = new ArrayList<>();
  private final List<Operation> changes = new ArrayList<>();

  Trail(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  /** Deliveries, the first receive first. */
  List<Seen> seen() {
    return seen;
  }

  /** Sends that were answered with this id. */
  List<Operation> stored() {
    return stored;
  }

  /** Deletes that were not refused. */
  List<Operation> deletes() {
    return deletes;
  }

  /** Changes of visibility that were not refused. */
  List<Operation> changes() {
    return changes;
  }

  void sort() {
    seen.sort(BY_COUNT);
  }

  Optional<Seen> withReceipt(String receipt) {
    return seen.stream().filter(s -> s.delivery().receipt().equals(receipt)).findFirst();
  }

  /** The first call that may have deleted it, by its begin; {@link Times#NEVER} without one. */
  long firstDelete() {
    return deletes.stream().mapToLong(Operation::invokedNanos).min().orElse(Times.NEVER);
  }

  /** Whether a call may have deleted the message by this delivery's receipt. */
  boolean mayBeDeletedBy(Seen delivery) {
    return deletes.stream().anyMatch(operation -> isBy(operation, delivery));
  }

  /** Whether the server said that it deleted the message by this delivery's receipt. */
  boolean isDeletedBy(Seen delivery) {
    return deletes.stream().anyMatch(o -> o.isOk() && isBy(o, delivery));
  }

  private static boolean isBy(Operation operation, Seen delivery) {
    return operation.call() instanceof Delete delete
        && delete.receipt().equals(delivery.delivery().receipt());
  }

  /**
   * No earlier than this the message could be visible again after the delivery: the latest of its
   * own lease and of extensions that certainly came after it, each as far as no other change may
   * have shortened it.
   *
   * @param before changes begun later do not count
   * @param next extensions that had not ended by then are not certain
   */
  long leaseEnd(Seen delivery, long before, long next) {
    long end =
        shortened(delivery.operation(), delivery.invoked() + delivery.visibilityNanos(), before);
    for (Operation change : changes) {
      if (change.isOk()
          && change.endedNanos() < next
          && change.call() instanceof ChangeVisibility call
          && call.receipt().equals(delivery.delivery().receipt())) {
        end = Math.max(end, shortened(change, expiry(change), before));
      }
    }
    return end;
  }

  private long shortened(Operation setter, long expiry, long before) {
    long earliest = expiry;
    for (Operation other : changes) {
      boolean mayComeAfter = !other.isOk() || other.endedNanos() > setter.invokedNanos();
      if (other.id() != setter.id() && other.invokedNanos() < before && mayComeAfter) {
        earliest = Math.min(earliest, expiry(other));
      }
    }
    return earliest;
  }

  private static long expiry(Operation change) {
    return change.call() instanceof ChangeVisibility call
        ? change.invokedNanos() + call.visibilitySeconds() * Times.SECOND
        : Times.NEVER;
  }
}
