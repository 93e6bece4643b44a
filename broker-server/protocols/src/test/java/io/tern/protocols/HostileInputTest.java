package io.tern.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Nothing a client sends makes the codec throw anything but {@link TernException}. */
class HostileInputTest {
  private final OperationTable table = OperationTable.sqs();
  private final WireCodec codec = new WireCodec(table, OperationTable.sns());

  @Provide
  Arbitrary<Operation> operations() {
    return Arbitraries.of(List.copyOf(table.operations()));
  }

  /** Pieces that mean something to a parser, in any order. */
  @Provide
  Arbitrary<String> jsonPieces() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\"QueueUrl\"",
            "\"Entries\"",
            "\"Attributes\"",
            "\"MessageAttributes\"",
            "\"VisibilityTimeout\"",
            "\"BinaryValue\"",
            "null",
            "true",
            "1",
            "-",
            "1e9",
            ".5",
            "\\u",
            "\\ud800",
            "\u0000",
            "\u20ac",
            " ",
            "{\"a\":",
            "[[[")
        .list()
        .ofMaxSize(30)
        .map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<String> queryPieces() {
    return Arbitraries.of(
            "Action=SendMessage",
            "&",
            "=",
            ".",
            "%",
            "%2",
            "%2E",
            "%ff",
            "+",
            "1",
            "99999999999",
            "MessageAttribute.1.Value",
            "Attribute",
            "Name",
            "DelaySeconds=",
            "Entry",
            "\u20ac",
            "SendMessageBatchRequestEntry.1.Id",
            "Action=Publish",
            "Action=AddPermission",
            "Version=2010-03-31",
            "TopicArn=arn:aws:sns",
            "Tags.member",
            "MessageAttributes.entry.1.Value",
            "MaxResults=x",
            "X-Amz-Credential=a%2Fb%2Fc%2Fsns%2Faws4_request",
            "QueueUrl",
            "..",
            "a")
        .list()
        .ofMaxSize(30)
        .map(pieces -> String.join("", pieces));
  }

  private void decodeOrRefuse(WireRequest request) {
    WireProtocol protocol = codec.protocolOf(request);
    try {
      assertThat(codec.decode(request).protocol()).isSameAs(protocol);
    } catch (TernException e) {
      WireResponse answer = codec.renderError(protocol, e, Requests.ID);
      assertThat(answer.status()).isBetween(400, 499);
    }
  }

  @Property
  void randomBytes(
      @ForAll("operations") Operation operation, @ForAll @Size(max = 200) byte[] body) {
    decodeOrRefuse(Requests.json(operation.name(), body));
    decodeOrRefuse(Requests.form("/1/q", body));
  }

  @Property
  void randomJson(@ForAll("operations") Operation operation, @ForAll("jsonPieces") String body) {
    decodeOrRefuse(Requests.json(operation.name(), body));
    decodeOrRefuse(Requests.json(operation.name(), "{" + body + "}"));
  }

  @Property
  void damagedJson(
      @ForAll("operations") Operation operation,
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 10_000) int position,
      @ForAll byte replacement) {
    Message request =
        new AnyMessage(seed).of(operation.requestPrototype(), operation.requestPlan());
    JsonWriter out = new JsonWriter();
    out.shape(operation.requestPlan(), request);
    byte[] damaged = out.toByteArray();
    damaged[position % damaged.length] = replacement;
    decodeOrRefuse(Requests.json(operation.name(), damaged));
  }

  @Property
  void nesting(
      @ForAll("operations") Operation operation,
      @ForAll @IntRange(min = 1, max = 5_000) int depth) {
    decodeOrRefuse(Requests.json(operation.name(), "{\"Entries\":".repeat(depth)));
    decodeOrRefuse(Requests.json(operation.name(), "{\"x\":" + "[".repeat(depth)));
    decodeOrRefuse(Requests.form("/", "Action=" + operation.name() + "&" + "a.".repeat(depth)));
  }

  @Property
  void nestingOfSns(@ForAll @IntRange(min = 1, max = 5_000) int depth) {
    String name = "PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value";
    decodeOrRefuse(
        Requests.form("/", "Version=2010-03-31&Action=PublishBatch&" + name + ".x".repeat(depth)));
    decodeOrRefuse(
        Requests.form(
            "/", "Version=2010-03-31&Action=TagResource&Tags" + ".member.1".repeat(depth) + "=a"));
  }

  @Property
  void randomForms(@ForAll("queryPieces") String form, @ForAll("queryPieces") String query) {
    decodeOrRefuse(Requests.form("/1/q", form));
    decodeOrRefuse(Requests.get("/1/q", query, Map.of("accept", "application/json")));
    decodeOrRefuse(Requests.form("/", "Version=2010-03-31&" + form));
  }

  @Property
  void randomHeadsOfRequests(@ForAll("heads") WireRequest request) {
    decodeOrRefuse(request);
  }

  @Provide
  Arbitrary<WireRequest> heads() {
    Arbitrary<String> text = Arbitraries.strings().ofMaxLength(20);
    return Combinators.combine(text, text, text, text)
        .as((path, query, header, body) ->
            new WireRequest(
                "POST", path, query, name -> header, body.getBytes(StandardCharsets.UTF_8)));
  }
}
