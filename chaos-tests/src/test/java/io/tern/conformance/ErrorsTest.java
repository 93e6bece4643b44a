package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every error the operations can give, byte for byte in both protocols. The rows are in the
 * ...ErrorCases.
 */
@OnEachDeployment
class ErrorsTest {
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final String NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";

  private final Deployment service;
  private final ErrorFixture fixture;

  ErrorsTest(Deployment service) {
    this.service = service;
    this.fixture = new ErrorFixture(service);
  }

  static Stream<ErrorCase> cases() {
    return Stream.of(QueueErrorCases.all(), MessageErrorCases.all(), BatchErrorCases.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void json(ErrorCase row) {
    HttpAnswer answer = service.http().json(row.operation(), fixture.fill(row.json()));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(row.kind().status());
    assertThat(answer.jsonText("__type")).isEqualTo(row.kind().shape());
    assertThat(answer.header("x-amzn-query-error")).isEqualTo(row.kind().queryCode() + ";Sender");
    assertThat(answer.header("Content-Type")).isEqualTo("application/x-amz-json-1.0");
    assertThat(answer.header("x-amzn-RequestId")).matches(UUID);
    // With a full shape name here the Java SDK throws its base exception.
    assertThat(answer.header("X-Amzn-Errortype")).doesNotContain("#");
    assertMessage(answer.jsonText("message"), row.jsonMessage());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void query(ErrorCase row) {
    String[] parameters = row.form().stream().map(fixture::fill).toArray(String[]::new);
    HttpAnswer answer = service.http().form(row.operation(), parameters);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(row.kind().status());
    assertThat(answer.xml().getLocalName()).isEqualTo("ErrorResponse");
    assertThat(answer.xml().getNamespaceURI()).isEqualTo(NAMESPACE);
    assertThat(answer.xmlText("Code")).isEqualTo(row.kind().queryCode());
    assertThat(answer.xmlText("Type")).isEqualTo("Sender");
    assertThat(answer.header("Content-Type")).startsWith("text/xml");
    assertThat(answer.xmlText("RequestId")).matches(UUID);
    assertThat(answer.header("x-amzn-RequestId")).isEqualTo(answer.xmlText("RequestId"));
    assertMessage(answer.xmlText("Message"), row.queryMessage());
  }

  private void assertMessage(String actual, String expected) {
    if (expected.isEmpty()) {
      assertThat(actual).isNotBlank();
    } else {
      assertThat(actual).isEqualTo(fixture.fill(expected));
    }
  }
}
