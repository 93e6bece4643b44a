package io.tern.topics.envelope;

import com.google.protobuf.ByteString;
import io.tern.proto.content.ContentAttribute;
import io.tern.proto.content.NotificationContent;
import io.tern.proto.content.TopicMessage;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** What the tests of documents share: one key, for making one is slow, and plain messages. */
final class Samples {
  static final String TOPIC = "arn:aws:sns:eu-west-1:000000000000:orders";
  static final String FIFO_TOPIC = TOPIC + ".fifo";
  static final String SUBSCRIPTION = TOPIC + ":11111111-2222-4333-8444-555555555555";
  static final UUID ID = UUID.fromString("0f0e0d0c-0b0a-4908-8706-050403020100");
  static final Instant NOW = Instant.parse("2026-11-21T16:00:00.120Z");
  static final Links LINKS = new Links("http://localhost:9324/");
  static final SigningIdentity IDENTITY = SigningIdentities.generate(new SecureRandom(), NOW);
  static final Signer SIGNER = new RsaSigner(IDENTITY);
  static final Envelope ENVELOPE = new Envelope(SIGNER, LINKS);

  private Samples() {}

  static TopicMessage.Builder message(String text) {
    return TopicMessage.newBuilder()
        .setIdHigh(ID.getMostSignificantBits())
        .setIdLow(ID.getLeastSignificantBits())
        .setTopicArn(TOPIC)
        .setMessage(text)
        .setPublishedMillis(NOW.toEpochMilli())
        .setSignatureVersion(1);
  }

  static Notice notice(TopicMessage.Builder message, String protocol, boolean raw) {
    NotificationContent content =
        NotificationContent.newBuilder()
            .setSubscription(7)
            .setSequence(42)
            .setProtocol(protocol)
            .setRaw(raw)
            .build();
    return Notice.of(content, message.build(), SUBSCRIPTION);
  }

  static Notice notice(TopicMessage.Builder message) {
    return notice(message, "sqs", false);
  }

  static Notice raw(TopicMessage.Builder message) {
    return notice(message, "sqs", true);
  }

  static ContentAttribute text(String name, String type, String value) {
    return ContentAttribute.newBuilder().setName(name).setDataType(type).setText(value).build();
  }

  static ContentAttribute binary(String name, byte... value) {
    return ContentAttribute.newBuilder()
        .setName(name)
        .setDataType("Binary")
        .setBinary(ByteString.copyFrom(value))
        .build();
  }
}
