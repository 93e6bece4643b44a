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
    Mails.Mail mail = mails.text(asking(Confirmation.Kind.SUBSCRIBE));
    assertThat(mail.senderName()).isEqualTo("Orders");
    assertThat(mail.subject()).isEqualTo("AWS Notification - Subscription Confirmation");
    assertThat(mail.text()).contains(TOPIC).contains("\n" + LINKS.confirm(TOPIC, "abc") + "\n");
    assertThat(mail.unsubscribeUrl()).isEmpty();
  }

  @Test
  void aMailOffersTheWayBack() {
    Mails.Mail mail = mails.text(asking(Confirmation.Kind.UNSUBSCRIBE));
    assertThat(mail.subject()).isEqualTo("AWS Notification - Unsubscribe Confirmation");
    assertThat(mail.text())
        .contains("deactivated")
        .contains("\n" + LINKS.confirm(TOPIC, "abc") + "\n");
  }

  @Test
  void aQuestionForProgramsIsTheDocument() {
    Confirmation asking = asking(Confirmation.Kind.SUBSCRIBE);
    assertThat(mails.json(asking).text()).isEqualTo(ENVELOPE.confirmation(asking));
    assertThat(mails.json(asking).subject()).isEqualTo(mails.text(asking).subject());
  }

  @Test
  void aTextMessageBeginsWithTheTopicsName() {
    assertThat(textMessage("Hello", "Long display name")).isEqualTo("Long displ> Hello");
    assertThat(textMessage("Hello", "")).isEqualTo("Hello");
    assertThat(textMessage("Hello", "123456789😀x")).isEqualTo("123456789😀> Hello");
  }

  @Test
  void aTextMessageIsCutBetweenCharacters() {
    assertThat(textMessage("x".repeat(1_600), "")).hasSize(1_600);
    assertThat(textMessage("x".repeat(2_000), "")).hasSize(1_600);
    assertThat(textMessage("x".repeat(2_000), "Orders")).hasSize(1_600).startsWith("Orders> x");
    assertThat(textMessage("😀".repeat(1_601), "")).isEqualTo("😀".repeat(1_600));
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
    assertThat(PushPayload.of(message, "ADM").body())
        .isEqualTo(PushPayload.of(message, "GCM").body());
    assertThat(PushPayload.of(message, "BAIDU").body())
        .isEqualTo("{\"title\":\"\",\"description\":\"say \\\"hi\\\"\"}");
    assertThat(PushPayload.of(message, "WNS").body()).isEqualTo("say \"hi\"");
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "0, 0", "-1, 2419200", "soon, 2419200", "1.5, 2419200", "'', 2419200"})
  void aTimeToLiveIsANumberOfSeconds(String given, long secondsToLive) {
    TopicMessage message =
        message("x").addAttributes(text("AWS.SNS.MOBILE.APNS.TTL", "String", given)).build();
    assertThat(PushPayload.of(message, "APNS").secondsToLive()).isEqualTo(secondsToLive);
    assertThat(PushPayload.of(message, "GCM").secondsToLive()).isEqualTo(2_419_200);
  }

  private static Confirmation asking(Confirmation.Kind kind) {
    return new Confirmation(kind, Samples.ID, TOPIC, SUBSCRIPTION, "abc", 0, 1, "Orders");
  }

  private static String textMessage(String text, String name) {
    return TextMessage.of(notice(message(text).setDisplayName(name))).text();
  }
}
