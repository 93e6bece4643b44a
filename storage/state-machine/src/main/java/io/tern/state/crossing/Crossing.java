package io.tern.state.crossing;

import io.tern.state.Arrival;
import io.tern.state.Bytes;
import io.tern.state.QueueId;
import io.tern.state.limits.QueueSettings;

/** What one partition hands over to another. */
public sealed interface Crossing
    permits Crossing.InstallQueue,
        Crossing.RemoveQueue,
        Crossing.ParkedMessage,
        Crossing.MovedMessage,
        TopicCrossing {

  /** The destination is to hold this queue, or to use its newer settings. */
  record InstallQueue(QueueId queue, long version, QueueSettings settings) implements Crossing {}

  /** The destination is to forget this queue and its messages. */
  record RemoveQueue(QueueId queue) implements Crossing {}

  /**
   * A message that left its queue, as the outbox holds it in memory. Its row waits in the outbox
   * table; whoever carries it adds that and makes a {@link MovedMessage}.
   *
   * @param source the queue it leaves
   * @param taskId of a redrive, otherwise empty
   * @param arrival the past it arrives with
   */
  record ParkedMessage(
      QueueId target, QueueId source, MoveReason reason, String taskId, Arrival arrival)
      implements Crossing {

    /** The way back of a message whose target is not there. */
    public ParkedMessage back(Arrival past) {
      QueueId home = source;
      return new ParkedMessage(home, target, MoveReason.RETURN, taskId, past);
    }
  }

  /**
   * A message on its way, whole.
   *
   * @param sentMillis wall clock
   * @param group the message group, empty for none
   */
  record MovedMessage(ParkedMessage parked, long sentMillis, String group, Bytes content)
      implements Crossing {}

  /** The same crossing as the outbox holds it in memory: without what its row holds. */
  default Crossing withoutRow() {
    return switch (this) {
      case MovedMessage moved -> moved.parked();
      case TopicCrossing.CarriedFanOut carried -> carried.fanOut();
      default -> this;
    };
  }
}
