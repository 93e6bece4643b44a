package io.tern.node.routing;

import io.tern.state.QueueName;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.QueueAttributes;
import io.tern.state.topic.FanOutTarget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a topic's subscribers as of one state of the queues' definitions; {@link
 * MatchedTopic} keeps them until a queue changes.
 *
 * @param queueChanges the mirror's count of changes before the routes were found
 */
record TargetRoutes(long queueChanges, List<TargetRoute> byIndex) {

  static TargetRoutes find(CatalogueMirror mirror, List<TopicSubscriber> subscribers) {
    long queueChanges = mirror.queueChanges();
    List<TargetRoute> routes = new ArrayList<>(subscribers.size());
    for (TopicSubscriber subscriber : subscribers) {
      routes.add(route(mirror, subscriber));
    }
    return new TargetRoutes(queueChanges, routes);
  }

  private static TargetRoute route(CatalogueMirror mirror, TopicSubscriber subscriber) {
    if (subscriber.delivery() != null) {
      return TargetRoute.own(
          new FanOutTarget(
              subscriber.subscription(),
              subscriber.protocol(),
              subscriber.raw(),
              subscriber.delivery(),
              subscriber.home(),
              null,
              null));
    }
    QueueDefinition queue = find(mirror, subscriber.queue());
    QueueDefinition deadLetter = find(mirror, subscriber.deadLetter());
    TargetRoute.Way instead =
        deadLetter == null ? null : TargetRoute.way(subscriber, deadLetter, null);
    return queue == null
        ? new TargetRoute(null, instead, true, 0)
        : new TargetRoute(
            TargetRoute.way(subscriber, queue, deadLetter),
            instead,
            false,
            (int) QueueAttributes.number(queue.attributes(), QueueAttributes.MAXIMUM_MESSAGE_SIZE));
  }

  private static @Nullable QueueDefinition find(CatalogueMirror mirror, @Nullable QueueName name) {
    return name == null ? null : mirror.find(name).orElse(null);
  }
}
