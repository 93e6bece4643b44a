package io.tern.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Message;
import io.tern.proto.sqs.CreateQueueRequest;
import io.tern.proto.sqs.ListQueuesRequest;
import io.tern.proto.sqs.ReceiveMessageRequest;
import io.tern.proto.sqs.SendMessageRequest;
import io.tern.proto.wire.QueryStyle;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link AwsJson} lets pass and what it refuses. */
class AwsJsonTest {
  private final WireCodec codec = new WireCodec(OperationTable.sqs(), OperationTable.sns());

  private Message decoded(String operation, String document) {
    return codec.decode(Requests.json(operation, document)).request();
  }

  private void assertRefused(String operation, byte[] document, String detail) {
    assertThatExceptionOfType(TernException.class)
        .isThrownBy(() -> codec.decode(Requests.json(operation, document)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SERIALIZATION))
        .withMessageContaining(detail);
  }

  private void assertRefused(String operation, String document, String detail) {
    assertRefused(operation, document.getBytes(StandardCharsets.UTF_8), detail);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "{}", "{\"Unknown\":{\"a\":[1,{\"b\":null}]}}"})
  void nothingKnownIsAnEmptyRequest(String document) {
    assertThat(decoded("ListQueues", document)).isEqualTo(ListQueuesRequest.getDefaultInstance());
  }

  @Test
  void nullIsAbsence() {
    assertThat(
            decoded(
                "CreateQueue",
                "{\"QueueName\":null,\"Attributes\":{\"a\":null,\"b\":\"1\"},\"tags\":null}"))
        .isEqualTo(CreateQueueRequest.newBuilder().putAttributes("b", "1").build());
  }

  @Test
  void theLastOfRepeatedMembersCounts() {
    assertThat(
            decoded(
                "ReceiveMessage",
                "{\"AttributeNames\":[\"a\",\"b\"],\"AttributeNames\":[\"c\"],"
                    + "\"VisibilityTimeout\":1,\"VisibilityTimeout\":2,"
                    + "\"WaitTimeSeconds\":1,\"WaitTimeSeconds\":null}"))
        .isEqualTo(
            ReceiveMessageRequest.newBuilder()
                .addAttributeNames("c")
                .setVisibilityTimeout(2)
                .build());
  }

  @Test
  void zeroIsNotAbsence() {
    var request = (ReceiveMessageRequest) decoded("ReceiveMessage", "{\"WaitTimeSeconds\":0}");
    assertThat(request.hasWaitTimeSeconds()).isTrue();
    assertThat(request.hasVisibilityTimeout()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"30,30", "30.0,30", "3e1,30", "-1,-1", "2147483647,2147483647"})
  void wholeNumbersInEverySpelling(String number, int value) {
    var request =
        (ReceiveMessageRequest) decoded("ReceiveMessage", "{\"VisibilityTimeout\":" + number + "}");
    assertThat(request.getVisibilityTimeout()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2147483648", "-2147483649", "99999999999999999999999", "1e300", "1e999"})
  void numbersOutOfRange(String number) {
    assertRefused(
        "ReceiveMessage",
        "{\"VisibilityTimeout\":" + number + "}",
        "The value of the member VisibilityTimeout is out of range.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"VisibilityTimeout\":\"30\"}|The member VisibilityTimeout must be an integer.",
        "{\"VisibilityTimeout\":1.5}|The member VisibilityTimeout must be an integer.",
        "{\"QueueUrl\":1}|The member QueueUrl must be a string.",
        "{\"QueueUrl\":{}}|The member QueueUrl must be a string.",
        "{\"AttributeNames\":\"All\"}|The member AttributeNames must be a list.",
        "{\"AttributeNames\":[[]]}|The member AttributeNames must be a string.",
        "[]|The request body must be a JSON object.",
        "\"\"|The request body must be a JSON object.",
        "{} {}|The request body must be one JSON object.",
        "{|The request body is not valid JSON.",
        "{'a':1}|The request body is not valid JSON.",
        "{\"a\":NaN}|The request body is not valid JSON.",
        "{\"QueueUrl\":\"\\x\"}|The request body is not valid JSON.",
      })
  void wrongFormsAreNamed(String document, String detail) {
    assertRefused("ReceiveMessage", document, detail);
  }

  @Test
  void mapsAndStructuresOfAWrongForm() {
    assertRefused("TagQueue", "{\"Tags\":[]}", "The member Tags must be a map.");
    assertRefused("SendMessageBatch", "{\"Entries\":[1]}", "The member Entries must be an object.");
    assertRefused(
        "SendMessage",
        "{\"MessageAttributes\":{\"a\":{\"BinaryValue\":\"***\"}}}",
        "The member BinaryValue must be a string in base64.");
  }

  @Test
  void malformedUtf8() {
    byte[] document = "{\"QueueUrl\":\"x\"}".getBytes(StandardCharsets.UTF_8);
    document[13] = (byte) 0xff;
    assertRefused("SendMessage", document, "not valid JSON");
  }

  @Test
  void depthAndSizeAreBounded() {
    String deep = "[".repeat(Limits.REQUEST_DEPTH) + "]".repeat(Limits.REQUEST_DEPTH);
    assertRefused("ListQueues", "{\"Unknown\":" + deep + "}", "nested too deeply");
    assertRefused("ListQueues", "{\"a\":1" + "0".repeat(100) + "}", "too long");
    String many = "[" + "1,".repeat(Limits.REQUEST_TOKENS) + "1]";
    assertRefused("ListQueues", "{\"Unknown\":" + many + "}", "too many");
  }

  @Test
  void aBodyOfTheLargestSizePasses() {
    String body = "x".repeat(Limits.MESSAGE_BYTES);
    var request = (SendMessageRequest) decoded("SendMessage", "{\"MessageBody\":\"" + body + "\"}");
    assertThat(request.getMessageBody()).hasSize(Limits.MESSAGE_BYTES);
  }

  @Test
  void anOperationThatIsNotThere() {
    assertThatExceptionOfType(TernException.class)
        .isThrownBy(() -> decoded("Fly", "{}"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_OPERATION));
  }

  @Test
  void controlCharactersAndEmojiSurviveAnAnswer() {
    String body = "\u0001\t\r\n\"\\/\u20ac\ud83d\ude00";
    JsonWriter out = new JsonWriter();
    var message = SendMessageRequest.newBuilder().setMessageBody(body).build();
    out.shape(ShapePlan.of(SendMessageRequest.getDescriptor(), QueryStyle.FLAT), message);
    String document = new String(out.toByteArray(), StandardCharsets.UTF_8);
    assertThat(document)
        .isEqualTo("{\"MessageBody\":\"\\u0001\\t\\r\\n\\\"\\\\/\u20ac\ud83d\ude00\"}");
    assertThat(decoded("SendMessage", document)).isEqualTo(message);
  }
}
