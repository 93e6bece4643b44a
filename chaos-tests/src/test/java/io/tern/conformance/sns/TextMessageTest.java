package io.tern.conformance.sns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.chaos.SnsSdkClient;
import io.tern.conformance.Deployment;
import io.tern.conformance.OnEachDeployment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.SMSSandboxPhoneNumber;
import software.amazon.awssdk.services.sns.model.SnsException;

/** What there is to say about text messages without sending one. */
@OnEachDeployment
class TextMessageTest {
  private static final String NUMBER = "+15551234567";

  private final Sns sns;

  TextMessageTest(Deployment service) {
    this.sns = Sns.of(service);
  }

  @Test
  void settingsAreKeptByRegion() {
    Map<String, String> settings =
        Map.of(
            "MonthlySpendLimit", "5",
            "DeliveryStatusIAMRole", "arn:aws:iam::000000000000:role/r",
            "DeliveryStatusSuccessSamplingRate", "50",
            "DefaultSenderID", "Tern",
            "DefaultSMSType", "Transactional",
            "UsageReportS3Bucket", "bucket");
    sns.client().setSMSAttributes(r -> r.attributes(settings));
    assertThat(settings()).isEqualTo(settings);
    assertThat(settings("DefaultSenderID", "MonthlySpendLimit"))
        .isEqualTo(Map.of("DefaultSenderID", "Tern", "MonthlySpendLimit", "5"));
    sns.client().setSMSAttributes(r -> r.attributes(Map.of("DefaultSenderID", "")));
    assertThat(settings("DefaultSenderID")).isEmpty();
    assertThat(settings()).hasSize(5);
    try (SnsClient elsewhere = SnsSdkClient.of(sns.endpoint(), Region.EU_WEST_1)) {
      assertThat(elsewhere.getSMSAttributes(r -> {}).attributes())
          .isEqualTo(Map.of("MonthlySpendLimit", "1"));
    }
  }

  @Test
  void numbersAreNotOptedOut() {
    assertThat(sns.client().checkIfPhoneNumberIsOptedOut(r -> r.phoneNumber(NUMBER)).isOptedOut())
        .isFalse();
    assertThat(sns.client().listPhoneNumbersOptedOut(r -> {}).phoneNumbers())
        .doesNotContain(NUMBER);
    sns.client().optInPhoneNumber(r -> r.phoneNumber(NUMBER));
  }

  @Test
  void numbersOfTheSandboxAreKept() {
    String number = "+1555" + sns.endpoint().getPort() + "99";
    sns.client().createSMSSandboxPhoneNumber(r -> r.phoneNumber(number));
    assertThat(sandbox())
        .contains(SMSSandboxPhoneNumber.builder().phoneNumber(number).status("Pending").build());
    assertThat(codeOf(() -> verify(number, "00000"))).isEqualTo("VerificationException");
    sns.client().deleteSMSSandboxPhoneNumber(r -> r.phoneNumber(number));
    assertThat(sandbox()).noneMatch(listed -> listed.phoneNumber().equals(number));
    assertThat(codeOf(() -> verify(number, "00000"))).isEqualTo("ResourceNotFound");
    assertThat(codeOf(() -> sns.client().deleteSMSSandboxPhoneNumber(r -> r.phoneNumber(number))))
        .isEqualTo("ResourceNotFound");
  }

  @Test
  void nobodyIsInTheSandboxAndNumbersBelongToTheGateway() {
    assertThat(sns.client().getSMSSandboxAccountStatus(r -> {}).isInSandbox()).isFalse();
    assertThat(sns.client().listOriginationNumbers(r -> r.maxResults(30)).phoneNumbers()).isEmpty();
  }

  @Test
  void publishToANumberIsAccepted() {
    assertThat(sns.client().publish(r -> r.phoneNumber(NUMBER).message("m")).messageId())
        .isNotEmpty();
    String texts = "{\"default\":\"" + "x".repeat(1_601) + "\",\"sms\":\"m\"}";
    assertThat(
            sns.client()
                .publish(r -> r.phoneNumber(NUMBER).message(texts).messageStructure("json"))
                .messageId())
        .as("only the text that is sent counts")
        .isNotEmpty();
  }

  private List<SMSSandboxPhoneNumber> sandbox() {
    return sns.client().listSMSSandboxPhoneNumbersPaginator(r -> {}).phoneNumbers().stream()
        .toList();
  }

  private void verify(String number, String password) {
    sns.client().verifySMSSandboxPhoneNumber(r -> r.phoneNumber(number).oneTimePassword(password));
  }

  private Map<String, String> settings(String... names) {
    return sns.client().getSMSAttributes(r -> r.attributes(names)).attributes();
  }

  private static String codeOf(Runnable call) {
    try {
      call.run();
      return "";
    } catch (SnsException refused) {
      return refused.awsErrorDetails().errorCode();
    }
  }
}
