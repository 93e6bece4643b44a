package io.tern.chaos.history;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message as a receive gave it.
 *
 * @param md5 as the server said
 * @param receiveCount ApproximateReceiveCount
 * @param attributes message attributes, name to string value
 */
public record Delivery(
    String messageId,
    String body,
    String md5,
    String receipt,
    int receiveCount,
    @Nullable String group,
    @Nullable String sequenceNumber,
    Map<String, String> attributes) {}
