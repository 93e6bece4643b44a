package io.tern.node.raft;

import io.tern.disk.AppliedIndex;
import io.tern.state.AppliedEntry;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.ReplicatedMachine;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts what Ratis reports of one partition, from several threads, into the order that {@link
 * TermListener} promises. Called by {@link Replica}.
 *
 * <p>Leaderships are counted where Ratis holds its own lock, so that their beginnings and ends
 * cannot be confused. The listener is never called under that lock: a listener that submits would
 * meet it again.
 */
final class TermEvents {
  private final PartitionId partition;
  private final TermListener listener;
  private final Executor endings;
  private final ReentrantLock turn = new ReentrantLock();

  /** Leaderships of this node since the start, and how many of them ended; under Ratis' lock. */
  private final AtomicLong leaderships = new AtomicLong();

  private final AtomicLong ended = new AtomicLong();

  /** The leadership that the listener knows of, or 0; and its term. Under {@code turn}. */
  private long told;

  private long toldTerm;

  TermEvents(PartitionId partition, TermListener listener, Executor endings) {
    this.partition = partition;
    this.listener = listener;
    this.endings = endings;
  }

  /** This node won an election; it is not ready yet. */
  void elected() {
    leaderships.incrementAndGet();
  }

  /** This node knows who won an election. */
  void knows(String leader) {
    endings.execute(() -> inTurn(() -> listener.leaderChanged(partition, leader)));
  }

  /** This node leads no more. */
  void deposed() {
    ended.set(leaderships.get());
    endings.execute(() -> inTurn(() -> {}));
  }

  /** On the apply thread: the first entry of the term is applied. */
  void ready(long term, EntryTime last, ReplicatedMachine machine) {
    inTurn(() -> {
      long current = leaderships.get();
      if (current > ended.get() && current != told) {
        told = current;
        toldTerm = term;
        listener.termBegan(partition, term, last, machine);
      }
    });
  }

  /** On the apply thread, or before it runs. */
  void machineOpened(AppliedIndex index, ReplicatedMachine machine) {
    inTurn(() -> listener.machineOpened(partition, index, machine));
  }

  /** On the apply thread. */
  void entryApplied(
      AppliedIndex index, EntryTime time, AppliedEntry entry, ReplicatedMachine machine) {
    inTurn(() -> listener.entryApplied(partition, index, time, entry, machine));
  }

  private void inTurn(Runnable event) {
    turn.lock();
    try {
      if (told != 0 && ended.get() >= told) {
        told = 0;
        listener.termEnded(partition, toldTerm);
      }
      event.run();
    } finally {
      turn.unlock();
    }
  }
}
