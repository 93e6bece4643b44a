package io.tern.node.leader;

import io.tern.proto.content.NotificationContent;
import io.tern.state.Delivery;

/**
 * A notification received to be delivered to the world.
 *
 * @param sentMillis wall clock of the moment it was put into the queue
 * @param content with its message
 */
public record ReceivedNotification(
    Delivery delivery, long sentMillis, String group, NotificationContent content) {}
