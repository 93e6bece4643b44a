package io.tern.node.api;

import io.tern.protocols.TernException;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.List;

/** What a message must be for the queue it is sent to, in the order in which AWS finds fault. */
final class SendChecks {
  static final String GROUP_ID = "MessageGroupId";
  static final String DEDUPLICATION_ID = "MessageDeduplicationId";

  /** How a message is sent; one text differs. */
  enum Way {
    ALONE("One or more parameters are invalid."),
    IN_BATCH("One or more parameters cannot be validated.");

    private final String tooLong;

    Way(String tooLong) {
      this.tooLong = tooLong;
    }
  }

  private static final String WRONG_QUEUE_TYPE =
      "The request include parameter that is not valid for this queue type.";
  private static final String NO_DEDUPLICATION_ID =
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId"
          + " provided explicitly";

  /** Most bytes of UTF-8 that one char can become. */
  private static final long CHAR_BYTES = 3;

  private SendChecks() {}

  /**
   * Checks one message.
   *
   * @throws TernException the first fault
   */
  static void check(QueueDefinition queue, Outgoing.Parts parts, Way way) {
    if (parts.body().isEmpty()) {
      throw Replies.missing("MessageBody");
    }
    checkSize(parts, QueueAttributeViews.maximumMessageBytes(queue), way);
    var _ = MessageChecks.bodyBytes(parts.body());
    var _ = MessageChecks.attributeBytes(parts.attributes());
    if (QueueAttributeViews.isFifo(queue)) {
      checkFifo(queue, parts);
    } else {
      checkStandard(parts);
    }
  }

  /**
   * Checks what a batch for a FIFO queue must have in every entry, or fail as a whole.
   *
   * @throws TernException INVALID_PARAMETER_VALUE, also for what is missing
   */
  static void checkBatchIds(QueueDefinition queue, List<Outgoing.Parts> entries) {
    if (!QueueAttributeViews.isFifo(queue)) {
      return;
    }
    for (Outgoing.Parts entry : entries) {
      if (entry.group().isEmpty()) {
        throw invalid(Replies.missingText(GROUP_ID));
      }
    }
    for (Outgoing.Parts entry : entries) {
      checkHasDeduplicationId(queue, entry);
    }
  }

  private static void checkSize(Outgoing.Parts parts, int mostBytes, Way way) {
    boolean small = parts.attributes().isEmpty() && CHAR_BYTES * parts.body().length() <= mostBytes;
    if (!small && MessageChecks.sizeBytes(parts.body(), parts.attributes()) > mostBytes) {
      throw invalid(way.tooLong + " Reason: Message must be shorter than " + mostBytes + " bytes.");
    }
  }

  private static void checkFifo(QueueDefinition queue, Outgoing.Parts parts) {
    if (parts.group().isEmpty()) {
      throw Replies.missing(GROUP_ID);
    }
    MessageChecks.checkId(GROUP_ID, parts.group());
    checkHasDeduplicationId(queue, parts);
    if (parts.deduplicationId() != null) {
      MessageChecks.checkId(DEDUPLICATION_ID, parts.deduplicationId());
    }
    Integer delay = parts.delaySeconds();
    if (delay != null && delay != 0) {
      throw wrongQueueType(delay.toString(), "DelaySeconds");
    }
  }

  private static void checkStandard(Outgoing.Parts parts) {
    if (parts.groupId() != null) {
      MessageChecks.checkId(GROUP_ID, parts.groupId());
    }
    String deduplicationId = parts.deduplicationId();
    if (deduplicationId != null) {
      throw wrongQueueType(MessageChecks.quoted(deduplicationId), DEDUPLICATION_ID);
    }
    Integer delay = parts.delaySeconds();
    Ranges.check(
        "DelaySeconds",
        delay == null ? 0 : delay,
        0,
        (int) (Limits.DELAY_MILLIS / 1_000),
        Ranges.DELAY);
  }

  private static void checkHasDeduplicationId(QueueDefinition queue, Outgoing.Parts parts) {
    if (parts.deduplicationId() == null && !QueueAttributeViews.deduplicatesByContent(queue)) {
      throw invalid(NO_DEDUPLICATION_ID);
    }
  }

  private static TernException wrongQueueType(String value, String parameter) {
    return invalid(
        "Value "
            + value
            + " for parameter "
            + parameter
            + " is invalid. Reason: "
            + WRONG_QUEUE_TYPE);
  }

  private static TernException invalid(String text) {
    return new TernException(ErrorCode.INVALID_PARAMETER_VALUE, text);
  }
}
