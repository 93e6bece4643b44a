package io.tern.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a request says, both wires carry it. */
class RoundTripTest {
  private final OperationTable table = OperationTable.sqs();
  private final OperationTable sns = OperationTable.sns();
  private final WireCodec codec = new WireCodec(table, sns);

  @Provide
  Arbitrary<Operation> operations() {
    return Arbitraries.of(List.copyOf(table.operations()));
  }

  @Provide
  Arbitrary<Operation> snsOperations() {
    return Arbitraries.of(List.copyOf(sns.operations()));
  }

  @Property
  void json(@ForAll("operations") Operation operation, @ForAll long seed) {
    Message request =
        new AnyMessage(seed).of(operation.requestPrototype(), operation.requestPlan());
    JsonWriter out = new JsonWriter();
    out.shape(operation.requestPlan(), request);

    Decoded decoded = codec.decode(Requests.json(operation.name(), out.toByteArray()));

    assertThat(decoded.request()).isEqualTo(request);
    assertThat(decoded.operation()).isSameAs(table.byAction(operation.name()));
  }

  @Property
  void query(@ForAll("operations") Operation operation, @ForAll long seed) {
    Message request =
        new AnyMessage(seed).of(operation.requestPrototype(), operation.requestPlan());

    Decoded decoded = codec.decode(Requests.form("/", QueryForm.of(operation, request)));

    assertThat(decoded.request()).isEqualTo(request);
  }

  @Property
  void queryOfSns(@ForAll("snsOperations") Operation operation, @ForAll long seed) {
    Message request =
        new AnyMessage(seed).of(operation.requestPrototype(), operation.requestPlan());
    String form = QueryForm.of(operation, request);

    Decoded posted = codec.decode(Requests.form("/", form));
    Decoded got = codec.decode(Requests.get("/any/path", form, Map.of()));

    assertThat(posted.request()).isEqualTo(request);
    assertThat(got.request()).isEqualTo(request);
    assertThat(posted.operation()).isSameAs(sns.byAction(operation.name()));
    assertThat(got.queuePath()).isNull();
  }

  @Property
  void everyAnswerOfSnsCanBeRendered(
      @ForAll("snsOperations") Operation operation, @ForAll long seed) throws Exception {
    Message response =
        new AnyMessage(seed).of(operation.responsePrototype(), operation.responsePlan());
    String query = QueryForm.of(operation, operation.requestPrototype());
    Decoded plain = codec.decode(Requests.get("/", query, Map.of()));
    Decoded json = codec.decode(Requests.get("/", query, Map.of("accept", "application/json")));

    byte[] xml = codec.render(plain, response, Requests.ID).body();

    assertThat(xml).asString().startsWith("<" + operation.name() + "Response xmlns=");
    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    byte[] document = codec.render(json, response, Requests.ID).body();
    assertThat(JsonValue.parseObject(new String(document, StandardCharsets.UTF_8))).isPresent();
  }

  @Property
  void everyAnswerCanBeRendered(@ForAll("operations") Operation operation, @ForAll long seed) {
    Message response =
        new AnyMessage(seed).of(operation.responsePrototype(), operation.responsePlan());
    Decoded json = codec.decode(Requests.json(operation.name(), "{}"));
    Decoded query = codec.decode(Requests.form("/", "Action=" + operation.name()));

    WireResponse document = codec.render(json, response, Requests.ID);

    // An answer has the same members as a request of the same shape would have.
    assertThat(
            new JsonReader()
                .read(document.body(), operation.responsePlan(), operation.responsePrototype()))
        .isEqualTo(response);
    assertThat(codec.render(query, response, Requests.ID).body())
        .asString()
        .endsWith("</" + operation.name() + "Response>");
  }
}
