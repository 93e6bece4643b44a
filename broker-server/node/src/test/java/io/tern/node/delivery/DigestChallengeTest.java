package io.tern.node.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.node.config.Cidr;
import io.tern.node.config.DeliveryConfig;
import io.tern.node.config.WallClock;
import io.tern.state.Bytes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that want user and password by Digest get them so, once. */
class DigestChallengeTest {
  private static final WebAddress MUFASA =
      WebAddress.parse("http://Mufasa:Circle%20of%20Life@www.example.org/dir/index.html")
          .orElseThrow();
  private static final String CLIENT_NONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

  /** RFC 7616, section 3.9.1. */
  private static final String SHA_256 =
      "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256,"
          + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
          + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

  private static final String MD5 = SHA_256.replace("SHA-256", "MD5");

  private final Vertx vertx = Vertx.vertx();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);

  @AfterEach
  void stop() {
    timer.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void theAnswersOfTheStandardsExample() {
    assertThat(answer(MD5))
        .startsWith("Digest username=\"Mufasa\", realm=\"http-auth@example.org\"")
        .contains("uri=\"/dir/index.html\"")
        .contains("algorithm=MD5")
        .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"")
        .endsWith("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
    assertThat(answer(SHA_256))
        .contains("algorithm=SHA-256")
        .contains("\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"");
    assertThat(answer(MD5.replace(" algorithm=MD5,", "")))
        .as("without a word it is MD5")
        .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"");
  }

  @Test
  void theBestOfSeveralIsAnswered() {
    assertThat(answer("Basic realm=\"b\"", MD5, SHA_256)).contains("algorithm=SHA-256");
    assertThat(answer(MD5 + ", " + SHA_256 + ", Basic realm=\"b\"")).contains("algorithm=SHA-256");
    assertThat(answer(SHA_256.replace("SHA-256", "SHA-512-256"), MD5)).contains("algorithm=MD5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic realm=\"digest\", nonce=\"n\", qop=auth",
        "Digest realm=\"r\", qop=\"auth\"",
        "Digest realm=\"r\", nonce=\"n\"",
        "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"",
        "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=MD5-sess",
        "Digest realm=\"r, nonce=\"n\\\"\", qop="
      })
  void whatCannotBeAnswered(String challenge) {
    assertThat(DigestChallenge.of(List.of(challenge))).isEmpty();
  }

  @Test
  void aNameThatWouldEndTheHeaderIsNotSent() {
    for (String user : List.of("a%22b", "a%0d%0ab", "%C3%A9", "a%5C")) {
      WebAddress address = WebAddress.parse("http://" + user + ":p@h/").orElseThrow();
      assertThat(DigestChallenge.of(List.of(MD5)).orElseThrow().authorization("POST", address, "c"))
          .isEmpty();
    }
  }

  @Test
  void aChallengeIsAnsweredOnce() throws IOException {
    try (Receiver receiver =
            Receiver.start(
                vertx,
                request -> {
                  String given = request.getHeader("Authorization");
                  challenge(request, given != null && given.startsWith("Digest ") ? 200 : 401);
                });
        Senders senders = senders()) {
      assertThat(post(senders, receiver)).isInstanceOf(Outcome.Delivered.class);
      assertThat(receiver.seen()).extracting(Receiver.Seen::body).containsExactly("hello", "hello");
      assertThat(receiver.seen().getFirst().headers().get("authorization")).startsWith("Basic ");
      assertThat(receiver.seen().getLast().headers().get("authorization"))
          .contains("username=\"us\"")
          .contains("uri=\"/in?x=1\"")
          .contains("algorithm=SHA-256")
          .containsPattern("cnonce=\"[0-9a-f-]{36}\"");
    }
  }

  @Test
  void aWrongPasswordIsNotTriedForEver() throws IOException {
    try (Receiver receiver = Receiver.start(vertx, request -> challenge(request, 401));
        Senders senders = senders()) {
      assertThat(post(senders, receiver))
          .isEqualTo(new Outcome.Refused(401, "the endpoint answered 401"));
      assertThat(receiver.seen()).hasSize(2);
    }
  }

  private static void challenge(HttpServerRequest request, int status) {
    List<String> challenges = List.of("Basic realm=\"b\"", MD5, SHA_256);
    request.response().putHeader("WWW-Authenticate", challenges);
    var _ = request.response().setStatusCode(status).end();
  }

  private static Outcome post(Senders senders, Receiver receiver) {
    return senders
        .send(
            new Outgoing.WebPost(
                "http://us:pa@127.0.0.1:" + receiver.port() + "/in?x=1",
                Map.of(),
                Bytes.of(new byte[] {'h', 'e', 'l', 'l', 'o'})))
        .join();
  }

  private Senders senders() throws IOException {
    return new Senders(
        new DeliveryConfig(List.of(Cidr.parse("127.0.0.1")), null, null, null, null, null, null),
        vertx,
        WallClock.system(),
        timer,
        Egress::machineNames,
        60_000);
  }

  private static String answer(String... headers) {
    return DigestChallenge.of(List.of(headers))
        .orElseThrow()
        .authorization("GET", MUFASA, CLIENT_NONCE);
  }
}
