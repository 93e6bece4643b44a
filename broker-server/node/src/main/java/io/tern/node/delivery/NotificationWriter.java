package io.tern.node.delivery;

import io.tern.node.leader.ReceivedNotification;
import io.tern.node.routing.Notifications;
import io.tern.state.Bytes;
import io.tern.topics.envelope.HttpRequests;
import io.tern.topics.envelope.Notice;
import java.nio.charset.StandardCharsets;

/** Writes a notification in the form of its protocol; {@link DeliveryDuty} sends it. */
final class NotificationWriter {
  private static final String MAIL_SUBJECT = "AWS Notification Message";

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
              new Outgoing.FunctionCall(endpoint, notifications.lambdaEvent().of(notice)));
      case FIREHOSE ->
          new Written.Ready(
              new Outgoing.StreamRecord(
                  endpoint, notifications.envelope().streamRecord(notice).stripTrailing()));
      case EMAIL -> new Written.Ready(mail(notice, endpoint, plainText(notice)));
      case EMAIL_JSON ->
          new Written.Ready(mail(notice, endpoint, notifications.envelope().notification(notice)));
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

  private Outgoing.Mail mail(Notice notice, String endpoint, String text) {
    String subject = notice.message().getSubject();
    return new Outgoing.Mail(
        endpoint,
        notice.message().getDisplayName(),
        subject.isEmpty() ? MAIL_SUBJECT : subject,
        text,
        unsubscribeUrl(notice));
  }

  private String plainText(Notice notice) {
    return notice.text()
        + "\n\n--\nIf you wish to stop receiving notifications from this topic, please visit the"
        + " link below to unsubscribe:\n"
        + unsubscribeUrl(notice)
        + "\n";
  }

  private String unsubscribeUrl(Notice notice) {
    return notifications.links().unsubscribe(notice.subscriptionArn());
  }

  static Bytes utf8(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
