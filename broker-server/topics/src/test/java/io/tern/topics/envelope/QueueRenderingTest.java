package io.tern.topics.envelope;

import static io.tern.topics.envelope.Samples.ENVELOPE;
import static io.tern.topics.envelope.Samples.binary;
import static io.tern.topics.envelope.Samples.message;
import static io.tern.topics.envelope.Samples.notice;
import static io.tern.topics.envelope.Samples.raw;
import static io.tern.topics.envelope.Samples.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.proto.content.MessageContent;
import io.tern.proto.content.TopicMessage;
import io.tern.state.SubscriptionId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a queue's receivers get of a notification. */
class QueueRenderingTest {
  private final QueueRendering rendering = new QueueRendering(ENVELOPE);

  @Test
  void withoutRawTheBodyIsTheEnvelope() {
    Notice notice =
        notice(message("hi").addAttributes(text("k", "String", "v")).setTraceHeader("Root=1-2-3"));

    MessageContent content = rendering.message(notice, false);

    assertThat(content.getBody()).isEqualTo(ENVELOPE.notification(notice));
    assertThat(content.getAttributesList()).isEmpty();
    assertThat(content.getTraceHeader()).isEqualTo("Root=1-2-3");
    assertThat(content.getSenderId()).isEqualTo(QueueRendering.SENDER_ID);
    assertThat(content.getDeduplicationId()).isEmpty();
  }

  @Test
  void rawIsTheMessageWithItsAttributes() {
    TopicMessage.Builder message =
        message("hi")
            .addAttributes(text("a", "String.Array", "[1]"))
            .addAttributes(binary("b", (byte) 1))
            .setDeduplicationId("d");

    MessageContent content = rendering.message(raw(message), true);

    assertThat(content.getBody()).isEqualTo("hi");
    assertThat(content.getBodyMd5()).isEqualTo("49f68a5c8493ec2c0bf489821c21fc3b");
    assertThat(content.getAttributesList()).isEqualTo(message.getAttributesList());
    assertThat(content.getDeduplicationId()).isEqualTo("d");
  }

  @Test
  void theSameNotificationIsTheSameMessage() {
    Notice notice = notice(message("x"));
    MessageContent once = rendering.message(notice, false);
    assertThat(rendering.message(notice, false)).isEqualTo(once);
    assertThat(new UUID(once.getIdHigh(), once.getIdLow())).isNotEqualTo(Samples.ID);
  }

  @Test
  void subscriptionsAndReplaysHaveIdsOfTheirOwn() {
    Notice one = notice(message("x"));
    Notice other = with(one, new SubscriptionId(8), false);
    Notice replayed = with(one, one.subscription(), true);

    assertThat(QueueRendering.messageId(one))
        .isNotEqualTo(QueueRendering.messageId(other))
        .isNotEqualTo(QueueRendering.messageId(replayed));
  }

  @ParameterizedTest
  @CsvSource({"false, 10, true", "false, 11, true", "true, 10, true", "true, 11, false"})
  void elevenAttributesDoNotFitRaw(boolean raw, int attributes, boolean fits) {
    TopicMessage.Builder message = message("x");
    for (int i = 0; i < attributes; i++) {
      message.addAttributes(text("a" + i, "String", "v"));
    }
    assertThat(rendering.fits(notice(message, "sqs", raw), 262_144)).isEqualTo(fits);
  }

  @Test
  void anEnvelopeLongerThanTheQueueTakesDoesNotFit() {
    Notice notice = notice(message("\u0001".repeat(10_000)).setSubject("ä"));
    int bytes = ENVELOPE.notification(notice).getBytes(UTF_8).length;

    assertThat(rendering.bytes(notice)).isEqualTo(bytes);
    assertThat(rendering.fits(notice, bytes)).isTrue();
    assertThat(rendering.fits(notice, bytes - 1)).isFalse();
  }

  @Test
  void rawCountsNamesTypesAndValues() {
    Notice notice =
        raw(
            message("ä")
                .addAttributes(text("k", "String", "日"))
                .addAttributes(binary("b", (byte) 1, (byte) 2)));

    assertThat(rendering.bytes(notice)).isEqualTo(2 + 1 + 6 + 3 + 1 + 6 + 2);
    assertThat(rendering.fits(notice, 21)).isTrue();
    assertThat(rendering.fits(notice, 20)).isFalse();
  }

  private static Notice with(Notice notice, SubscriptionId subscription, boolean replayed) {
    return new Notice(
        notice.message(),
        notice.sequence(),
        subscription,
        notice.subscriptionArn(),
        false,
        replayed,
        notice.text());
  }
}
