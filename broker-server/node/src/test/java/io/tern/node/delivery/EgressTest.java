package io.tern.node.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tern.node.config.Cidr;
import io.tern.node.config.DeliveryConfig;
import io.tern.node.config.WallClock;
import io.tern.state.Bytes;
import io.tern.state.limits.DeliveryLimits;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Posts to real servers that behave well and badly, and to places that are none of ours. */
class EgressTest {
  private static final long PATIENT_MILLIS = 60_000;
  private static final long BRIEF_MILLIS = 300;
  private static final long DRIP_MILLIS = 5_000;
  private static final List<Cidr> LOOPBACK = List.of(Cidr.parse("127.0.0.1"));

  private final Vertx vertx = Vertx.vertx();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    timer.shutdownNow();
    var _ = vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void aPostArrivesAsItWasGiven() throws IOException {
    Receiver receiver = receiver(200, "thanks");
    Outcome outcome =
        post(
            senders(LOOPBACK, PATIENT_MILLIS),
            "http://us:pa@127.0.0.1:" + receiver.port() + "/in?x=1",
            Map.of("x-amz-sns-message-type", "Notification", "User-Agent", "Agent"));

    assertThat(outcome).isEqualTo(new Outcome.Delivered(200, "thanks"));
    assertThat(receiver.seen()).hasSize(1);
    Receiver.Seen seen = receiver.seen().getFirst();
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.uri()).isEqualTo("/in?x=1");
    assertThat(seen.body()).isEqualTo("hello");
    assertThat(seen.headers())
        .containsEntry("x-amz-sns-message-type", "Notification")
        .containsEntry("user-agent", "Agent")
        .containsEntry("content-length", "5")
        .containsEntry("host", "127.0.0.1:" + receiver.port())
        .containsEntry("authorization", "Basic dXM6cGE=");
  }

  @ParameterizedTest
  @CsvSource({
    "200, Delivered",
    "204, Delivered",
    "299, Delivered",
    "301, Refused",
    "307, Refused",
    "400, Refused",
    "403, Refused",
    "404, Refused",
    "410, Refused",
    "429, Retry",
    "500, Retry",
    "503, Retry",
    "599, Retry"
  })
  void theStatusDecides(int status, String kind) throws IOException {
    Receiver elsewhere = receiver(200, "");
    Receiver receiver =
        receiver(request -> {
          request.response().putHeader("Location", elsewhere.url("/"));
          var _ = request.response().setStatusCode(status).end();
        });

    Outcome outcome = post(senders(LOOPBACK, PATIENT_MILLIS), receiver.url("/"), Map.of());

    assertThat(outcome.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(elsewhere.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "127.1", "[::ffff:127.0.0.1]", "0.0.0.0"})
  void loopbackIsRefusedAndNothingIsSent(String host) throws IOException {
    Receiver receiver = receiver(200, "");

    Outcome outcome =
        post(
            senders(List.of(), PATIENT_MILLIS),
            "http://" + host + ":" + receiver.port() + "/",
            Map.of());

    assertThat(outcome).isInstanceOf(Outcome.Forbidden.class);
    assertThat(outcome.toString()).contains("not public");
    assertThat(receiver.connections()).isZero();
  }

  @Test
  void theMetadataAddressIsRefused() throws IOException {
    Outcome outcome =
        post(
            senders(LOOPBACK, PATIENT_MILLIS),
            "http://169.254.169.254/latest/meta-data/",
            Map.of());

    assertThat(outcome).isInstanceOf(Outcome.Forbidden.class);
  }

  @Test
  void whatTheNameMeansWhenConnectingCounts() throws IOException {
    Receiver receiver = receiver(200, "");
    Egress.Names rebinding = names("127.0.0.1");
    Senders senders = senders(List.of(), PATIENT_MILLIS, rebinding, null);

    Outcome outcome = post(senders, "http://public.example:" + receiver.port() + "/", Map.of());

    assertThat(outcome).isInstanceOf(Outcome.Forbidden.class);
    assertThat(receiver.connections()).isZero();
  }

  @Test
  void theConnectionGoesToTheAddressThatWasJudged() throws IOException {
    Receiver receiver = receiver(200, "");
    // The second is refused, the third is where nobody listens: neither keeps us from the first.
    Senders senders =
        senders(
            List.of(Cidr.parse("127.0.0.0/30")),
            PATIENT_MILLIS,
            names("127.0.0.3", "10.0.0.1", "127.0.0.1"),
            null);

    Outcome outcome = post(senders, "http://endpoint.example:" + receiver.port() + "/", Map.of());

    assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
    assertThat(receiver.seen().getFirst().headers())
        .containsEntry("host", "endpoint.example:" + receiver.port());
  }

  @Test
  void aNameWithoutAddressIsTriedAgain() throws IOException {
    Senders senders =
        senders(
            LOOPBACK,
            PATIENT_MILLIS,
            host -> {
              throw new UnknownHostException(host);
            },
            null);

    assertThat(post(senders, "http://nowhere.example/", Map.of()))
        .isInstanceOf(Outcome.Retry.class);
  }

  @Test
  void aPortWhereNobodyListensIsTriedAgain() throws IOException {
    Receiver gone = receiver(200, "");
    String url = gone.url("/");
    gone.close();

    assertThat(post(senders(LOOPBACK, PATIENT_MILLIS), url, Map.of()))
        .isInstanceOf(Outcome.Retry.class);
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws IOException {
    Receiver receiver = receiver(_ -> {});
    Senders senders = senders(LOOPBACK, BRIEF_MILLIS);

    assertThat(post(senders, receiver.url("/"), Map.of()))
        .isEqualTo(new Outcome.Retry(0, "no answer within 300 ms"));
    assertThat(senders.underWay()).isZero();
  }

  @Test
  void aConnectionClosedWithoutAnswerIsTriedAgain() throws IOException {
    Receiver receiver =
        receiver(request -> {
          var _ = request.connection().close();
        });

    assertThat(post(senders(LOOPBACK, PATIENT_MILLIS), receiver.url("/"), Map.of()))
        .isInstanceOf(Outcome.Retry.class);
  }

  @Test
  void aHugeAnswerIsCutOff() throws IOException {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    Receiver receiver =
        receiver(request -> {
          var _ = request.connection().closeHandler(_ -> closed.complete(null));
          request.response().setChunked(true);
          pour(request.response(), closed);
        });

    Outcome outcome = post(senders(LOOPBACK, PATIENT_MILLIS), receiver.url("/"), Map.of());

    assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
    assertThat(((Outcome.Delivered) outcome).detail()).hasSize(DeliveryLimits.EGRESS_ANSWER_BYTES);
    closed.join();
  }

  @Test
  void anAnswerThatDripsIsTakenAtItsStatusAndCutOff() throws IOException {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    Receiver receiver =
        receiver(request -> {
          var _ = request.connection().closeHandler(_ -> closed.complete(null));
          var _ = request.response().setChunked(true).write("a");
        });

    Outcome outcome = post(senders(LOOPBACK, DRIP_MILLIS), receiver.url("/"), Map.of());

    assertThat(outcome).isEqualTo(new Outcome.Delivered(200, "a"));
    closed.join();
  }

  @Test
  void anAnswerThatIsNoHttpIsTriedAgain() throws Exception {
    NetServer server =
        vertx
            .createNetServer()
            .connectHandler(socket -> {
              var _ = socket.write(Buffer.buffer("220 mail.example ESMTP\r\n"));
            });
    var _ = server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();

    assertThat(
            post(
                senders(LOOPBACK, PATIENT_MILLIS),
                "http://127.0.0.1:" + server.actualPort() + "/",
                Map.of()))
        .isInstanceOf(Outcome.Retry.class);
  }

  @Test
  void moreThanTheConnectionsOfAHostWaitTheirTurn() throws IOException {
    List<Runnable> held = new ArrayList<>();
    Receiver receiver =
        receiver(request -> {
          synchronized (held) {
            held.add(() -> {
              var _ = request.response().end();
            });
          }
        });
    Senders senders = senders(LOOPBACK, PATIENT_MILLIS);
    int count = DeliveryLimits.EGRESS_CONNECTIONS_PER_HOST + 4;
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      outcomes.add(senders.send(delivery(receiver.url("/"), Map.of())));
    }

    await().until(() -> receiver.seen().size() == DeliveryLimits.EGRESS_CONNECTIONS_PER_HOST);
    assertThat(receiver.connections()).isEqualTo(DeliveryLimits.EGRESS_CONNECTIONS_PER_HOST);
    await()
        .until(() -> {
          synchronized (held) {
            held.forEach(Runnable::run);
            held.clear();
          }
          return outcomes.stream().allMatch(CompletableFuture::isDone);
        });
    assertThat(outcomes)
        .allSatisfy(outcome -> assertThat(outcome.join()).isInstanceOf(Outcome.Delivered.class));
  }

  @Test
  void httpsChecksTheNameAndSendsIt(@TempDir Path folder) throws Exception {
    TestCertificate certificate = TestCertificate.make(folder, "endpoint.example");
    Receiver receiver =
        Receiver.start(
            vertx,
            new HttpServerOptions()
                .setSsl(true)
                .setSni(true)
                .setKeyCertOptions(certificate.keyOptions()),
            request -> {
              var _ = request.response().end();
            });
    open.add(receiver);
    Senders strict = senders(LOOPBACK, PATIENT_MILLIS, names("127.0.0.1"), null);
    Senders trusting = senders(LOOPBACK, PATIENT_MILLIS, names("127.0.0.1"), certificate.pem());
    String url = "https://endpoint.example:" + receiver.port() + "/";

    assertThat(post(strict, url, Map.of())).isInstanceOf(Outcome.Retry.class);
    assertThat(receiver.seen()).isEmpty();
    assertThat(post(trusting, url, Map.of())).isInstanceOf(Outcome.Delivered.class);
    assertThat(receiver.seen().getFirst().serverName()).isEqualTo("endpoint.example");
    assertThat(post(trusting, url.replace("endpoint", "other"), Map.of()))
        .isInstanceOf(Outcome.Retry.class);
    assertThat(receiver.seen()).hasSize(1);
  }

  private Receiver receiver(int status, String body) {
    Receiver receiver = Receiver.answering(vertx, status, body);
    open.add(receiver);
    return receiver;
  }

  private Receiver receiver(Handler<HttpServerRequest> answer) {
    Receiver receiver = Receiver.start(vertx, answer);
    open.add(receiver);
    return receiver;
  }

  private Senders senders(List<Cidr> allowed, long limitMillis) throws IOException {
    return senders(allowed, limitMillis, Egress::machineNames, null);
  }

  private Senders senders(
      List<Cidr> allowed, long limitMillis, Egress.Names names, @Nullable Path authorities)
      throws IOException {
    Senders senders =
        new Senders(
            new DeliveryConfig(allowed, authorities, null, null, null, null, null),
            vertx,
            WallClock.system(),
            timer,
            names,
            limitMillis);
    open.add(senders);
    return senders;
  }

  private static Egress.Names names(String... addresses) {
    return _ -> {
      InetAddress[] found = new InetAddress[addresses.length];
      for (int i = 0; i < addresses.length; i++) {
        found[i] = InetAddress.getByName(addresses[i]);
      }
      return found;
    };
  }

  private static Outcome post(Senders senders, String url, Map<String, String> headers) {
    return senders.send(delivery(url, headers)).join();
  }

  private static Outgoing delivery(String url, Map<String, String> headers) {
    return new Outgoing.WebPost(url, headers, Bytes.of("hello".getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes as long as somebody reads. */
  private static void pour(HttpServerResponse response, CompletableFuture<Void> closed) {
    if (!closed.isDone()) {
      var _ =
          response.write(Buffer.buffer("x".repeat(1_024))).onSuccess(_ -> pour(response, closed));
    }
  }
}
