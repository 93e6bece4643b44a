package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bytes of answers: what is left out, what order of names, which headers, in both protocols.
 */
@Tag("once")
@OnEachDeployment
class ProtocolTest {
  private static final String NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";

  private final Deployment service;

  ProtocolTest(Deployment service) {
    this.service = service;
  }

  @Test
  void jsonLeavesEmptyCollectionsOut() {
    String url = service.newQueue("empty");
    assertEmptyObject(service.http().json("ReceiveMessage", queueUrl(url)));
    assertEmptyObject(service.http().json("GetQueueAttributes", queueUrl(url)));
    assertEmptyObject(
        service.http().json("ListQueues", "{\"QueueNamePrefix\": \"no-such-prefix\"}"));
    HttpAnswer sent =
        service
            .http()
            .json(
                "SendMessageBatch",
                "{\"QueueUrl\": \""
                    + url
                    + "\", \"Entries\": [{\"Id\": \"a\", \"MessageBody\":"
                    + " \"m\"}]}");
    assertThat(sent.json().asObject()).containsOnlyKeys("Successful");
  }

  @Test
  void jsonAnswersCarryTheExactContentTypeAndARequestId() {
    HttpAnswer answer = service.http().json("ListQueues", "{}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/x-amz-json-1.0");
    assertThat(answer.header("x-amzn-RequestId")).isNotEmpty();
    assertThat(answer.header("x-amzn-query-error")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "{\"Unknown\": {\"a\": [1, 2]}}", "{\"QueueNamePrefix\": null}"})
  void jsonInputIsTakenGenerously(String body) {
    HttpAnswer answer = service.http().json("ListQueues", body, "x-amzn-query-mode", "true");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
  }

  @Test
  void jsonOperationsWithoutOutputAnswerNothing() {
    String url = service.newQueue("nothing");
    HttpAnswer answer = service.http().json("PurgeQueue", queueUrl(url));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isIn("", "{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"AmazonSQS.NoSuchThing", "AmazonSNS.Publish", "SendMessage", "AmazonSQS."})
  void unknownTarget(String target) {
    HttpAnswer answer =
        service.http().post("/", "{}", "Content-Type", SqsHttp.JSON, "X-Amz-Target", target);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
    assertThat(answer.jsonText("__type"))
        .isEqualTo("com.amazon.coral.service#UnknownOperationException");
    assertThat(answer.header("Content-Type")).isEqualTo("application/x-amz-json-1.0");
  }

  @Test
  void queryAnswersHaveTheirNamespaceAndMetadata() {
    String url = service.newQueue("xml");
    HttpAnswer sent = service.http().form("SendMessage", "QueueUrl", url, "MessageBody", "m");
    assertThat(sent.header("Content-Type")).startsWith("text/xml");
    assertThat(sent.xml().getLocalName()).isEqualTo("SendMessageResponse");
    assertThat(sent.xml().getNamespaceURI()).isEqualTo(NAMESPACE);
    assertThat(sent.xmlTexts("SendMessageResult")).hasSize(1);
    assertThat(sent.xmlText("MD5OfMessageBody")).isEqualTo("6f8f57715090da2632453988d9a1501b");
    assertThat(sent.xmlText("RequestId")).isEqualTo(sent.header("x-amzn-RequestId"));

    HttpAnswer received =
        service
            .http()
            .form(
                "ReceiveMessage",
                "QueueUrl",
                url,
                "WaitTimeSeconds",
                "5",
                "AttributeName.1",
                "ApproximateReceiveCount",
                "MessageSystemAttributeName.1",
                "SentTimestamp");
    assertThat(received.xmlText("MessageId")).isEqualTo(sent.xmlText("MessageId"));
    assertThat(received.xmlTexts("Name"))
        .containsExactlyInAnyOrder("ApproximateReceiveCount", "SentTimestamp");

    HttpAnswer empty = service.http().form("ReceiveMessage", "QueueUrl", url);
    assertThat(empty.xmlText("ReceiveMessageResult")).isEmpty();

    HttpAnswer deleted =
        service
            .http()
            .form(
                "DeleteMessage",
                "QueueUrl",
                url,
                "ReceiptHandle",
                received.xmlText("ReceiptHandle"));
    assertThat(deleted.xml().getLocalName()).isEqualTo("DeleteMessageResponse");
    assertThat(deleted.xmlTexts("DeleteMessageResult")).isEmpty();
    assertThat(deleted.xmlTexts("ResponseMetadata")).hasSize(1);
  }

  @Test
  void queryTakesAttributesWithGapsInTheirNumbers() {
    String name = service.newName("gaps");
    HttpAnswer created =
        service
            .http()
            .form(
                "CreateQueue",
                "QueueName",
                name,
                "Attribute.3.Name",
                "DelaySeconds",
                "Attribute.3.Value",
                "5",
                "Attribute.17.Name",
                "VisibilityTimeout",
                "Attribute.17.Value",
                "6");
    assertThat(created.status()).as(created.toString()).isEqualTo(200);
    HttpAnswer read =
        service
            .http()
            .form(
                "GetQueueAttributes",
                "QueueUrl",
                created.xmlText("QueueUrl"),
                "AttributeName.1",
                "DelaySeconds",
                "AttributeName.2",
                "VisibilityTimeout");
    assertThat(read.xmlTexts("Value")).containsExactlyInAnyOrder("5", "6");
  }

  @Test
  void messageAttributesThroughQuery() {
    String url = service.newQueue("queryattributes");
    HttpAnswer sent =
        service
            .http()
            .form(
                "SendMessage",
                "QueueUrl",
                url,
                "MessageBody",
                "m",
                "MessageAttribute.1.Name",
                "attr1",
                "MessageAttribute.1.Value.DataType",
                "Binary",
                "MessageAttribute.1.Value.BinaryValue",
                "dHJhY2VwYXJlbnQeMDAtNzc0MDYyZDZjMzcwODFhNWEwYjliNWI4OGUzMDYyN2MtMmQyNDgyMjExZjY0ODlk"
                    + "YS0wMQ==");
    assertThat(sent.xmlText("MD5OfMessageAttributes"))
        .isEqualTo("8cbe4db156db8a94db8b801b7addb984");
    HttpAnswer received =
        service
            .http()
            .form(
                "ReceiveMessage",
                "QueueUrl",
                url,
                "WaitTimeSeconds",
                "5",
                "MessageAttributeName.1",
                "All");
    assertThat(received.xmlText("Name")).isEqualTo("attr1");
    assertThat(received.xmlText("DataType")).isEqualTo("Binary");
    assertThat(received.xmlText("BinaryValue")).startsWith("dHJhY2VwYXJlbnQe");
    assertThat(received.xmlText("MD5OfMessageAttributes"))
        .isEqualTo("8cbe4db156db8a94db8b801b7addb984");
  }

  @ParameterizedTest
  @CsvSource({
    "/, NoSuchThing",
    "{queue}, NoSuchThing",
    "{queue}, CreateQueue",
    "{queue}, ListQueues"
  })
  void actionNotValidHere(String path, String action) {
    String queuePath = URI.create(service.newQueue("action")).getPath();
    HttpAnswer answer =
        service.http().formAt(path.replace("{queue}", queuePath), action, "QueueName", "q");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.xmlText("Code")).isEqualTo("InvalidAction");
    assertThat(answer.xmlText("Type")).isEqualTo("Sender");
    assertThat(answer.xmlText("Message"))
        .isEqualTo("The action " + action + " is not valid for this endpoint.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/json", "text/xml"})
  void queuePathWithoutAnActionIsUnknown(String accept) {
    String path = URI.create(service.newQueue("noaction")).getPath();
    HttpAnswer answer = service.http().get(path, "Accept", accept);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("<UnknownOperationException/>");
  }

  @Test
  void queryAnswersInJsonWhenAsked() {
    String path = URI.create(service.newQueue("queryjson")).getPath();
    service.http().formAt(path, "SendMessage", "MessageBody", "m");
    HttpAnswer received =
        service
            .http()
            .get(path + "?Action=ReceiveMessage&WaitTimeSeconds=5", "Accept", "application/json");
    assertThat(received.status()).as(received.toString()).isEqualTo(200);
    assertThat(
            received.jsonAt("ReceiveMessageResponse", "ReceiveMessageResult", "messages").asArray())
        .hasSize(1);

    HttpAnswer refused =
        service
            .http()
            .get("/?Action=GetQueueUrl&QueueName=no-such-queue", "Accept", "application/json");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.jsonAt("Error", "Code").text())
        .isEqualTo("AWS.SimpleQueueService.NonExistentQueue");
  }

  private static void assertEmptyObject(HttpAnswer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{}");
  }

  private static String queueUrl(String url) {
    return "{\"QueueUrl\": \"" + url + "\"}";
  }
}
