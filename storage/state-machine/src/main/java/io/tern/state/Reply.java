package io.tern.state;

import io.tern.state.limits.ErrorCode;
import io.tern.state.queue.MoveTask;
import java.util.List;

/** What the asker is told. Errors are replies too. */
public sealed interface Reply
    permits Reply.Done,
        Reply.MessageAccepted,
        Reply.MessageRepeated,
        Reply.MessagesReceived,
        Reply.MoveTaskStands,
        Reply.DefinitionTaken,
        Reply.DeliveriesTaken,
        Reply.Outdated,
        Reply.Rejected,
        TopicReply {

  /** It is so; there is nothing to tell. */
  record Done() implements Reply {}

  /** The message is stored under this number. */
  record MessageAccepted(long number) implements Reply {}

  /** The same send was accepted before, under this number and message id; nothing was stored. */
  record MessageRepeated(long number, MessageId id) implements Reply {}

  /** The messages now hidden for this receiver, oldest first; empty when none was visible. */
  record MessagesReceived(List<Delivery> deliveries) implements Reply {}

  /**
   * How a move task stands.
   *
   * @param unresolved names that the next step needs a route for
   */
  record MoveTaskStands(MoveTask task, List<QueueName> unresolved) implements Reply {}

  /**
   * The catalogue took a definition. It is in force once the outbox entry is settled.
   *
   * @param outboxNumber 0 when nothing had to be handed over
   */
  record DefinitionTaken(QueueId queue, PartitionId partition, long outboxNumber)
      implements Reply {}

  /** The highest outbox number taken from that source; a courier that sees a gap rewinds to it. */
  record DeliveriesTaken(long upTo) implements Reply {}

  /** The state is no longer what the command expected; nothing was done. */
  record Outdated() implements Reply {}

  /** Nothing was done, and why. */
  record Rejected(ErrorCode code, String detail) implements Reply {}
}
