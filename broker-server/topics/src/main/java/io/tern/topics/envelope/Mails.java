package io.tern.topics.envelope;

/** The mails subscribers get; delivery hands them to the mail server. */
public final class Mails {
  private static final String DEFAULT_SUBJECT = "AWS Notification Message";
  private static final String CONFIRMATION_SUBJECT = "AWS Notification - Subscription Confirmation";

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

  /**
   * The mail that asks the owner of an address whether it is to be subscribed.
   *
   * @param displayName of the topic; may be empty
   */
  public Mail confirmation(Confirmation confirmation, String displayName) {
    String text =
        "You have chosen to subscribe to the topic:\n"
            + confirmation.topicArn()
            + "\n\nTo confirm this subscription, visit the link below:\n"
            + confirmation.subscribeUrl(links)
            + "\n\nIf you did not ask for this, do nothing: nothing more will be sent to you.\n";
    return new Mail(displayName, CONFIRMATION_SUBJECT, text, "");
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
