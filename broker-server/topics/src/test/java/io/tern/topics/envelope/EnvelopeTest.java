package io.tern.topics.envelope;

import static io.tern.topics.envelope.Samples.ENVELOPE;
import static io.tern.topics.envelope.Samples.FIFO_TOPIC;
import static io.tern.topics.envelope.Samples.IDENTITY;
import static io.tern.topics.envelope.Samples.SUBSCRIPTION;
import static io.tern.topics.envelope.Samples.TOPIC;
import static io.tern.topics.envelope.Samples.binary;
import static io.tern.topics.envelope.Samples.message;
import static io.tern.topics.envelope.Samples.notice;
import static io.tern.topics.envelope.Samples.raw;
import static io.tern.topics.envelope.Samples.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documents are SNS's to the byte, and their signatures verify. */
class EnvelopeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TIMESTAMP = "2026-11-21T16:00:00.120Z";
  private static final String CERTIFICATE_URL =
      "http://localhost:9324/SimpleNotificationService-" + IDENTITY.id() + ".pem";
  private static final String UNSUBSCRIBE_URL =
      "http://localhost:9324/?Action=Unsubscribe&SubscriptionArn=" + SUBSCRIPTION;

  @Test
  void aNotificationIsLaidOutAsSnsDoes() throws JsonProcessingException {
    String document = ENVELOPE.notification(notice(message("Grüße, \"Welt\"\n").setSubject("Hi")));

    String signature = JSON.readTree(document).get("Signature").textValue();
    assertThat(document)
        .isEqualTo(
            """
            {
              "Type" : "Notification",
              "MessageId" : "0f0e0d0c-0b0a-4908-8706-050403020100",
              "TopicArn" : "%s",
              "Subject" : "Hi",
              "Message" : "Grüße, \\"Welt\\"\\n",
              "Timestamp" : "%s",
              "SignatureVersion" : "1",
              "Signature" : "%s",
              "SigningCertURL" : "%s",
              "UnsubscribeURL" : "%s"
            }\
            """
                .formatted(TOPIC, TIMESTAMP, signature, CERTIFICATE_URL, UNSUBSCRIBE_URL));
  }

  @Test
  void attributesStandLast() {
    String document =
        ENVELOPE.notification(
            notice(
                message("x")
                    .addAttributes(binary("b", (byte) 0, (byte) -1))
                    .addAttributes(text("n", "Number.java.lang.Long", "5"))));

    assertThat(document)
        .endsWith(
            """
              "UnsubscribeURL" : "%s",
              "MessageAttributes" : {
                "b" : {"Type":"Binary","Value":"AP8="},
                "n" : {"Type":"Number.java.lang.Long","Value":"5"}
              }
            }\
            """
                .formatted(UNSUBSCRIBE_URL));
  }

  @Test
  void aFifoTopicHasSequenceNumbersAndNoSignature() {
    String document = ENVELOPE.notification(notice(message("x").setTopicArn(FIFO_TOPIC)));

    assertThat(document)
        .isEqualTo(
            """
            {
              "Type" : "Notification",
              "MessageId" : "0f0e0d0c-0b0a-4908-8706-050403020100",
              "SequenceNumber" : "10000000000000010752",
              "TopicArn" : "%s",
              "Message" : "x",
              "Timestamp" : "%s",
              "UnsubscribeURL" : "%s"
            }\
            """
                .formatted(FIFO_TOPIC, TIMESTAMP, UNSUBSCRIBE_URL));
  }

  @Test
  void aReplayedMessageSaysSo() throws JsonProcessingException {
    Notice live = notice(message("x").setTopicArn(FIFO_TOPIC));
    Notice replayed =
        new Notice(
            live.message(), 42, live.subscription(), live.subscriptionArn(), false, true, "x");

    assertThat(JSON.readTree(ENVELOPE.notification(replayed)).get("Replayed").textValue())
        .isEqualTo("true");
    assertThat(ENVELOPE.notification(live)).doesNotContain("Replayed");
  }

  @Test
  void aStreamGetsOneUnsignedLine() {
    Notice notice = notice(message("a\nb").addAttributes(text("k", "String", "v")));

    assertThat(ENVELOPE.streamRecord(notice))
        .isEqualTo(
            "{\"Type\":\"Notification\",\"MessageId\":\"0f0e0d0c-0b0a-4908-8706-050403020100\","
                + "\"TopicArn\":\""
                + TOPIC
                + "\",\"Message\":\"a\\nb\",\"Timestamp\":\""
                + TIMESTAMP
                + "\",\"UnsubscribeURL\":\""
                + UNSUBSCRIBE_URL
                + "\",\"MessageAttributes\":{\"k\":{\"Type\":\"String\",\"Value\":\"v\"}}}\n");
    assertThat(ENVELOPE.streamRecord(raw(message("plain")))).isEqualTo("plain\n");
  }

  @ParameterizedTest
  @CsvSource({
    "SUBSCRIBE, SubscriptionConfirmation, You have chosen to subscribe to the topic",
    "UNSUBSCRIBE, UnsubscribeConfirmation, You have chosen to deactivate subscription"
  })
  void confirmationsHaveTheirFieldsInOrder(Confirmation.Kind kind, String type, String text)
      throws JsonProcessingException {
    String document = ENVELOPE.confirmation(confirmation(kind));

    JsonNode fields = JSON.readTree(document);
    assertThat(List.copyOf(fields.properties()).stream().map(Map.Entry::getKey))
        .containsExactly(
            "Type",
            "MessageId",
            "Token",
            "TopicArn",
            "Message",
            "SubscribeURL",
            "Timestamp",
            "SignatureVersion",
            "Signature",
            "SigningCertURL");
    assertThat(fields.get("Type").textValue()).isEqualTo(type);
    assertThat(fields.get("Message").textValue()).startsWith(text);
    assertThat(fields.get("SubscribeURL").textValue())
        .isEqualTo(
            "http://localhost:9324/?Action=ConfirmSubscription&TopicArn=" + TOPIC + "&Token=abc");
  }

  @ParameterizedTest
  @CsvSource({"1, SHA1withRSA", "2, SHA256withRSA", "0, SHA1withRSA"})
  void theSignatureOfANotificationVerifies(int version, String algorithm) throws Exception {
    Notice notice = notice(message("Hällo").setSubject("S").setSignatureVersion(version));
    JsonNode fields = JSON.readTree(ENVELOPE.notification(notice));

    assertThat(fields.get("SignatureVersion").textValue()).isEqualTo(version == 2 ? "2" : "1");
    assertThat(
            verifies(
                fields,
                algorithm,
                "Message",
                "MessageId",
                "Subject",
                "Timestamp",
                "TopicArn",
                "Type"))
        .isTrue();
  }

  @Test
  void withoutSubjectNoneIsSigned() throws Exception {
    JsonNode fields = JSON.readTree(ENVELOPE.notification(notice(message("x"))));

    assertThat(
            verifies(
                fields, "SHA1withRSA", "Message", "MessageId", "Timestamp", "TopicArn", "Type"))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"SUBSCRIBE", "UNSUBSCRIBE"})
  void theSignatureOfAConfirmationCoversItsToken(Confirmation.Kind kind) throws Exception {
    JsonNode fields = JSON.readTree(ENVELOPE.confirmation(confirmation(kind)));

    assertThat(
            verifies(
                fields,
                "SHA256withRSA",
                "Message",
                "MessageId",
                "SubscribeURL",
                "Timestamp",
                "Token",
                "TopicArn",
                "Type"))
        .isTrue();
  }

  @Test
  void theLengthIsKnownWithoutASignature() {
    Notice notice = notice(message("äöü\t").addAttributes(text("k", "String", "日本")));

    assertThat(ENVELOPE.notificationBytes(notice))
        .isEqualTo(ENVELOPE.notification(notice).getBytes(UTF_8).length);
  }

  @Property(tries = 200)
  void everyTextComesBackFromTheJson(@ForAll String text) throws JsonProcessingException {
    Notice live = notice(message("x").setTopicArn(FIFO_TOPIC));
    Notice notice =
        new Notice(
            live.message(), 42, live.subscription(), live.subscriptionArn(), false, false, text);

    assertThat(JSON.readTree(ENVELOPE.notification(notice)).get("Message").textValue())
        .isEqualTo(text);
  }

  private static Confirmation confirmation(Confirmation.Kind kind) {
    return new Confirmation(
        kind, Samples.ID, TOPIC, SUBSCRIPTION, "abc", Samples.NOW.toEpochMilli(), 2, "");
  }

  private static boolean verifies(JsonNode fields, String algorithm, String... names)
      throws GeneralSecurityException {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append(name).append('\n').append(fields.get(name).textValue()).append('\n');
    }
    Signature signature = Signature.getInstance(algorithm);
    signature.initVerify(IDENTITY.certificate());
    signature.update(text.toString().getBytes(UTF_8));
    return signature.verify(Base64.getDecoder().decode(fields.get("Signature").textValue()));
  }
}
