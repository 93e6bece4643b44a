package io.tern.state;

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
}
