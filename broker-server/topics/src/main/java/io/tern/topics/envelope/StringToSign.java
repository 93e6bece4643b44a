package io.tern.topics.envelope;

/** What a signature covers: names and values, line by line, in the order of the names. */
final class StringToSign {
  private StringToSign() {}

  static String of(Notice notice) {
    StringBuilder text = new StringBuilder(notice.text().length() + 512);
    add(text, "Message", notice.text());
    add(text, "MessageId", notice.messageId());
    if (!notice.message().getSubject().isEmpty()) {
      add(text, "Subject", notice.message().getSubject());
    }
    add(text, "Timestamp", notice.timestamp());
    add(text, "TopicArn", notice.topicArn());
    add(text, "Type", Envelope.NOTIFICATION);
    return text.toString();
  }

  static String of(Confirmation confirmation, Links links) {
    StringBuilder text = new StringBuilder(1_024);
    add(text, "Message", confirmation.text());
    add(text, "MessageId", confirmation.messageId());
    add(text, "SubscribeURL", confirmation.subscribeUrl(links));
    add(text, "Timestamp", confirmation.timestamp());
    add(text, "Token", confirmation.token());
    add(text, "TopicArn", confirmation.topicArn());
    add(text, "Type", confirmation.kind().type());
    return text.toString();
  }

  private static void add(StringBuilder text, String name, String value) {
    text.append(name).append('\n').append(value).append('\n');
  }
}
