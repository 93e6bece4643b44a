package io.tern.node.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tern.proto.content.ContentAttribute;
import io.tern.proto.content.TopicMessage;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each protocol is handed of a published message, from the queue to the door. */
class WrittenFormsTest {
  private static final String NUMBER = "+15551234567";
  private static final String STREAM = "arn:aws:firehose:us-east-1:000000000000:deliverystream/s";
  private static final ResourceKey DEVICE =
      new ResourceKey(ResourceKind.PLATFORM_APPLICATION, "us-east-1", "000000000000", "GCM/app");

  private final LedTopic topic = new LedTopic();
  private final List<Outgoing> sent = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    topic.close();
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {"plain", "'ends \t '", "'two lines\n\n'", "' '", "'\r\n'"})
  void aStreamGetsARawMessageToTheLastBlank(String text) {
    topic.subscribe("firehose", STREAM, Map.of("RawMessageDelivery", "true"));

    Outgoing.StreamRecord written = (Outgoing.StreamRecord) written(m -> m.setMessage(text));

    assertThat(written.record()).isEqualTo(text + "\n");
    StreamBatch batch = new StreamBatch("s");
    var _ = batch.add(written.record());
    var _ = batch.add(written.record());
    assertThat(new String(batch.body(), StandardCharsets.UTF_8))
        .isEqualTo(text + "\n" + text + "\n");
  }

  @Test
  void aStreamGetsTheEnvelopeInOneLine() {
    topic.subscribe("firehose", STREAM, Map.of());

    Outgoing.StreamRecord written = (Outgoing.StreamRecord) written(m -> m.setMessage("x \n"));

    assertThat(written.record())
        .contains("\"Message\":\"x \\n\"")
        .endsWith("}\n")
        .hasLineCount(1)
        .doesNotContain("Signature");
  }

  @Test
  void aFunctionGetsThePublishersTrace() {
    topic.subscribe("lambda", "arn:aws:lambda:us-east-1:0:function:f", Map.of());

    Outgoing.FunctionCall written =
        (Outgoing.FunctionCall) written(m -> m.setMessage("x").setTraceHeader("Root=1-2-3"));

    assertThat(written.traceHeader()).isEqualTo("Root=1-2-3");
    assertThat(written.event()).contains("\"Message\":\"x\"");
  }

  @Test
  void aTelephoneGetsTheTopicsNameCutBetweenCharacters() {
    topic.subscribe("sms", NUMBER, Map.of());

    Outgoing.TextMessage written =
        (Outgoing.TextMessage)
            written(m -> m.setMessage("y".repeat(2_000)).setDisplayName("123456789😀more"));

    assertThat(written.text()).hasSize(1_601).startsWith("123456789😀> yyy");
    assertThat(written.text().codePoints()).hasSize(1_600);
    assertThat(written.to()).isEqualTo(NUMBER);
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "soon, 2419200", "'', 2419200"})
  void aDeviceGetsItsProvidersForm(String given, long ttlSeconds) {
    device("true");
    topic.subscribe("application", arn(), Map.of());

    Outgoing.PushMessage written =
        (Outgoing.PushMessage)
            written(m ->
                m.setMessage("say \"hi\"")
                    .addAttributes(
                        ContentAttribute.newBuilder()
                            .setName("AWS.SNS.MOBILE.GCM.TTL")
                            .setDataType("String")
                            .setText(given)));

    assertThat(written.ttlSeconds()).isEqualTo(ttlSeconds);
    assertThat(written.payload()).isEqualTo("{\"data\":{\"default\":\"say \\\"hi\\\"\"}}");
    assertThat(written.token()).isEqualTo("tok");
    assertThat(written.platform()).isEqualTo("GCM");
    assertThat(written.application()).isEqualTo("app");
  }

  @Test
  void mailsAreForPeopleOrForPrograms() {
    topic.subscribe("email", "people@example.com", Map.of());
    topic.subscribe("email-json", "programs@example.com", Map.of());
    topic.lead(sender(), topic.known());

    topic.publish(m -> m.setMessage("hello").setSubject("s").setDisplayName("Orders"));

    await().until(() -> sent.size() == 2);
    for (Outgoing each : sent) {
      Outgoing.Mail mail = (Outgoing.Mail) each;
      assertThat(mail.subject()).isEqualTo("s");
      assertThat(mail.fromName()).isEqualTo("Orders");
      assertThat(mail.unsubscribeUrl()).contains("Action=Unsubscribe");
      if (mail.to().startsWith("people")) {
        assertThat(mail.text()).startsWith("hello\n\n--\n").contains(mail.unsubscribeUrl());
      } else {
        assertThat(mail.text()).startsWith("{").contains("\"Message\" : \"hello\"");
      }
    }
  }

  private void device(String enabled) {
    topic.define(DEVICE, Map.of());
    topic.define(DEVICE.endpoint("id"), Map.of("Token", "tok", "Enabled", enabled));
  }

  private static String arn() {
    return "arn:aws:sns:us-east-1:000000000000:endpoint/" + DEVICE.endpoint("id").name();
  }

  /** What the only subscriber is sent. */
  private Outgoing written(UnaryOperator<TopicMessage.Builder> message) {
    topic.lead(sender(), topic.known());
    topic.publish(message);
    await().until(() -> !sent.isEmpty());
    return sent.getFirst();
  }

  private Sender sender() {
    return delivery -> {
      sent.add(delivery);
      return CompletableFuture.completedFuture(new Outcome.Delivered(200, ""));
    };
  }
}
