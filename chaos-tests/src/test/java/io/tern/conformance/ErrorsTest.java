package io.tern.conformance;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every error the operations can give, byte for byte in both protocols. The rows are in the
 * ...ErrorCases.
 */
@Tag("once")
@OnEachDeployment
class ErrorsTest {
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final String NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";

  private final Deployment service;
  private final ErrorFixture fixture;

  ErrorsTest(Deployment service) {
    this.service = service;
    this.fixture = ErrorFixture.of(service);
  }

  static Stream<ErrorCase> cases() {
    return Stream.of(
            QueueErrorCases.all(),
            MessageErrorCases.all(),
            BatchErrorCases.all(),
            FifoErrorCases.all(),
            RedriveErrorCases.all(),
            OwnerErrorCases.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void json(ErrorCase row) {
    HttpAnswer answer = service.http().json(row.operation(), fixture.fill(row.json()));

    assertSoftly(that -> {
      that.assertThat(answer.status()).as("status").isEqualTo(row.kind().status());
      that.assertThat(answer.jsonText("__type")).as("type").isEqualTo(row.kind().shape());
      that.assertThat(answer.header("x-amzn-query-error"))
          .as("x-amzn-query-error")
          .isEqualTo(row.kind().queryCode() + ";Sender");
      that.assertThat(answer.header("Content-Type"))
          .as("content type")
          .isEqualTo("application/x-amz-json-1.0");
      that.assertThat(answer.header("x-amzn-RequestId")).as("request id").matches(UUID);
      // With a full shape name here the Java SDK throws its base exception.
      that.assertThat(answer.header("X-Amzn-Errortype")).doesNotContain("#");
      assertMessage(that, answer.jsonText("message"), row.jsonMessage());
      that.check(() -> failWithContext(that, row, answer));
    });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void query(ErrorCase row) {
    String[] parameters = row.form().stream().map(fixture::fill).toArray(String[]::new);
    HttpAnswer answer = service.http().form(row.operation(), parameters);

    assertSoftly(that -> {
      that.assertThat(answer.status()).as("status").isEqualTo(row.kind().status());
      that.assertThat(answer.xml().getLocalName()).isEqualTo("ErrorResponse");
      that.assertThat(answer.xml().getNamespaceURI()).isEqualTo(NAMESPACE);
      that.assertThat(answer.xmlTexts("Code")).containsExactly(row.kind().queryCode());
      that.assertThat(answer.xmlTexts("Type")).containsExactly("Sender");
      that.assertThat(answer.header("Content-Type")).startsWith("text/xml");
      String requestId = answer.header("x-amzn-RequestId");
      that.assertThat(requestId).as("request id").matches(UUID);
      that.assertThat(answer.xmlTexts("RequestId")).containsExactly(requestId);
      assertMessage(that, String.join("|", answer.xmlTexts("Message")), row.queryMessage());
      that.check(() -> failWithContext(that, row, answer));
    });
  }

  private void assertMessage(SoftAssertions that, String actual, String expected) {
    if (expected.isEmpty()) {
      that.assertThat(actual).as("message").isNotBlank();
    } else {
      that.assertThat(actual).as("message").isEqualTo(fixture.fill(expected));
    }
  }

  /** Says which row failed and what came back, once per failed row. */
  private static void failWithContext(SoftAssertions that, ErrorCase row, HttpAnswer answer) {
    if (!that.errorsCollected().isEmpty()) {
      throw new AssertionError("row " + row + " was answered with " + answer);
    }
  }
}
