package io.tern.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.limits.ErrorCode;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every error on both wires. */
class ErrorRenderingTest {
  private static final String NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";

  private final WireCodec codec = new WireCodec(OperationTable.sqs(), OperationTable.sns());
  private final WireProtocol json = codec.protocolOf(Requests.json("SendMessage", "{}"));
  private final WireProtocol query = codec.protocolOf(Requests.form("/", ""));
  private final WireProtocol sns = codec.protocolOf(Requests.form("/", "Version=2010-03-31"));

  private static String header(WireResponse response, String name) {
    return response.headers().stream()
        .filter(header -> header.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @ParameterizedTest
  @EnumSource
  void inJson(ErrorCode code) {
    WireResponse answer =
        codec.renderError(json, new TernException(code, "A \"text\"\u0001"), Requests.ID);

    assertThat(answer.status()).isEqualTo(code.httpStatus()).isBetween(400, 599);
    assertThat(answer.contentType()).isEqualTo("application/x-amz-json-1.0");
    assertThat(answer.body())
        .asString()
        .isEqualTo(
            "{\"__type\":\"%s#%s\",\"message\":\"A \\\"text\\\"\\u0001\"}"
                .formatted(code.namespace(), code.shape()));
    assertThat(header(answer, "x-amzn-RequestId")).isEqualTo(Requests.ID);
    assertThat(header(answer, "x-amzn-query-error"))
        .isEqualTo(code.queryCode() + ";" + (code.httpStatus() < 500 ? "Sender" : "Receiver"))
        .containsOnlyOnce(";");
    assertThat(answer.headers())
        .extracting(WireResponse.Header::name)
        .doesNotContain("X-Amzn-Errortype");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN_OPERATION")
  void inXml(ErrorCode code) {
    WireResponse answer =
        codec.renderError(query, new TernException(code, "A <text>"), Requests.ID);

    assertThat(answer.status()).isEqualTo(code.httpStatus());
    assertThat(answer.contentType()).isEqualTo("text/xml");
    assertThat(answer.body())
        .asString()
        .isEqualTo(
            ("<?xml version=\"1.0\"?><ErrorResponse xmlns=\"%s\"><Error><Type>%s</Type>"
                    + "<Code>%s</Code><Message>A &lt;text&gt;</Message><Detail/></Error>"
                    + "<RequestId>%s</RequestId></ErrorResponse>")
                .formatted(NAMESPACE, code.fault().text(), code.queryCode(), Requests.ID));
    assertThat(header(answer, "x-amzn-RequestId")).isEqualTo(Requests.ID);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN_OPERATION")
  void inXmlOfSns(ErrorCode code) {
    WireResponse answer = codec.renderError(sns, new TernException(code, "A <text>"), Requests.ID);

    ErrorCode spoken = SpokenErrors.inSns(code);
    assertThat(answer.status()).isEqualTo(spoken.httpStatus());
    assertThat(answer.contentType()).isEqualTo("text/xml");
    assertThat(answer.body())
        .asString()
        .isEqualTo(
            ("<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Type>%s</Type>"
                    + "<Code>%s</Code><Message>A &lt;text&gt;</Message></Error>"
                    + "<RequestId>%s</RequestId></ErrorResponse>")
                .formatted(spoken.fault().text(), spoken.queryCode(), Requests.ID));
    assertThat(header(answer, "x-amzn-RequestId")).isEqualTo(Requests.ID);
  }

  @ParameterizedTest
  @CsvSource({
    "INTERNAL_FAILURE,InternalError,500",
    "SERVICE_UNAVAILABLE,ServiceUnavailable,503",
    "REQUEST_ENTITY_TOO_LARGE,RequestEntityTooLarge,413",
    "MALFORMED_QUERY_STRING,MalformedQueryString,400",
    "UNSUPPORTED_OPERATION,InvalidAction,400",
    "INVALID_ACTION,InvalidAction,400",
    "REQUEST_THROTTLED,Throttling,400",
    "ACCESS_DENIED,AuthorizationError,403",
    "INVALID_SECURITY,InvalidSecurity,403",
    "EMPTY_BATCH_REQUEST,EmptyBatchRequest,400",
    "KMS_OPT_IN_REQUIRED,KMSOptInRequired,403",
    "SNS_INVALID_PARAMETER,InvalidParameter,400",
    "PARAMETER_VALUE_INVALID,ParameterValueInvalid,400",
    "VALIDATION_ERROR,ValidationError,400",
    "TOPIC_NOT_FOUND,NotFound,404",
    "SNS_RESOURCE_NOT_FOUND,ResourceNotFound,404",
    "THROTTLED,Throttled,429",
    "TOPIC_LIMIT_EXCEEDED,TopicLimitExceeded,403",
    "EXPIRED_TOKEN,ExpiredToken,403"
  })
  void codesOfSnsClientsMatchOn(ErrorCode code, String spoken, int status) {
    WireResponse answer = codec.renderError(sns, new TernException(code), Requests.ID);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).asString().contains("<Code>" + spoken + "</Code>");
  }

  @Test
  void aGenericErrorWithoutADetailHasTheTextOfSns() {
    assertThat(
            codec
                .renderError(sns, new TernException(ErrorCode.EMPTY_BATCH_REQUEST), Requests.ID)
                .body())
        .asString()
        .contains("<Message>" + ErrorCode.SNS_EMPTY_BATCH_REQUEST.text() + "</Message>");
  }

  @ParameterizedTest
  @EnumSource
  void withoutADetailTheRowSpeaks(ErrorCode code) {
    TernException error = new TernException(code);
    assertThat(code.text()).isNotBlank();
    assertThat(codec.renderError(json, error, Requests.ID).body()).asString().contains(code.text());
    if (code != ErrorCode.UNKNOWN_OPERATION) {
      assertThat(codec.renderError(query, error, Requests.ID).body())
          .asString()
          .contains("<Message>" + code.queryText() + "</Message>");
    }
  }

  @Test
  void theOneTextThatDiffers() {
    TernException spelledOut =
        new TernException(ErrorCode.QUEUE_DOES_NOT_EXIST, ErrorCode.QUEUE_DOES_NOT_EXIST.text());
    assertThat(codec.renderError(json, spelledOut, Requests.ID).body())
        .asString()
        .contains("\"The specified queue does not exist.\"");
    assertThat(codec.renderError(query, spelledOut, Requests.ID).body())
        .asString()
        .contains("<Message>The specified queue does not exist for this wsdl version.</Message>");
    assertThat(Arrays.stream(ErrorCode.values()).filter(c -> !c.text().equals(c.queryText())))
        .containsExactly(ErrorCode.QUEUE_DOES_NOT_EXIST);
  }

  @Test
  void inTheJsonRenderingOfQuery() {
    WireRequest request =
        Requests.get("/", "Action=GetQueueUrl", Map.of("accept", "application/json"));
    WireResponse answer =
        codec.renderError(
            codec.protocolOf(request),
            new TernException(ErrorCode.QUEUE_DOES_NOT_EXIST),
            Requests.ID);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.body())
        .asString()
        .isEqualTo(
            ("{\"Error\":{\"Code\":\"AWS.SimpleQueueService.NonExistentQueue\",\"Message\":\"The"
                    + " specified queue does not exist for this wsdl version.\",\"Type\":"
                    + "\"Sender\"},\"RequestId\":\"%s\"}")
                .formatted(Requests.ID));
  }

  @ParameterizedTest
  @CsvSource({
    "QUEUE_NAME_EXISTS,com.amazonaws.sqs,QueueNameExists,QueueAlreadyExists,400",
    "PURGE_QUEUE_IN_PROGRESS,com.amazonaws.sqs,PurgeQueueInProgress,"
        + "AWS.SimpleQueueService.PurgeQueueInProgress,403",
    "OVER_LIMIT,com.amazonaws.sqs,OverLimit,OverLimit,403",
    "RESOURCE_NOT_FOUND,com.amazonaws.sqs,ResourceNotFoundException,ResourceNotFoundException,404",
    "INVALID_PARAMETER_VALUE,com.amazon.coral.service,InvalidParameterValueException,"
        + "InvalidParameterValue,400",
    "MISSING_PARAMETER,com.amazon.coral.service,MissingRequiredParameterException,"
        + "MissingParameter,400",
    "ACCESS_DENIED,com.amazon.coral.service,AccessDeniedException,AccessDenied,403",
    "REQUEST_ENTITY_TOO_LARGE,com.amazon.coral.service,RequestEntityTooLargeException,"
        + "RequestEntityTooLarge,413",
    "INTERNAL_FAILURE,com.amazon.coral.service,InternalFailure,InternalFailure,500",
    "SERVICE_UNAVAILABLE,com.amazon.coral.service,ServiceUnavailable,ServiceUnavailable,503"
  })
  void rowsClientsMatchOn(
      ErrorCode code, String namespace, String shape, String queryCode, int httpStatus) {
    assertThat(code.namespace()).isEqualTo(namespace);
    assertThat(code.shape()).isEqualTo(shape);
    assertThat(code.queryCode()).isEqualTo(queryCode);
    assertThat(code.httpStatus()).isEqualTo(httpStatus);
  }

  @Test
  void anErrorIsAnAnswerAndHasNoStackTrace() {
    assertThat(new TernException(ErrorCode.INTERNAL_FAILURE).getStackTrace()).isEmpty();
  }
}
