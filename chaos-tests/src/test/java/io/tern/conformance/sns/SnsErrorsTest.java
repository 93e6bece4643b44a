package io.tern.conformance.sns;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import io.tern.conformance.Deployment;
import io.tern.conformance.OnEachDeployment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error the operations of SNS can give, byte for byte. The rows are in the ...ErrorCases. */
@OnEachDeployment
class SnsErrorsTest {
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private final Deployment service;
  private final SnsErrorFixture fixture;

  SnsErrorsTest(Deployment service) {
    this.service = service;
    this.fixture = service.once(SnsErrorFixture.class, SnsErrorFixture::new);
  }

  static Stream<SnsErrorCase> cases() {
    return Stream.of(
            ArnErrorCases.all(),
            TopicErrorCases.all(),
            SubscriptionErrorCases.all(),
            FilterErrorCases.all(),
            PublishErrorCases.all(),
            BatchEntryErrorCases.all(),
            PushErrorCases.all(),
            TextMessageErrorCases.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isToldInItsWords(SnsErrorCase row) {
    List<String> form = row.form().stream().map(fixture::fill).toList();
    SnsAnswer answer = SnsHttp.form(service.endpoint(), row.action(), form);

    assertSoftly(that -> {
      that.assertThat(answer.status()).as("status").isEqualTo(row.status());
      that.assertThat(answer.header("x-amzn-RequestId")).as("request id").matches(UUID);
      that.assertThat(answer.header("Content-Type")).as("content type").startsWith("text/xml");
      if (answer.body().contains("<Error>")) {
        that.assertThat(answer.xml().getLocalName()).isEqualTo("ErrorResponse");
        // One element more and boto3 shows a key more.
        that.assertThat(answer.inside("Error")).containsExactly("Type", "Code", "Message");
        that.assertThat(answer.text("Type")).as("type").isEqualTo("Sender");
        that.assertThat(answer.text("Code")).as("code").isEqualTo(row.code());
        that.assertThat(answer.text("RequestId")).isEqualTo(answer.header("x-amzn-RequestId"));
        if (row.text().isEmpty()) {
          that.assertThat(answer.text("Message")).as("message").isNotEmpty();
        } else {
          that.assertThat(withoutPlace(answer.text("Message")))
              .as("message")
              .isEqualTo(fixture.fill(row.text()));
        }
      } else {
        that.fail("no error: %s", answer);
      }
    });
  }

  /** Where in a policy the mistake is, which Amazon tells now so and now so. */
  private static String withoutPlace(String message) {
    return message.replaceFirst("\n at \\[Source: .*\\]$", "");
  }
}
