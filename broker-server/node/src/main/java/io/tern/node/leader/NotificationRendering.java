package io.tern.node.leader;

import io.tern.proto.content.NotificationContent;
import io.tern.state.Bytes;

/**
 * Makes messages that receivers understand of notifications; takes long enough to be called on a
 * pool only. Routing implements it over the cluster's keys.
 */
@FunctionalInterface
public interface NotificationRendering {

  /** Of a notification with its message: an encoded MessageContent. */
  Bytes plain(NotificationContent notification);
}
