package io.tern.topics.envelope;

import static io.tern.topics.envelope.Samples.ENVELOPE;
import static io.tern.topics.envelope.Samples.IDENTITY;
import static io.tern.topics.envelope.Samples.LINKS;
import static io.tern.topics.envelope.Samples.SIGNER;
import static io.tern.topics.envelope.Samples.SUBSCRIPTION;
import static io.tern.topics.envelope.Samples.TOPIC;
import static io.tern.topics.envelope.Samples.binary;
import static io.tern.topics.envelope.Samples.message;
import static io.tern.topics.envelope.Samples.notice;
import static io.tern.topics.envelope.Samples.raw;
import static io.tern.topics.envelope.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tern.topics.envelope.HttpRequests.Request;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What functions and web servers are sent. */
class WorldTest {
  private final LambdaEvent events = new LambdaEvent(SIGNER, LINKS);
  private final HttpRequests requests = new HttpRequests(ENVELOPE);

  @Test
  void aFunctionGetsOneRecord() throws JsonProcessingException {
    String event = events.of(notice(message("x").setSignatureVersion(2)));

    String signature =
        new ObjectMapper().readTree(event).at("/Records/0/Sns/Signature").textValue();
    assertThat(event)
        .isEqualTo(
            ("{\"Records\":[{\"EventSource\":\"aws:sns\",\"EventVersion\":\"1.0\","
                    + "\"EventSubscriptionArn\":\"%s\",\"Sns\":{\"Type\":\"Notification\","
                    + "\"MessageId\":\"%s\",\"TopicArn\":\"%s\",\"Subject\":null,"
                    + "\"Message\":\"x\",\"Timestamp\":\"2026-11-21T16:00:00.120Z\","
                    + "\"SignatureVersion\":\"1\",\"Signature\":\"%s\",\"SigningCertUrl\":\"%s\","
                    + "\"UnsubscribeUrl\":\"%s\",\"MessageAttributes\":{}}}]}")
                .formatted(
                    SUBSCRIPTION,
                    Samples.ID,
                    TOPIC,
                    signature,
                    LINKS.certificate(IDENTITY.id()),
                    LINKS.unsubscribe(SUBSCRIPTION)));
  }

  @Test
  void aFunctionSeesTextsAndBytesOnly() throws JsonProcessingException {
    Notice notice =
        raw(
            message("x")
                .setSubject("S")
                .addAttributes(text("a", "Number", "1"))
                .addAttributes(text("b", "String.Array", "[]"))
                .addAttributes(text("c", "String.own", "v"))
                .addAttributes(binary("d", (byte) 1)));

    JsonNode sns = new ObjectMapper().readTree(events.of(notice)).at("/Records/0/Sns");

    assertThat(sns.get("Subject").textValue()).isEqualTo("S");
    assertThat(sns.at("/MessageAttributes/a/Type").textValue()).isEqualTo("String");
    assertThat(sns.at("/MessageAttributes/b/Type").textValue()).isEqualTo("String");
    assertThat(sns.at("/MessageAttributes/c/Type").textValue()).isEqualTo("String.own");
    assertThat(sns.at("/MessageAttributes/d/Value").textValue()).isEqualTo("AQ==");
  }

  @Test
  void aNotificationsHeaders() {
    Notice notice = notice(message("x").setTraceHeader("Root=1"));

    Request request = requests.notification(notice, "application/json");

    assertThat(request.headers())
        .containsExactly(
            entry("x-amz-sns-message-type", "Notification"),
            entry("x-amz-sns-message-id", Samples.ID.toString()),
            entry("x-amz-sns-topic-arn", TOPIC),
            entry("x-amz-sns-subscription-arn", SUBSCRIPTION),
            entry("Content-Type", "application/json"),
            entry("User-Agent", "Amazon Simple Notification Service Agent"),
            entry("Connection", "Keep-Alive"),
            entry("Accept-Encoding", "gzip,deflate"),
            entry("X-Amzn-Trace-Id", "Root=1"));
    assertThat(request.body()).isEqualTo(ENVELOPE.notification(notice));
  }

  @Test
  void aRawNotificationIsTheMessageAlone() {
    Notice notice = raw(message("plain").setSubject("S").addAttributes(text("k", "String", "v")));

    Request request = requests.notification(notice, HttpRequests.PLAIN_TEXT);

    assertThat(request.headers()).contains(entry("x-amz-sns-rawdelivery", "true"));
    assertThat(request.headers()).doesNotContainKey("X-Amzn-Trace-Id");
    assertThat(request.body()).isEqualTo("plain");
  }

  @Test
  void onlyAnUnsubscribeConfirmationTellsTheSubscription() {
    Map<String, String> subscribe =
        requests.confirmation(confirmation(Confirmation.Kind.SUBSCRIBE)).headers();
    Map<String, String> unsubscribe =
        requests.confirmation(confirmation(Confirmation.Kind.UNSUBSCRIBE)).headers();

    assertThat(subscribe)
        .contains(entry("x-amz-sns-message-type", "SubscriptionConfirmation"))
        .contains(entry("Content-Type", "text/plain; charset=UTF-8"))
        .doesNotContainKey("x-amz-sns-subscription-arn")
        .doesNotContainKey("x-amz-sns-rawdelivery");
    assertThat(unsubscribe)
        .contains(entry("x-amz-sns-message-type", "UnsubscribeConfirmation"))
        .contains(entry("x-amz-sns-subscription-arn", SUBSCRIPTION));
  }

  private static Confirmation confirmation(Confirmation.Kind kind) {
    return new Confirmation(
        kind, Samples.ID, TOPIC, SUBSCRIPTION, "abc", Samples.NOW.toEpochMilli(), 1, "");
  }
}
