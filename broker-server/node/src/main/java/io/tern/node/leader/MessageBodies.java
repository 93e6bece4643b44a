package io.tern.node.leader;

import io.tern.disk.StoredBody;
import io.tern.disk.StoredContent;
import io.tern.disk.StoredMessage;
import io.tern.proto.content.NotificationContent;
import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.Delivery;
import io.tern.state.QueueId;
import io.tern.state.TopicChange;
import io.tern.state.topic.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives received messages their bodies: from memory, or else from the disk and on its pool, where
 * notifications become plain messages too. A part of {@link LeaderTerm}.
 */
final class MessageBodies {
  private static final Logger LOG = LoggerFactory.getLogger(MessageBodies.class);

  private final LeaderPorts ports;
  private final RecentMessages recent = new RecentMessages();
  private final RecentBodies bodies = new RecentBodies();

  MessageBodies(LeaderPorts ports) {
    this.ports = ports;
  }

  void stored(Change.MessageStored stored) {
    recent.stored(stored);
  }

  void stored(Change.MessageArrived arrived) {
    recent.stored(arrived);
  }

  void stored(TopicChange.NotificationStored stored) {
    recent.stored(stored);
  }

  void stored(TopicChange.BodyStored stored) {
    bodies.stored(stored);
  }

  void removed(QueueId queue, long number) {
    recent.removed(queue, number);
  }

  /** The messages as receivers get them. */
  CompletableFuture<ReceivedMessages> plain(QueueId queue, List<Delivery> deliveries) {
    List<ReceivedMessages.Message> messages = new ArrayList<>(deliveries.size());
    for (Delivery delivery : deliveries) {
      Optional<StoredMessage> stored = recent.find(queue, delivery.number());
      if (stored.isEmpty() || !(stored.get().content() instanceof StoredContent.Plain)) {
        return CompletableFuture.supplyAsync(
            () -> new ReceivedMessages.Messages(read(queue, deliveries)), ports.diskReads());
      }
      messages.add(new ReceivedMessages.Message(delivery, stored.get()));
    }
    return CompletableFuture.completedFuture(new ReceivedMessages.Messages(messages));
  }

  /** A message deleted in the meantime is left out: its receiver is too late. */
  private List<ReceivedMessages.Message> read(QueueId queue, List<Delivery> deliveries) {
    List<ReceivedMessages.Message> messages = new ArrayList<>(deliveries.size());
    for (Delivery delivery : deliveries) {
      find(queue, delivery.number())
          .flatMap(stored -> plain(queue, stored))
          .ifPresent(stored -> messages.add(new ReceivedMessages.Message(delivery, stored)));
    }
    return messages;
  }

  private Optional<StoredMessage> plain(QueueId queue, StoredMessage stored) {
    return stored.content() instanceof StoredContent.Plain
        ? Optional.of(stored)
        : whole(queue, stored)
            .map(content -> with(stored, ports.topics().rendering().plain(content)));
  }

  /**
   * The notifications for delivery to the world, whole; reads the disk, on its pool. Plain messages
   * are left out: nobody sends them to such queues.
   */
  CompletableFuture<List<ReceivedNotification>> whole(QueueId queue, List<Delivery> deliveries) {
    return CompletableFuture.supplyAsync(
        () -> {
          List<ReceivedNotification> notifications = new ArrayList<>(deliveries.size());
          for (Delivery delivery : deliveries) {
            find(queue, delivery.number())
                .flatMap(stored ->
                    whole(queue, stored)
                        .map(content ->
                            new ReceivedNotification(
                                delivery, stored.sentMillis(), stored.group(), content)))
                .ifPresent(notifications::add);
          }
          return notifications;
        },
        ports.diskReads());
  }

  private Optional<NotificationContent> whole(QueueId queue, StoredMessage stored) {
    return switch (stored.content()) {
      case StoredContent.Plain _ -> Optional.empty();
      case StoredContent.Inline inline ->
          Optional.of(StoredNotifications.content(inline.content()));
      case StoredContent.Reference reference -> {
        Notification notification = reference.notification();
        Optional<Bytes> body = body(notification);
        if (body.isEmpty()) {
          LOG.error(
              "a notification's body is not there queue={} number={} topic={} body={}",
              queue.number(),
              stored.number(),
              notification.topic().number(),
              notification.body());
        }
        yield body.map(found -> StoredNotifications.content(notification, found));
      }
    };
  }

  private Optional<StoredMessage> find(QueueId queue, long number) {
    return recent.find(queue, number).or(() -> ports.messages().read(queue, number));
  }

  private Optional<Bytes> body(Notification notification) {
    return bodies
        .find(notification.topic(), notification.body())
        .or(() ->
            ports
                .topics()
                .bodies()
                .body(notification.topic(), notification.body())
                .map(StoredBody::content));
  }

  private static StoredMessage with(StoredMessage stored, Bytes content) {
    return new StoredMessage(
        stored.number(),
        stored.sentMillis(),
        stored.group(),
        stored.deadLetterSource(),
        new StoredContent.Plain(content));
  }
}
