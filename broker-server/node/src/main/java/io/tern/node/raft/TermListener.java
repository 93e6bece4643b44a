package io.tern.node.raft;

import io.tern.disk.AppliedIndex;
import io.tern.state.AppliedEntry;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.ReplicatedMachine;

/**
 * Told what happens to the partitions of this node, leader or not. The only way upward from
 * replication.
 *
 * <p>Of one partition the calls come one at a time and in order: {@code machineOpened}, then any
 * number of {@code entryApplied}, {@code termBegan} and {@code termEnded}, each term's end before
 * the next term's beginning, and {@code machineOpened} again whenever a checkpoint replaced the
 * machine. All but {@code termEnded} come on the partition's apply thread: whoever blocks there
 * stops the partition, and only there may the machine be asked.
 */
public interface TermListener {

  /** The replica stands at this index: after a start, and after a checkpoint was installed. */
  void machineOpened(PartitionId partition, AppliedIndex index, ReplicatedMachine machine);

  /**
   * This node leads, and everything that earlier leaders committed is applied.
   *
   * @param last the times of the last entry in the log; the term's own go on from there
   */
  void termBegan(PartitionId partition, long term, EntryTime last, ReplicatedMachine machine);

  /** One entry is applied and its rows are written; replies to callers go out right after. */
  void entryApplied(
      PartitionId partition,
      AppliedIndex index,
      EntryTime time,
      AppliedEntry entry,
      ReplicatedMachine machine);

  /**
   * This or another node leads now, ready or not. Comes on a thread of its own, soon, not at once.
   */
  void leaderChanged(PartitionId partition, String leader);

  /** This node no longer leads. Comes on a thread of its own, soon, not at once. */
  void termEnded(PartitionId partition, long term);
}
