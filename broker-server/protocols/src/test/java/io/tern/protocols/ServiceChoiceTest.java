package io.tern.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tern.state.limits.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which service a request of AWS Query is for. */
class ServiceChoiceTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final WireCodec codec = new WireCodec(OperationTable.sqs(), OperationTable.sns());

  private static WireRequest request(String scope, String path, String query, String form) {
    String authorization =
        "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/" + scope + "/aws4_request, x";
    return new WireRequest(
        "POST",
        path,
        query,
        (scope.equals("-")
                ? Map.of("content-type", FORM)
                : Map.of("content-type", FORM, "authorization", authorization))
            ::get,
        form.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    // scope, path, query string, form, the operation's key
    "sns,/,'',Action=AddPermission&QueueUrl=q&AWSAccountId=&ActionName=,sns.AddPermission",
    "sqs,/,'',Action=AddPermission&TopicArn=t&Version=2010-03-31,sqs.AddPermission",
    "sns,/1/q,'',Action=Publish,sns.Publish",
    "sns,/,Action=ListTopics,'',sns.ListTopics",
    "events,/,'',Action=Publish,sns.Publish",
    "-,/,'',Action=Publish,sns.Publish",
    "-,/,'',Action=SendMessage,sqs.SendMessage",
    "-,/,'',Version=2012-11-05&Action=RemovePermission&TopicArn=t,sqs.RemovePermission",
    "-,/1/q,'',Version=2010-03-31&Action=RemovePermission,sns.RemovePermission",
    "-,/,'',Version=2011-10-01&Action=Publish,sns.Publish",
    "-,/,'',Version=2011-10-01&Action=SendMessage,sqs.SendMessage",
    "-,/,'',Action=AddPermission&TopicArn=t&AWSAccountId=&ActionName=,sns.AddPermission",
    "-,/,TopicArn=t,Action=AddPermission&AWSAccountId=&ActionName=,sns.AddPermission",
    "-,/,'',Action=AddPermission&QueueUrl=q,sqs.AddPermission",
    "-,/,'',Action=AddPermission&TopicArn=t&QueueUrl=q,sqs.AddPermission",
    "-,/1/q,'',Action=AddPermission&TopicArn=t,sqs.AddPermission",
    "-,/,'',Action=AddPermission,sqs.AddPermission",
    "-,/,Action=Publish&Action=SendMessage,'',sqs.SendMessage",
    "-,/,Action=SendMessage,Action=Publish,sns.Publish"
  })
  void isKnownByScopeVersionActionAndParameter(
      String scope, String path, String query, String form, String key) {
    assertThat(codec.decode(request(scope, path, query, form)).operation().key()).isEqualTo(key);
  }

  @Test
  void aPresignedUrlNamesTheServiceToo() {
    WireRequest presigned =
        Requests.get(
            "/",
            "Action=AddPermission&AWSAccountId=&ActionName="
                + "&X-Amz-Credential=A%2F20260101%2Fus-east-1%2Fsns%2Faws4_request",
            Map.of());
    assertThat(codec.decode(presigned).operation().key()).isEqualTo("sns.AddPermission");
  }

  @ParameterizedTest
  @CsvSource({
    "sns,SendMessage,http://sns.amazonaws.com/doc/2010-03-31/",
    "sns,Fly,http://sns.amazonaws.com/doc/2010-03-31/",
    "sqs,Publish,http://queue.amazonaws.com/doc/2012-11-05/",
    "-,Fly,http://queue.amazonaws.com/doc/2012-11-05/"
  })
  void anActionTheServiceDoesNotHaveIsRefusedInItsForm(
      String scope, String action, String namespace) {
    WireRequest request = request(scope, "/", "", "Action=" + action);
    assertThatExceptionOfType(TernException.class)
        .isThrownBy(() -> codec.decode(request))
        .satisfies(e -> {
          assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ACTION);
          assertThat(codec.renderError(codec.protocolOf(request), e, Requests.ID).body())
              .asString()
              .contains("<ErrorResponse xmlns=\"" + namespace + "\"><Error><Type>Sender</Type>")
              .contains("<Code>InvalidAction</Code>");
        });
  }

  @Test
  void snsDoesNotSpeakJson() {
    WireRequest request =
        new WireRequest(
            "POST",
            "/",
            "",
            Map.of(
                    "x-amz-target",
                    "AmazonSNS.Publish",
                    "content-type",
                    "application/x-amz-json-1.0")
                ::get,
            "{}".getBytes(StandardCharsets.UTF_8));
    assertThatExceptionOfType(TernException.class)
        .isThrownBy(() -> codec.decode(request))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_OPERATION));
  }
}
