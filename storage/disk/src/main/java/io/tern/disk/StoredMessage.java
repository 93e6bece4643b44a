package io.tern.disk;

import io.tern.state.Bytes;
import io.tern.state.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * A message as its row holds it.
 *
 * @param number of a parked message, the number of its outbox entry
 * @param sentMillis wall clock
 * @param group the message group, empty for none
 * @param deadLetterSource the queue it came from as a dead letter, or null
 * @param content what the sender gave, opaque here
 */
public record StoredMessage(
    long number,
    long sentMillis,
    String group,
    @Nullable QueueName deadLetterSource,
    Bytes content) {}
