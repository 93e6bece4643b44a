package io.tern.node.leader;

import io.tern.state.QueueId;
import io.tern.state.partition.PartitionMachine;
import io.tern.state.queue.QueueGauge;

/**
 * A duty of a term that packages above this one bring along; {@link LeaderTerm} drives it, on the
 * apply thread but for the end. All calls must be quick.
 */
public interface TermDuty {

  /** The term begins; the machine may be read during the call. */
  void begin(PartitionMachine machine);

  /** A queue is another than before. */
  void gaugeChanged(QueueGauge gauge);

  /** A queue is gone. */
  void queueRemoved(QueueId queue);

  /** The term is over; nothing more will come of what the duty asks. */
  void close();
}
