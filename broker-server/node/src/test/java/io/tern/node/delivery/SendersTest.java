package io.tern.node.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.node.config.DeliveryConfig;
import io.tern.node.config.DeliveryConfig.Credentials;
import io.tern.node.config.DeliveryConfig.Functions;
import io.tern.node.config.DeliveryConfig.Gateway;
import io.tern.node.config.DeliveryConfig.Streams;
import io.tern.node.config.WallClock;
import io.tern.state.Bytes;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions, gateways and streams, against a real receiver. */
class SendersTest {
  private static final String STREAM = "arn:aws:firehose:us-east-1:000000000000:deliverystream/st";
  private static final String FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:fun";
  private static final long LIMIT_MILLIS = 60_000;
  private static final long NEVER_MILLIS = 3_600_000;

  private final Vertx vertx = Vertx.vertx();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final List<AutoCloseable> open = new ArrayList<>();
  private volatile int status = 200;
  private Receiver receiver = Receiver.answering(vertx, 200, "");

  @BeforeEach
  void start() {
    receiver.close();
    receiver =
        Receiver.start(
            vertx,
            request -> {
              request.response().putHeader("x-amzn-RequestId", "id-1");
              var _ = request.response().setStatusCode(status).end("{\"ok\":1}");
            });
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    receiver.close();
    timer.shutdownNow();
    var _ = vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void whatIsNotConfiguredIsRefusedWithAReason() throws IOException {
    Senders senders = senders(null, null, null, null);
    List<Outgoing> all =
        List.of(
            new Outgoing.FunctionCall(FUNCTION, "{}", ""),
            new Outgoing.Mail("a@b.example", "", "s", "t", ""),
            new Outgoing.TextMessage("+491", "t", "", "Promotional", "m"),
            new Outgoing.PushMessage("arn", "GCM", "app", "tok", "{}", 60, "m"),
            new Outgoing.StreamRecord(STREAM, "{}\n"),
            new Outgoing.WebPost("ftp://x", Map.of(), Bytes.EMPTY));

    assertThat(all)
        .allSatisfy(each ->
            assertThat(senders.send(each).join())
                .isInstanceOf(Outcome.Refused.class)
                .asString()
                .containsAnyOf("is configured", "no URL"));
  }

  @Test
  void aFunctionIsInvoked() throws IOException {
    status = 202;
    Senders senders = senders(new Functions(receiver.url("/"), null), null, null, null);

    Outcome outcome =
        senders
            .send(new Outgoing.FunctionCall(FUNCTION + ":live", "{\"Records\":[]}", "Root=1-2-3"))
            .join();

    assertThat(outcome).isEqualTo(new Outcome.Delivered(202, "{\"lambdaRequestId\":\"id-1\"}"));
    Receiver.Seen seen = receiver.seen().getFirst();
    assertThat(seen.uri()).isEqualTo("/2015-03-31/functions/fun/invocations?Qualifier=live");
    assertThat(seen.headers())
        .containsEntry("x-amz-invocation-type", "Event")
        .containsEntry("x-amzn-trace-id", "Root=1-2-3")
        .containsEntry("content-type", "application/json")
        .doesNotContainKey("authorization");
    assertThat(seen.body()).isEqualTo("{\"Records\":[]}");
  }

  @Test
  void aFunctionMayHaveAUrlOfItsOwn() throws IOException {
    Senders senders =
        senders(
            new Functions(
                receiver.url("/async-function/{function}?a={account}"),
                new Credentials("AKID", "s", "eu-west-1")),
            null,
            null,
            null);

    assertThat(senders.send(new Outgoing.FunctionCall(FUNCTION, "{}", "Root=1")).join())
        .isInstanceOf(Outcome.Delivered.class);
    assertThat(receiver.seen().getFirst().headers())
        .containsEntry("x-amzn-trace-id", "Root=1")
        .hasEntrySatisfying(
            "authorization",
            signature -> assertThat(signature).as("a proxy may change it").doesNotContain("trace"));
    assertThat(receiver.seen().getFirst().uri()).isEqualTo("/async-function/fun?a=123456789012");
    assertThat(receiver.seen().getFirst().headers().get("authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=AKID/");
  }

  @ParameterizedTest
  @CsvSource({"400, Refused", "404, Refused", "429, Retry", "500, Retry"})
  void aFunctionThatFails(int answered, String kind) throws IOException {
    status = answered;
    Senders senders = senders(new Functions(receiver.url(""), null), null, null, null);

    assertThat(
            senders
                .send(new Outgoing.FunctionCall(FUNCTION, "{}", ""))
                .join()
                .getClass()
                .getSimpleName())
        .isEqualTo(kind);
  }

  @Test
  void aTextMessageIsAFormForThoseWhoWantOne() throws IOException {
    Gateway gateway =
        new Gateway(
            "http://ac:to@127.0.0.1:" + receiver.port() + "/Accounts/ac/{type}",
            "post",
            List.of("Content-Type: application/x-www-form-urlencoded", "X-Id: {messageId}"),
            "To={to}&From={senderId}&Body={text}");
    Senders senders = senders(null, gateway, null, null);

    Outcome outcome =
        senders
            .send(new Outgoing.TextMessage("+4917", "a&b ü", "Tern", "Transactional", "m-1"))
            .join();

    assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
    Receiver.Seen seen = receiver.seen().getFirst();
    assertThat(seen.uri()).isEqualTo("/Accounts/ac/Transactional");
    assertThat(seen.body()).isEqualTo("To=%2B4917&From=Tern&Body=a%26b+%C3%BC");
    assertThat(seen.headers())
        .containsEntry("x-id", "m-1")
        .containsEntry("authorization", "Basic YWM6dG8=");
  }

  @Test
  void aPushMessageIsJson() throws IOException {
    Gateway gateway =
        new Gateway(
            receiver.url("/push"),
            "PUT",
            List.of(),
            "{\"t\":\"{token}\",\"s\":{ttlSeconds},\"p\":\"{payload}\"}");
    Senders senders = senders(null, null, gateway, null);

    assertThat(
            senders
                .send(
                    new Outgoing.PushMessage(
                        "arn", "GCM", "app", "tok", "{\"data\":\"x\"}", 60, "m"))
                .join())
        .isInstanceOf(Outcome.Delivered.class);
    assertThat(receiver.seen().getFirst().method()).isEqualTo("PUT");
    assertThat(receiver.seen().getFirst().body())
        .isEqualTo("{\"t\":\"tok\",\"s\":60,\"p\":\"{\\\"data\\\":\\\"x\\\"}\"}");
  }

  @Test
  void recordsOfAStreamAreWrittenTogether() throws IOException {
    Streams bucket =
        new Streams(
            receiver.url("/bucket/"),
            true,
            "p/{stream}=/",
            20,
            NEVER_MILLIS,
            new Credentials("AKID", "s", "eu-west-1"));
    Senders senders = senders(null, null, null, bucket);

    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      outcomes.add(senders.send(new Outgoing.StreamRecord(STREAM, "{\"n\":" + i + "}\n")));
    }

    assertThat(outcomes.subList(0, 3))
        .allSatisfy(each -> assertThat(each.join()).isInstanceOf(Outcome.Delivered.class));
    Receiver.Seen seen = receiver.seen().getFirst();
    assertThat(seen.method()).isEqualTo("PUT");
    assertThat(seen.uri())
        .matches(
            "/bucket/p/st%3D/\\d{4}/\\d\\d/\\d\\d/\\d\\d/"
                + "st-1-\\d{4}-\\d\\d-\\d\\d-\\d\\d-\\d\\d-\\d\\d-[0-9a-f-]{36}");
    assertThat(seen.body()).isEqualTo("{\"n\":0}\n{\"n\":1}\n{\"n\":2}\n");
    assertThat(seen.headers().get("authorization")).contains("/eu-west-1/s3/aws4_request");
    assertThat(outcomes.get(3)).isNotDone();

    senders.close();

    assertThat(outcomes.get(3).join()).isInstanceOf(Outcome.Retry.class);
  }

  @Test
  void aBatchGoesWhenItsTimeHasCome() throws IOException {
    status = 503;
    Senders senders =
        senders(
            null,
            null,
            null,
            new Streams(receiver.url("/in/{stream}"), false, "", 1 << 20, 1, null));

    assertThat(senders.send(new Outgoing.StreamRecord(STREAM, "x\n")).join())
        .isInstanceOf(Outcome.Retry.class);
    assertThat(receiver.seen().getFirst().uri()).isEqualTo("/in/st");
    assertThat(receiver.seen().getFirst().method()).isEqualTo("POST");
  }

  @Test
  void anUnknownPlaceholderStopsTheStart() {
    assertThatThrownBy(
            () -> senders(null, null, new Gateway("http://x/{who}", "POST", List.of(), ""), null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> senders(new Functions("x", null), null, null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Senders senders(
      @Nullable Functions functions,
      @Nullable Gateway texts,
      @Nullable Gateway push,
      @Nullable Streams streams)
      throws IOException {
    Senders senders =
        new Senders(
            new DeliveryConfig(List.of(), null, null, functions, texts, push, streams),
            vertx,
            WallClock.system(),
            timer,
            Egress::machineNames,
            LIMIT_MILLIS);
    open.add(senders);
    return senders;
  }
}
