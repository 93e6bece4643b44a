package io.tern.chaos.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.Outcome;
import io.tern.chaos.history.QueueFact;
import io.tern.chaos.history.Recorder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a call by how the server answers; above all that it is sent once. */
class ClientCallsTest {
  private static final int HANG_UP = 0;
  private static final int SEEDS = 12;
  private static final Outgoing MESSAGE = Outgoing.of("m1");

  private final AtomicInteger requests = new AtomicInteger();

  /** The next statuses; OK when there is none. */
  private final BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();

  private final Recorder recorder = new Recorder();
  private final LoadQueue queue =
      new LoadQueue(
          new QueueFact("w", "q", false, 5, 0, null, 0, false, false),
          "http://localhost/000000000000/q",
          "arn:aws:sqs:us-east-1:000000000000:q");
  private final HttpServer server;

  ClientCallsTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anAnswerIsRecordedWithTheNodeThatGaveIt() {
    try (NodeClients node = node()) {
      Operation sent = sqs(node).send(queue, MESSAGE);
      assertThat(sent.outcome()).isEqualTo(Outcome.OK);
      assertThat(sent.node()).isEqualTo("n1");
      assertThat(sent.answer()).isEqualTo(new Answer.Stored("id", "md5", null));
      assertThat(recorder.history().operations()).containsExactly(sent);
    }
  }

  @Test
  void aRequestWithoutAnswerIsUnknownAndNotSentAgain() {
    try (NodeClients node = node()) {
      RecordingSqs sqs = sqs(node);
      // The second request goes over the connection of the first: there the JDK might repeat it.
      sqs.send(queue, MESSAGE);
      statuses.add(HANG_UP);
      assertThat(sqs.send(queue, MESSAGE).outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(requests).hasValue(2);
    }
  }

  @Test
  void anErrorOfTheServerIsUnknownAndNotSentAgain() {
    try (NodeClients node = node()) {
      statuses.add(503);
      assertThat(sqs(node).send(queue, MESSAGE).outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(requests).hasValue(1);
    }
  }

  @Test
  void aRefusalIsFail() {
    try (NodeClients node = node()) {
      statuses.addAll(List.of(400, 403, 404));
      RecordingSqs sqs = sqs(node);
      for (int i = 0; i < 3; i++) {
        assertThat(sqs.send(queue, MESSAGE).outcome()).isEqualTo(Outcome.FAIL);
      }
      assertThat(requests).hasValue(3);
    }
  }

  @Test
  void entriesThatTheAnswerLeavesOutAreUnknown() {
    try (NodeClients node = node()) {
      List<Operation> ends = sqs(node).sendBatch(queue, List.of(MESSAGE, Outgoing.of("m2")));
      assertThat(ends).extracting(Operation::outcome).containsOnly(Outcome.UNKNOWN);
      assertThat(recorder.history().operations()).containsExactlyElementsOf(ends);
    }
  }

  @Test
  void whatWasNeverSentIsFailAndTheNextNodeIsAsked() throws IOException {
    int nobody;
    try (ServerSocket closed = new ServerSocket(0)) {
      nobody = closed.getLocalPort();
    }
    try (NodeClients down = NodeClients.of("n2", URI.create("http://127.0.0.1:" + nobody));
        NodeClients node = node()) {
      List<Operation> first = new ArrayList<>();
      for (int seed = 0; seed < SEEDS; seed++) {
        RecordingSqs sqs = sqs(seed, down, node);
        Operation sent = sqs.send(queue, MESSAGE);
        first.add(sent);
        assertThat(sent.isOk()).isEqualTo(sent.node().equals("n1"));
        if (!sent.isOk()) {
          assertThat(sent.outcome()).isEqualTo(Outcome.FAIL);
          assertThat(sqs.send(queue, MESSAGE).node()).isEqualTo("n1");
        }
      }
      assertThat(first).extracting(Operation::node).contains("n1", "n2");
    }
  }

  private NodeClients node() {
    return NodeClients.of("n1", URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  private RecordingSqs sqs(NodeClients node) {
    return sqs(0, node);
  }

  private RecordingSqs sqs(int seed, NodeClients... nodes) {
    return new RecordingSqs(
        new ClientCalls(
            recorder, "w", "c", List.of(nodes), Pace.unlimited(), Load.random(seed, "c")));
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    requests.incrementAndGet();
    Integer status = statuses.poll();
    if (status != null && status == HANG_UP) {
      exchange.close();
      return;
    }
    byte[] body =
        "{\"MessageId\":\"id\",\"MD5OfMessageBody\":\"md5\"}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status == null ? 200 : status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
