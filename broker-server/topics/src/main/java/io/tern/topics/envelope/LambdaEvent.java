package io.tern.topics.envelope;

import io.tern.proto.content.ContentAttribute;
import io.tern.topics.envelope.Document.Layout;
import java.util.List;

/** The event that a Lambda function is invoked with; one message each. Delivery uses it. */
public final class LambdaEvent {
  private static final int FRAME_CHARACTERS = 1_280;

  /** What the event claims, whatever the signature was made with: so does SNS. */
  private static final String CLAIMED_VERSION = "1";

  private final Signer signer;
  private final Links links;

  public LambdaEvent(Signer signer, Links links) {
    this.signer = signer;
    this.links = links;
  }

  /** The payload of the Invoke call. Raw delivery makes no difference to a function. */
  public String of(Notice notice) {
    String signature = signer.sign(notice.signatureVersion(), StringToSign.of(notice));
    String subject = notice.message().getSubject();
    String sns =
        new Document(Layout.COMPACT, notice.text().length() + FRAME_CHARACTERS)
            .add("Type", Envelope.NOTIFICATION)
            .add("MessageId", notice.messageId())
            .add("TopicArn", notice.topicArn())
            .addJson("Subject", subject.isEmpty() ? "null" : JsonText.quoted(subject))
            .add("Message", notice.text())
            .add("Timestamp", notice.timestamp())
            .add("SignatureVersion", CLAIMED_VERSION)
            .add("Signature", signature)
            .add("SigningCertUrl", links.certificate(signer.certificateId()))
            .add("UnsubscribeUrl", links.unsubscribe(notice.subscriptionArn()))
            .addAttributes("MessageAttributes", asFunctionsSeeThem(notice.attributes()))
            .end();
    return new Document(Layout.COMPACT, sns.length() + FRAME_CHARACTERS)
        .addJson("Records", "[" + entry(notice, sns) + "]")
        .end();
  }

  private static String entry(Notice notice, String sns) {
    return new Document(Layout.COMPACT, sns.length() + FRAME_CHARACTERS)
        .add("EventSource", "aws:sns")
        .add("EventVersion", "1.0")
        .add("EventSubscriptionArn", notice.subscriptionArn())
        .addJson("Sns", sns)
        .end();
  }

  /** Functions know texts and bytes only: numbers and lists reach them as texts. */
  private static List<ContentAttribute> asFunctionsSeeThem(List<ContentAttribute> attributes) {
    return attributes.stream()
        .map(attribute ->
            attribute.hasBinary() || !isTextForFunctions(attribute.getDataType())
                ? attribute
                : attribute.toBuilder().setDataType("String").build())
        .toList();
  }

  private static boolean isTextForFunctions(String dataType) {
    return dataType.equals("Number")
        || dataType.startsWith("Number.")
        || dataType.equals("String.Array");
  }
}
