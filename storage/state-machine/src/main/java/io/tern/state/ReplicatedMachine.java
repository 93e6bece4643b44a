package io.tern.state;

import io.tern.state.crossing.OutboxEntry;
import java.util.List;

/**
 * The machine of one partition. Called by the apply thread alone, entry by entry: {@link #advance}
 * and its changes evolved, then each command decided and its changes evolved before the next.
 */
public interface ReplicatedMachine {

  /** What the entry's time alone brings, before its commands; at least the clock itself. */
  List<Change> advance(EntryTime time);

  /** Reads the state and answers; alters nothing. */
  Decision decide(Command command, EntryTime time);

  /** Makes the fact true. Total: throws only when an invariant is already broken. */
  void evolve(Change change);

  /** The whole index as plain data, for a snapshot. */
  MachineImage image();

  /** The running hash of all changes; equal on all replicas at the same index. */
  long hash();

  /** Queue time when a tick would do something, or {@link Long#MAX_VALUE}. */
  long nextWakeUpMillis();

  /** The partitions for which something waits in an outbox, lowest first. */
  List<PartitionId> waitingDestinations();

  /** What waits for that partition after that number, in order, at most so many. */
  List<OutboxEntry> waiting(PartitionId destination, long afterNumber, int limit);
}
