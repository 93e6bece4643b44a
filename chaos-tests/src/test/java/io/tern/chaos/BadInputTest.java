package io.tern.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tern.chaos.RawHttp.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Bad input of all kinds against one node: a proper error or a closed connection, never a 5xx, no
 * growth of memory, and after each case the node serves on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final long SEED = 4_711;
  private static final long MAX_LIVE_GROWTH_BYTES = 16L * 1024 * 1024;
  private static final long MAX_RESIDENT_GROWTH_BYTES = 128L * 1024 * 1024;
  private static final int IDLE_CONNECTIONS =
      Integer.getInteger("tern.chaos.idleConnections", 10_000);

  private final TernCluster cluster =
      TernCluster.start(ClusterSpec.ofNodes("bad-input", 1).relaxed());
  private final URI endpoint = cluster.endpoints().getFirst();
  private final RawHttp http = new RawHttp(endpoint);
  private final SqsClient sqs = SdkClient.of(endpoint);

  @BeforeAll
  void createQueue() {
    sqs.createQueue(r -> r.queueName("serves"));
  }

  @AfterEach
  void servesOn() {
    servesOn(sqs);
  }

  @AfterAll
  void stop() {
    sqs.close();
    cluster.close();
  }

  static List<BadRequest> requests() {
    return BadRequests.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void refused(BadRequest request) {
    sendWhole(request);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void cutInTheMiddle(BadRequest request) {
    sendHalf(request);
  }

  /** Here HTTP itself wants a 5xx: it is the version that the server does not have. */
  @Test
  void unknownVersionOfHttp() {
    Outcome outcome =
        http.exchange("GET / HTTP/9.9\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(outcome)
        .isIn(
            new Outcome.Status(400),
            new Outcome.Status(501),
            new Outcome.Status(505),
            new Outcome.Closed());
  }

  @Test
  void bodyWithoutEnd() {
    byte[] head =
        """
        POST / HTTP/1.1\r
        Host: x\r
        Content-Type: application/x-amz-json-1.0\r
        X-Amz-Target: AmazonSQS.SendMessage\r
        Transfer-Encoding: chunked\r
        \r
        """
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] chunk =
        ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    Outcome outcome = http.flood(head, chunk, 256L * 1024 * 1024);
    assertRefused(BadRequest.raw("body without end", ""), outcome);
  }

  @Test
  void headWithoutEnd() {
    byte[] head = "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.ISO_8859_1);
    byte[] line = ("X: " + "x".repeat(1_000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    Outcome outcome = http.flood(head, line, 64L * 1024 * 1024);
    assertRefused(BadRequest.raw("head without end", ""), outcome);
  }

  @Test
  void randomBytes() {
    sendRandomBytes();
  }

  @Test
  void validRequestsWithChangedBytes() {
    sendChangedRequests();
  }

  @Test
  void halfSentRequestsHoldNobodyUp() throws IOException {
    holdHalfSentRequests();
  }

  @Test
  void idleConnections() throws IOException {
    holdIdleConnections();
  }

  @Test
  void memoryDoesNotGrow() throws IOException {
    NodeProcess node = cluster.node(0);
    everythingOnce();
    ServerMemory before = ServerMemory.of(node);
    for (int round = 0; round < 3; round++) {
      everythingOnce();
    }
    // The node may still be clearing ten thousand closed connections away.
    await("memory is as before")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertNotGrown(before, ServerMemory.of(node)));
  }

  private static void assertNotGrown(ServerMemory before, ServerMemory after) {
    assertThat(after.liveHeapBytes())
        .as("live objects")
        .isLessThan(before.liveHeapBytes() + MAX_LIVE_GROWTH_BYTES);
    assertThat(after.residentBytes())
        .as("resident memory")
        .isLessThan(before.residentBytes() + MAX_RESIDENT_GROWTH_BYTES);
    System.out.println("memory of the node before and after bad input: " + before + " " + after);
  }

  private void everythingOnce() throws IOException {
    for (BadRequest request : BadRequests.all()) {
      sendWhole(request);
      sendHalf(request);
    }
    sendRandomBytes();
    sendChangedRequests();
    holdHalfSentRequests();
    holdIdleConnections();
  }

  private void sendWhole(BadRequest request) {
    assertRefused(request, http.exchange(request.bytes()));
  }

  private void sendHalf(BadRequest request) {
    byte[] half = Arrays.copyOf(request.bytes(), request.bytes().length / 2);
    assertNoServerError(http.exchangeAndEnd(half));
  }

  private void sendRandomBytes() {
    Random random = new Random(SEED);
    for (int i = 0; i < 300; i++) {
      assertNoServerError(http.exchangeAndEnd(BadRequests.random(random)));
    }
  }

  private void sendChangedRequests() {
    Random random = new Random(SEED);
    byte[] valid = BadRequests.valid("serves");
    for (int i = 0; i < 500; i++) {
      assertNoServerError(http.exchangeAndEnd(BadRequests.mutate(valid, random)));
    }
  }

  private void holdHalfSentRequests() throws IOException {
    byte[] valid = BadRequests.valid("serves");
    List<Socket> held = new ArrayList<>();
    try {
      for (int i = 0; i < 500; i++) {
        Socket socket = http.connect();
        held.add(socket);
        socket.getOutputStream().write(valid, 0, 1 + i % (valid.length - 1));
      }
      servesOn(sqs);
      try (SqsClient another = SdkClient.of(endpoint)) {
        servesOn(another);
      }
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  private void holdIdleConnections() throws IOException {
    List<SocketChannel> idle = new ArrayList<>();
    try {
      InetSocketAddress address = new InetSocketAddress(endpoint.getHost(), endpoint.getPort());
      for (int i = 0; i < IDLE_CONNECTIONS; i++) {
        idle.add(SocketChannel.open(address));
      }
      try (SqsClient another = SdkClient.of(endpoint)) {
        // Over its limit a node may refuse for a while, but must make room again.
        await("a new client is served beside " + IDLE_CONNECTIONS + " idle connections")
            .atMost(Duration.ofMinutes(1))
            .ignoreExceptionsMatching(SdkException.class::isInstance)
            .untilAsserted(() -> servesOn(another));
      }
    } finally {
      for (SocketChannel channel : idle) {
        channel.close();
      }
    }
  }

  private static void servesOn(SqsClient client) {
    String sent =
        client.sendMessage(r -> r.queueUrl("serves").messageBody("still here")).messageId();
    assertThat(sent).isNotEmpty();
    client
        .receiveMessage(r -> r.queueUrl("serves").maxNumberOfMessages(10).waitTimeSeconds(1))
        .messages()
        .forEach(message ->
            client.deleteMessage(r -> r.queueUrl("serves").receiptHandle(message.receiptHandle())));
  }

  /** A complete request that is wrong: told so with a 4xx, or cut off. */
  private static void assertRefused(BadRequest request, Outcome outcome) {
    boolean refused =
        switch (outcome) {
          case Outcome.Status status -> status.code() >= 400 && status.code() < 500;
          case Outcome.Closed closed -> true;
          case Outcome.Other other -> false;
          case Outcome.Silent silent -> false;
        };
    assertThat(refused).as(request + " was answered with " + outcome).isTrue();
  }

  private static void assertNoServerError(Outcome outcome) {
    if (outcome instanceof Outcome.Status status) {
      assertThat(status.code()).isLessThan(500);
    }
  }
}
