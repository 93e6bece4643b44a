package io.tern.node.routing;

import io.tern.state.TopicId;

/**
 * Wants to know which topics another version of the catalogue concerns. Called on the catalogue's
 * apply thread after the mirror has all of an entry: it must be quick and must not fail.
 */
@FunctionalInterface
public interface TopicListener {

  /** The topic or one of its subscriptions is another than before, or gone. */
  void onSubscriptionsChanged(TopicId topic);
}
