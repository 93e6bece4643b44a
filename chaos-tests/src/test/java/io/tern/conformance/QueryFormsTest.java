package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** The forms of AWS Query that no SDK uses: GET, presigned GET, answers in JSON, queue paths. */
@Tag("once")
@OnEachDeployment
class QueryFormsTest {
  private static final String PRESIGNED =
      "&X-Amz-Algorithm=AWS4-HMAC-SHA256"
          + "&X-Amz-Credential=test%2F20261121%2Fus-east-1%2Fsqs%2Faws4_request"
          + "&X-Amz-Date=20261121T120000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host"
          + "&X-Amz-Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  private final Deployment service;

  QueryFormsTest(Deployment service) {
    this.service = service;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&Version=2012-11-05", PRESIGNED, "&Version=2012-11-05" + PRESIGNED})
  void getWithEverythingInTheLine(String more) {
    String path = path(service.newQueue("get"));
    HttpAnswer sent =
        service.http().get(path + "?Action=SendMessage&MessageBody=by%20GET+line" + more);
    assertThat(sent.status()).as(sent.toString()).isEqualTo(200);
    HttpAnswer received =
        service.http().get(path + "?Action=ReceiveMessage&WaitTimeSeconds=5" + more);
    assertThat(received.xmlText("Body")).isEqualTo("by GET line");
    HttpAnswer created = service.http().get("/?Action=ListQueues&QueueNamePrefix=none" + more);
    assertThat(created.status()).isEqualTo(200);
  }

  @Test
  void presignedCallIsMadeByItsKey() {
    String path = path(service.newQueue("presigned"));
    service.http().get(path + "?Action=SendMessage&MessageBody=m" + PRESIGNED);
    HttpAnswer received =
        service
            .http()
            .get(
                path
                    + "?Action=ReceiveMessage&WaitTimeSeconds=5&AttributeName.1=SenderId"
                    + PRESIGNED);
    assertThat(received.xmlText("Value")).isEqualTo("test");
  }

  @Test
  void parametersOfLineAndFormAreOne() {
    String path = path(service.newQueue("both"));
    HttpAnswer sent =
        service
            .http()
            .post(
                path + "?Action=SendMessage&MessageBody=in+the+line",
                "MessageAttribute.1.Name=k&MessageAttribute.1.Value.DataType=String"
                    + "&MessageAttribute.1.Value.StringValue=v",
                "Content-Type",
                SqsHttp.FORM);
    assertThat(sent.status()).as(sent.toString()).isEqualTo(200);
    assertThat(sent.xmlTexts("MD5OfMessageAttributes")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void missingParameterOnAPath(String method) {
    String path = path(service.newQueue("missing"));
    HttpAnswer answer =
        method.equals("GET")
            ? service.http().get(path + "?Action=SendMessage")
            : service.http().formAt(path, "SendMessage");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.xmlText("Code")).isEqualTo("MissingParameter");
    assertThat(answer.xmlText("Message"))
        .isEqualTo("The request must contain the parameter MessageBody.");
  }

  @Test
  void carriageReturnsSurviveXml() {
    String path = path(service.newQueue("cr"));
    service.http().formAt(path, "SendMessage", "MessageBody", "a\rb\r\n\"c\" & <d>");
    HttpAnswer received = service.http().get(path + "?Action=ReceiveMessage&WaitTimeSeconds=5");
    assertThat(received.body()).contains("&#xD;");
    assertThat(received.xmlText("Body")).isEqualTo("a\rb\r\n\"c\" & <d>");
  }

  @Test
  void jsonForAReaderOfQuery() {
    String path = path(service.newQueue("json"));
    HttpAnswer sent = getJson(path + "?Action=SendMessage&MessageBody=m");
    assertThat(sent.jsonAt("SendMessageResponse", "SendMessageResult", "MD5OfMessageBody").text())
        .isEqualTo("6f8f57715090da2632453988d9a1501b");
    assertThat(sent.jsonAt("SendMessageResponse", "ResponseMetadata", "RequestId").text())
        .isEqualTo(sent.header("x-amzn-RequestId"));

    HttpAnswer attributes =
        getJson(path + "?Action=GetQueueAttributes&AttributeName.1=VisibilityTimeout");
    List<JsonNode> list =
        attributes
            .jsonAt("GetQueueAttributesResponse", "GetQueueAttributesResult", "Attributes")
            .asArray();
    assertThat(list).hasSize(1);
    assertThat(list.getFirst().field("Name").map(JsonNode::text)).contains("VisibilityTimeout");
    assertThat(list.getFirst().field("Value").map(JsonNode::text)).contains("30");

    HttpAnswer received = getJson(path + "?Action=ReceiveMessage&WaitTimeSeconds=5");
    assertThat(
            received.jsonAt("ReceiveMessageResponse", "ReceiveMessageResult", "messages").asArray())
        .hasSize(1);
  }

  @Test
  void errorInJsonForAReaderOfQuery() {
    String path = path(service.newQueue("jsonerror"));
    HttpAnswer refused = getJson(path + "?Action=SendMessage");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.jsonAt("Error", "Code").text()).isEqualTo("MissingParameter");
    assertThat(refused.jsonAt("Error", "Type").text()).isEqualTo("Sender");
    assertThat(refused.jsonAt("Error", "Message").text())
        .isEqualTo("The request must contain the parameter MessageBody.");
    assertThat(refused.jsonText("RequestId")).isEqualTo(refused.header("x-amzn-RequestId"));
  }

  @Test
  void tagsAndPermissionsThroughQuery() {
    TestQueue queue = TestQueue.standard(service, "owner");
    String path = path(queue.url());
    assertThat(
            service
                .http()
                .formAt(
                    path,
                    "TagQueue",
                    "Tag.1.Key",
                    "k",
                    "Tag.1.Value",
                    "v",
                    "Tag.4.Key",
                    "l",
                    "Tag.4.Value",
                    "")
                .status())
        .isEqualTo(200);
    HttpAnswer tags = service.http().formAt(path, "ListQueueTags");
    assertThat(tags.xmlTexts("Key")).containsExactlyInAnyOrder("k", "l");
    assertThat(tags.xmlTexts("Value")).containsExactlyInAnyOrder("v", "");
    service.http().formAt(path, "UntagQueue", "TagKey.1", "k");
    assertThat(service.http().formAt(path, "ListQueueTags").xmlTexts("Key")).containsExactly("l");

    HttpAnswer added =
        service
            .http()
            .formAt(
                path,
                "AddPermission",
                "Label",
                "l",
                "AWSAccountId.1",
                "111111111111",
                "ActionName.1",
                "SendMessage");
    assertThat(added.status()).as(added.toString()).isEqualTo(200);
    assertThat(queue.attributes()).containsKey("Policy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Tag", "Tags"})
  void tagsAreTakenAsDocumentedAndAsSdksSpellThem(String parameter) {
    String path = path(service.newQueue("spelling"));
    service.http().formAt(path, "TagQueue", parameter + ".1.Key", "k", parameter + ".1.Value", "v");
    assertThat(service.http().formAt(path, "ListQueueTags").xmlTexts("Key")).containsExactly("k");
  }

  @Test
  void listOfSourcesIsThereThoughEmpty() {
    String url = service.newQueue("nosources");
    HttpAnswer json =
        service.http().json("ListDeadLetterSourceQueues", "{\"QueueUrl\":\"" + url + "\"}");
    assertThat(json.jsonAt("queueUrls").asArray()).isEmpty();
    HttpAnswer xml = service.http().form("ListDeadLetterSourceQueues", "QueueUrl", url);
    assertThat(xml.xmlTexts("ListDeadLetterSourceQueuesResult")).hasSize(1);
    assertThat(xml.xmlTexts("QueueUrl")).isEmpty();
  }

  @Test
  void batchThroughQueryTellsBothKinds() {
    TestQueue queue = TestQueue.standard(service, "batch");
    List<String> form = new ArrayList<>();
    Map.of("good", "m", "bad", "\u0001")
        .forEach((id, body) -> {
          String entry = "SendMessageBatchRequestEntry." + (form.size() / 4 + 1);
          form.addAll(List.of(entry + ".Id", id, entry + ".MessageBody", body));
        });
    HttpAnswer sent =
        service.http().formAt(path(queue.url()), "SendMessageBatch", form.toArray(String[]::new));
    assertThat(sent.xmlTexts("SendMessageBatchResultEntry")).hasSize(1);
    assertThat(sent.xmlTexts("BatchResultErrorEntry")).hasSize(1);
    assertThat(sent.xmlText("Code")).isEqualTo("InvalidMessageContents");
    assertThat(sent.xmlText("SenderFault")).isEqualTo("true");
  }

  private HttpAnswer getJson(String pathAndQuery) {
    return service.http().get(pathAndQuery, "Accept", "application/json");
  }

  private static String path(String url) {
    return URI.create(url).getPath();
  }
}
