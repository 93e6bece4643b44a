package io.tern.topics.envelope;

/** The mails subscribers get; delivery hands them to the mail server. */
public final class Mails {
  private static final String DEFAULT_SUBJECT = "AWS Notification Message";

  private final Envelope envelope;
  private final Links links;

  public Mails(Envelope envelope, Links links) {
    this.envelope = envelope;
    this.links = links;
  }

  /**
   * A mail in plain text.
   *
   * @param senderName what stands beside the sender's address; empty for nothing
   * @param unsubscribeUrl for the header List-Unsubscribe; empty for none
   */
  public record Mail(String senderName, String subject, String text, String unsubscribeUrl) {}

  /** For protocol email: the message, and below it how to get no more. */
  public Mail text(Notice notice) {
    String unsubscribe = links.unsubscribe(notice.subscriptionArn());
    String text =
        notice.text()
            + "\n\n--\nYou receive this mail because this address is subscribed to the topic "
            + notice.topicArn()
            + ".\nTo stop receiving notifications from this topic, visit this link to unsubscribe:\n"
            + unsubscribe
            + "\n\nPlease do not reply to this mail: nobody reads answers to it.\n";
    return mail(notice, text, unsubscribe);
  }

  /** For protocol email-json: the envelope and nothing else, for it is read by programs. */
  public Mail json(Notice notice) {
    return mail(notice, envelope.notification(notice), links.unsubscribe(notice.subscriptionArn()));
  }

  /** For protocol email: asks the owner of an address. */
  public Mail text(Confirmation confirmation) {
    String link = confirmation.subscribeUrl(links);
    String text =
        switch (confirmation.kind()) {
          case SUBSCRIBE ->
              "You have chosen to subscribe to the topic:\n"
                  + confirmation.topicArn()
                  + "\n\nTo confirm this subscription, visit the link below:\n"
                  + link
                  + "\n\nIf you did not ask for this, do nothing: no messages will be sent to"
                  + " you.\n";
          case UNSUBSCRIBE ->
              "Your subscription to the topic below has been deactivated:\n"
                  + confirmation.topicArn()
                  + "\n\nIf this was in error, visit the link below to subscribe again:\n"
                  + link
                  + "\n";
        };
    return mail(confirmation, text);
  }

  /** The question for protocol email-json. */
  public Mail json(Confirmation confirmation) {
    return mail(confirmation, envelope.confirmation(confirmation));
  }

  private static Mail mail(Confirmation confirmation, String text) {
    String subject =
        switch (confirmation.kind()) {
          case SUBSCRIBE -> "AWS Notification - Subscription Confirmation";
          case UNSUBSCRIBE -> "AWS Notification - Unsubscribe Confirmation";
        };
    return new Mail(confirmation.displayName(), subject, text, "");
  }

  private static Mail mail(Notice notice, String text, String unsubscribe) {
    String subject = notice.message().getSubject();
    return new Mail(
        notice.message().getDisplayName(),
        subject.isEmpty() ? DEFAULT_SUBJECT : subject,
        text,
        unsubscribe);
  }
}
