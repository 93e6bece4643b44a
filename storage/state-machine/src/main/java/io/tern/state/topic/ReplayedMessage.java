package io.tern.state.topic;

import io.tern.state.Bytes;

/**
 * One archived message on its way to a subscription again.
 *
 * @param number the topic's number of the message
 * @param group its message group
 * @param content the whole notification, encoded
 */
public record ReplayedMessage(long number, FanOutTarget target, String group, Bytes content) {}
