package io.tern.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Message;
import io.tern.proto.sqs.AddPermissionRequest;
import io.tern.proto.sqs.ChangeMessageVisibilityRequest;
import io.tern.proto.sqs.GetQueueAttributesRequest;
import io.tern.proto.sqs.ReceiveMessageRequest;
import io.tern.proto.sqs.ReceiveMessageResult;
import io.tern.proto.sqs.SendMessageRequest;
import io.tern.proto.sqs.TagQueueRequest;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link AwsQuery} lets pass and what it refuses, and the rules about paths. */
class AwsQueryTest {
  private static final String QUEUE = "/000000000000/orders";

  private final WireCodec codec = new WireCodec(OperationTable.sqs(), OperationTable.sns());

  private Message decoded(String form) {
    return codec.decode(Requests.form("/", form)).request();
  }

  private void assertRefused(WireRequest request, ErrorCode code, String detail) {
    assertThatExceptionOfType(TernException.class)
        .isThrownBy(() -> codec.decode(request))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .withMessage(detail);
  }

  @Test
  void indexesMayHaveGapsAndAnyOrder() {
    assertThat(
            decoded(
                "Action=GetQueueAttributes&AttributeName.10=c&AttributeName.2=b&AttributeName.1=a"
                    + "&AttributeName.x=no&AttributeName.99999999999=no"))
        .isEqualTo(
            GetQueueAttributesRequest.newBuilder()
                .addAttributeNames("a")
                .addAttributeNames("b")
                .addAttributeNames("c")
                .build());
  }

  @Test
  void oldClientsLeaveTheIndexOfOneOut() {
    assertThat(decoded("Action=AddPermission&AWSAccountId=1&ActionName=SendMessage"))
        .isEqualTo(
            AddPermissionRequest.newBuilder()
                .addAwsAccountIds("1")
                .addActions("SendMessage")
                .build());
  }

  @Test
  void valuesMayBeEmptyOrMissing() {
    assertThat(decoded("Action=TagQueue&Tag.1.Key=a&Tag.2.Key=b&Tag.2.Value&&Tag.3.Value=c"))
        .isEqualTo(
            TagQueueRequest.newBuilder()
                .putTags("a", "")
                .putTags("b", "")
                .putTags("", "c")
                .build());
  }

  @Test
  void tagsMayBeSpelledAsSdksDo() {
    assertThat(decoded("Action=TagQueue&Tags.1.Key=a&Tags.1.Value=b"))
        .isEqualTo(TagQueueRequest.newBuilder().putTags("a", "b").build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "1.5", "2147483648"})
  void numbersThatAreNone(String number) {
    assertRefused(
        Requests.form(QUEUE, "Action=ChangeMessageVisibility&VisibilityTimeout=" + number),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Value "
            + number
            + " for parameter VisibilityTimeout is invalid. Reason: Must be an integer.");
  }

  @Test
  void numbersAreText() {
    assertThat(decoded("Action=ChangeMessageVisibility&VisibilityTimeout=+30+"))
        .isEqualTo(ChangeMessageVisibilityRequest.newBuilder().setVisibilityTimeout(30).build());
    assertThat(decoded("Action=ChangeMessageVisibility&VisibilityTimeout="))
        .isEqualTo(ChangeMessageVisibilityRequest.getDefaultInstance());
  }

  @Test
  void anUnescapedPlusInBase64() {
    var request =
        (SendMessageRequest)
            decoded(
                "Action=SendMessage&MessageAttribute.1.Name=a"
                    + "&MessageAttribute.1.Value.BinaryValue=+/8=");
    assertThat(request.getMessageAttributesOrThrow("a").getBinaryValue().toByteArray())
        .isEqualTo(new byte[] {(byte) 0xfb, (byte) 0xff});
    assertRefused(
        Requests.form("/", "Action=SendMessage&MessageAttribute.1.Value.BinaryValue=***"),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Value *** for parameter BinaryValue is invalid. Reason: Must be base64.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%4", "%zz", "a%4", "%-1", "%+1"})
  void badEscapes(String value) {
    assertRefused(
        Requests.form("/", "Action=SendMessage&MessageBody=" + value),
        ErrorCode.MALFORMED_QUERY_STRING,
        "A percent sign is not followed by two hexadecimal digits.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%ff", "%c0%80", "%ed%a0%80", "%e2%82"})
  void badUtf8(String value) {
    assertRefused(
        Requests.form("/", "Action=SendMessage&MessageBody=" + value),
        ErrorCode.MALFORMED_QUERY_STRING,
        "A parameter is not valid UTF-8.");
  }

  @Test
  void parametersAreBounded() {
    assertRefused(
        Requests.form("/", "Action=ListQueues" + "&a=1".repeat(Limits.REQUEST_PARAMETERS)),
        ErrorCode.MALFORMED_QUERY_STRING,
        "The request has more than " + Limits.REQUEST_PARAMETERS + " parameters.");
    assertThat(decoded("Action=ListQueues&" + "a.".repeat(100_000) + "=1")).isNotNull();
    assertRefused(
        Requests.form("/", new byte[Limits.REQUEST_BYTES + 1]),
        ErrorCode.REQUEST_ENTITY_TOO_LARGE,
        "The request body is longer than " + Limits.REQUEST_BYTES + " bytes.");
  }

  @Test
  void thePathNamesTheQueueUnlessAParameterDoes() {
    Decoded byPath = codec.decode(Requests.form("/base" + QUEUE + "/", "Action=ReceiveMessage"));
    assertThat(byPath.request())
        .isEqualTo(ReceiveMessageRequest.newBuilder().setQueueUrl(QUEUE).build());
    assertThat(byPath.queuePath()).isEqualTo(new QueuePath("000000000000", "orders"));

    Decoded both = codec.decode(Requests.form(QUEUE, "Action=ReceiveMessage&QueueUrl=other"));
    assertThat(both.request())
        .isEqualTo(ReceiveMessageRequest.newBuilder().setQueueUrl("other").build());

    Decoded neither = codec.decode(Requests.form("/", "Action=ReceiveMessage"));
    assertThat(neither.request()).isEqualTo(ReceiveMessageRequest.getDefaultInstance());
    assertThat(neither.queuePath()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CreateQueue", "ListQueues", "Fly"})
  void actionsThatAreNotOnAQueuePath(String action) {
    assertRefused(
        Requests.form(QUEUE, "Action=" + action + "&QueueName=a"),
        ErrorCode.INVALID_ACTION,
        "The action " + action + " is not valid for this endpoint.");
  }

  @Test
  void getQueueUrlIsAllowedOnAQueuePath() {
    assertThat(
            codec.decode(Requests.form(QUEUE, "Action=GetQueueUrl&QueueName=a")).operation().name())
        .isEqualTo("GetQueueUrl");
  }

  @Test
  void aPathWithoutActionIsUnknownInAnyForm() {
    for (String accept : new String[] {"*/*", "application/json"}) {
      WireRequest request = Requests.get(QUEUE, "", Map.of("accept", accept));
      assertThatExceptionOfType(TernException.class)
          .isThrownBy(() -> codec.decode(request))
          .satisfies(e -> {
            WireResponse answer = codec.renderError(codec.protocolOf(request), e, Requests.ID);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).asString().isEqualTo("<UnknownOperationException/>");
          });
    }
  }

  @Test
  void bodiesSurviveAnXmlParser() throws Exception {
    String body = "<a>&\"'\r\n\t \u20ac\ud83d\ude00]]>";
    var message = io.tern.proto.sqs.Message.newBuilder().setBody(body);
    byte[] xml = rendered(message);
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml));
    assertThat(document.getElementsByTagName("Body").item(0).getTextContent()).isEqualTo(body);
  }

  @Test
  void charactersXmlCannotHoldAreReplaced() {
    byte[] xml =
        rendered(
            io.tern.proto.sqs.Message.newBuilder().setBody("a\u0000b\u000bc\uffffd\ud800e\udc00"));
    assertThat(new String(xml, StandardCharsets.UTF_8))
        .contains("<Body>a\ufffdb\ufffdc\ufffdd\ufffde\ufffd</Body>");
  }

  private byte[] rendered(io.tern.proto.sqs.Message.Builder message) {
    Decoded request = codec.decode(Requests.form(QUEUE, "Action=ReceiveMessage"));
    return codec
        .render(
            request, ReceiveMessageResult.newBuilder().addMessages(message).build(), Requests.ID)
        .body();
  }
}
