package io.tern.topics.envelope;

import static io.tern.topics.envelope.Samples.ENVELOPE;
import static io.tern.topics.envelope.Samples.LINKS;
import static io.tern.topics.envelope.Samples.SUBSCRIPTION;
import static io.tern.topics.envelope.Samples.TOPIC;
import static io.tern.topics.envelope.Samples.message;
import static io.tern.topics.envelope.Samples.notice;
import static io.tern.topics.envelope.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.proto.content.TopicMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people get: mails, text messages, pushes. */
class PeopleTest {
  private final Mails mails = new Mails(ENVELOPE, LINKS);

  @Test
  void aMailIsTheMessageAndAWayOut() {
    Mails.Mail mail =
        mails.text(notice(message("Hello").setSubject("Hi").setDisplayName("Orders")));

    assertThat(mail.senderName()).isEqualTo("Orders");
    assertThat(mail.subject()).isEqualTo("Hi");
    assertThat(mail.text())
        .startsWith("Hello\n\n--\n")
        .contains(TOPIC)
        .contains("\n" + LINKS.unsubscribe(SUBSCRIPTION) + "\n");
    assertThat(mail.unsubscribeUrl()).isEqualTo(LINKS.unsubscribe(SUBSCRIPTION));
  }

  @Test
  void aMailForProgramsIsTheEnvelope() {
    Notice notice = notice(message("Hello"));
    Mails.Mail mail = mails.json(notice);
    assertThat(mail.subject()).isEqualTo("AWS Notification Message");
    assertThat(mail.text()).isEqualTo(ENVELOPE.notification(notice));
  }

  @Test
  void aMailAsksForConfirmation() {
    Confirmation confirmation =
        new Confirmation(Confirmation.Kind.SUBSCRIBE, Samples.ID, TOPIC, SUBSCRIPTION, "abc", 0, 1);
    Mails.Mail mail = mails.confirmation(confirmation, "Orders");
    assertThat(mail.subject()).isEqualTo("AWS Notification - Subscription Confirmation");
    assertThat(mail.text()).contains(TOPIC).contains(LINKS.confirm(TOPIC, "abc"));
    assertThat(mail.unsubscribeUrl()).isEmpty();
  }

  @Test
  void aTextMessageBeginsWithTheTopicsName() {
    assertThat(TextMessage.of(notice(message("Hello").setDisplayName("Long display name"))).text())
        .isEqualTo("Long displ> Hello");
    assertThat(TextMessage.of(notice(message("Hello"))).text()).isEqualTo("Hello");
    assertThat(TextMessage.of(notice(message("x".repeat(2_000)))).text()).hasSize(1_600);
    assertThat(TextMessage.direct("Hello").text()).isEqualTo("Hello");
  }

  @ParameterizedTest
  @CsvSource({
    "a, 160, 1",
    "a, 161, 2",
    "a, 1600, 10",
    "ä, 160, 1",
    "€, 80, 1",
    "€, 81, 2",
    "`, 140, 1",
    "`, 141, 2",
    "ж, 70, 1",
    "ж, 71, 2",
    "😀, 35, 1",
    "😀, 36, 2"
  })
  void textMessagesAreSplit(String character, int count, int parts) {
    TextMessage message = TextMessage.direct(character.repeat(count));
    assertThat(message.parts()).hasSize(parts);
    assertThat(String.join("", message.parts())).isEqualTo(message.text());
  }

  @Test
  void aPlatformGetsItsOwnBody() {
    TopicMessage message =
        message("{\"default\":\"d\",\"GCM\":\"{\\\"data\\\":{\\\"k\\\":1}}\"}")
            .setStructured(true)
            .addAttributes(text("AWS.SNS.MOBILE.GCM.TTL", "Number", "60"))
            .build();
    assertThat(PushPayload.of(message, "GCM"))
        .isEqualTo(new PushPayload("GCM", "{\"data\":{\"k\":1}}", 60));
    assertThat(PushPayload.of(message, "APNS"))
        .isEqualTo(new PushPayload("APNS", "{\"aps\":{\"alert\":\"d\"}}", 2_419_200));
  }

  @Test
  void aPlainTextIsWrapped() {
    TopicMessage message = message("say \"hi\"").build();
    assertThat(PushPayload.of(message, "GCM").body())
        .isEqualTo("{\"data\":{\"default\":\"say \\\"hi\\\"\"}}");
    assertThat(PushPayload.of(message, "WNS").body()).isEqualTo("say \"hi\"");
  }
}
