package io.tern.node.api;

import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.QueueAttributes;
import java.util.Map;
import java.util.regex.Pattern;

/** What a new queue may be called; FIFO queues end with .fifo, and nothing else does. */
final class QueueNames {
  private static final Pattern STANDARD = Pattern.compile("[A-Za-z0-9_-]{1,80}");
  private static final Pattern FIFO = Pattern.compile("[A-Za-z0-9_-]{1,75}\\.fifo");

  private QueueNames() {}

  /** Whether a queue of that name is a FIFO queue. */
  static boolean isFifo(String name) {
    return name.endsWith(".fifo");
  }

  /**
   * Checks the name of a queue that is to have these attributes.
   *
   * @throws TernException INVALID_PARAMETER_VALUE
   */
  static void check(String name, Map<String, String> attributes) {
    boolean fifo = "true".equalsIgnoreCase(attributes.get(QueueAttributes.FIFO_QUEUE));
    if (!(fifo ? FIFO : STANDARD).matcher(name).matches()) {
      throw new TernException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          fifo ? QueueAttributes.FIFO_NAME_RULE : QueueAttributes.NAME_RULE);
    }
  }
}
