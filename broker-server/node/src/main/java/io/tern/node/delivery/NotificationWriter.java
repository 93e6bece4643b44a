package io.tern.node.delivery;

import io.tern.node.leader.ReceivedNotification;
import io.tern.node.routing.Notifications;
import io.tern.state.Bytes;
import io.tern.topics.envelope.HttpRequests;
import io.tern.topics.envelope.Mails;
import io.tern.topics.envelope.Notice;
import java.nio.charset.StandardCharsets;

/** Writes a notification in the form of its protocol; {@link DeliveryDuty} sends it. */
final class NotificationWriter {
  private final Notifications notifications;
  private final PhoneAndPush phoneAndPush;

  NotificationWriter(Notifications notifications, PhoneAndPush phoneAndPush) {
    this.notifications = notifications;
    this.phoneAndPush = phoneAndPush;
  }

  /** The delivery, or why there will never be one. */
  sealed interface Written {
    record Ready(Outgoing delivery) implements Written {}

    record Impossible(String reason) implements Written {}

    /** The receiver is not to be disturbed: as good as delivered. */
    record Needless(String reason) implements Written {}
  }

  Written write(DeliveryTarget target, ReceivedNotification received) {
    Notice notice = notifications.notice(received.content(), received.content().getMessage());
    String direct = received.content().getMessage().getDirectEndpoint();
    String endpoint = direct.isEmpty() ? target.subscription().endpoint() : direct;
    return switch (target.protocol()) {
      case HTTP, HTTPS -> new Written.Ready(post(target, notice, endpoint));
      case LAMBDA ->
          new Written.Ready(
              new Outgoing.FunctionCall(
                  endpoint,
                  notifications.lambdaEvent().of(notice),
                  notice.message().getTraceHeader()));
      case FIREHOSE ->
          new Written.Ready(
              new Outgoing.StreamRecord(endpoint, notifications.envelope().streamRecord(notice)));
      case EMAIL -> new Written.Ready(Outgoing.Mail.of(endpoint, mails().text(notice)));
      case EMAIL_JSON -> new Written.Ready(Outgoing.Mail.of(endpoint, mails().json(notice)));
      case SMS -> phoneAndPush.textMessage(target, notice, endpoint);
      case APPLICATION -> phoneAndPush.push(notice, endpoint);
      case SQS -> new Written.Impossible("queues are not delivered to from here");
    };
  }

  private Outgoing.WebPost post(DeliveryTarget target, Notice notice, String endpoint) {
    HttpRequests.Request request =
        new HttpRequests(notifications.envelope())
            .notification(notice, target.policy().contentType());
    return new Outgoing.WebPost(endpoint, request.headers(), utf8(request.body()));
  }

  private Mails mails() {
    return new Mails(notifications.envelope(), notifications.links());
  }

  static Bytes utf8(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
