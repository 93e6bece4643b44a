package io.tern.topics.envelope;

import io.tern.topics.envelope.Document.Layout;

/**
 * The documents subscribers get, as SNS writes them: order of fields, layout and escapes included.
 * Rendering at the leader and delivery use it.
 */
public final class Envelope {
  static final String NOTIFICATION = "Notification";

  /** What a document needs besides texts that may be long. */
  private static final int FRAME_CHARACTERS = 1_280;

  private final Signer signer;
  private final Links links;

  public Envelope(Signer signer, Links links) {
    this.signer = signer;
    this.links = links;
  }

  /** The envelope for sqs, http, https and email-json. */
  public String notification(Notice notice) {
    Document document = started(Layout.LINES, notice);
    if (!notice.fifo()) {
      sign(document, notice.signatureVersion(), StringToSign.of(notice));
    }
    return finished(document, notice);
  }

  /** The record of a stream, one line: the envelope without its signature, or the mere message. */
  public String streamRecord(Notice notice) {
    String line = notice.raw() ? notice.text() : finished(started(Layout.COMPACT, notice), notice);
    return line + "\n";
  }

  /** The document that asks an endpoint's owner. */
  public String confirmation(Confirmation confirmation) {
    Document document =
        new Document(Layout.LINES, FRAME_CHARACTERS)
            .add("Type", confirmation.kind().type())
            .add("MessageId", confirmation.messageId())
            .add("Token", confirmation.token())
            .add("TopicArn", confirmation.topicArn())
            .add("Message", confirmation.text())
            .add("SubscribeURL", confirmation.subscribeUrl(links))
            .add("Timestamp", confirmation.timestamp());
    sign(document, confirmation.signatureVersion(), StringToSign.of(confirmation, links));
    return document.end();
  }

  /** The envelope's length in UTF-8, without the cost of a signature. */
  public long notificationBytes(Notice notice) {
    return Utf8.bytes(new Envelope(new Unsigned(signer), links).notification(notice));
  }

  private Document started(Layout layout, Notice notice) {
    Document document =
        new Document(layout, notice.text().length() + FRAME_CHARACTERS)
            .add("Type", NOTIFICATION)
            .add("MessageId", notice.messageId());
    if (notice.fifo()) {
      document.add("SequenceNumber", notice.sequenceNumber());
    }
    document.add("TopicArn", notice.topicArn());
    if (!notice.message().getSubject().isEmpty()) {
      document.add("Subject", notice.message().getSubject());
    }
    return document.add("Message", notice.text()).add("Timestamp", notice.timestamp());
  }

  private String finished(Document document, Notice notice) {
    document.add("UnsubscribeURL", links.unsubscribe(notice.subscriptionArn()));
    if (!notice.attributes().isEmpty()) {
      document.addAttributes("MessageAttributes", notice.attributes());
    }
    if (notice.replayed()) {
      document.add("Replayed", "true");
    }
    return document.end();
  }

  private void sign(Document document, int version, String stringToSign) {
    document
        .add("SignatureVersion", Integer.toString(version))
        .add("Signature", signer.sign(version, stringToSign))
        .add("SigningCertURL", links.certificate(signer.certificateId()));
  }

  /** Stands for a signer where only the length of what it would write matters. */
  private record Unsigned(Signer signer) implements Signer {
    @Override
    public String sign(int version, String stringToSign) {
      return "=".repeat(signer.signatureCharacters());
    }

    @Override
    public String certificateId() {
      return signer.certificateId();
    }

    @Override
    public int signatureCharacters() {
      return signer.signatureCharacters();
    }
  }
}
