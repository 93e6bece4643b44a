package io.tern.node.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tern.node.api.ApiTable;
import io.tern.node.api.Caller;
import io.tern.node.config.DeliveryConfig;
import io.tern.node.config.TernConfig;
import io.tern.node.config.WallClock;
import io.tern.node.metrics.RequestMetrics;
import io.tern.proto.sns.ConfirmSubscriptionRequest;
import io.tern.proto.sns.ConfirmSubscriptionResult;
import io.tern.proto.sns.UnsubscribeRequest;
import io.tern.proto.sns.UnsubscribeResult;
import io.tern.protocols.OperationTable;
import io.tern.protocols.TernException;
import io.tern.protocols.WireCodec;
import io.tern.state.limits.ErrorCode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What everybody may ask of the AWS port without credentials, as a browser asks it. */
class AwsEndpointTest {
  private static final String TOPIC = "arn:aws:sns:eu-west-1:000000000000:orders";
  private static final String CONFIRM =
      "/?Action=ConfirmSubscription&TopicArn=" + TOPIC + "&Token=2336";
  private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";
  private static final String CERTIFICATE_ID = "0123456789abcdef".repeat(2);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Queue<Caller> callers = new ConcurrentLinkedQueue<>();
  private final Queue<String> subscriptions = new ConcurrentLinkedQueue<>();
  private String base = "";

  @BeforeEach
  void start() throws IOException {
    int port = freePort();
    base = "http://127.0.0.1:" + port;
    ApiTable table = new ApiTable(OperationTable.SQS).and(sns());
    new AwsEndpoint(
            vertx,
            config(port),
            new WireCodec(OperationTable.sqs(), OperationTable.sns()),
            table,
            new RequestMetrics(new SimpleMeterRegistry()),
            new HealthPages(() -> new HealthPages.Health(true, "ready")),
            new CertificatePages(
                id -> id.equals(CERTIFICATE_ID) ? Optional.of("-----BEGIN") : Optional.empty()),
            new BodyBudget(),
            WallClock.system())
        .start(1)
        .join();
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private ApiTable sns() {
    ApiTable sns = new ApiTable(OperationTable.SNS);
    sns.add(
        "ConfirmSubscription",
        ConfirmSubscriptionRequest.class,
        (caller, request) -> {
          callers.add(caller);
          return CompletableFuture.completedFuture(
              ConfirmSubscriptionResult.newBuilder()
                  .setSubscriptionArn(request.getTopicArn() + ":" + request.getToken())
                  .build());
        });
    sns.add(
        "Unsubscribe",
        UnsubscribeRequest.class,
        (caller, request) -> {
          callers.add(caller);
          subscriptions.add(request.getSubscriptionArn());
          if (request.getSubscriptionArn().equals("none")) {
            throw new TernException(ErrorCode.AUTHORIZATION_ERROR, "<not> yours");
          }
          return CompletableFuture.completedFuture(UnsubscribeResult.getDefaultInstance());
        });
    return sns;
  }

  @Test
  void certificatesAreServedToEverybody() throws Exception {
    var answer = get("/SimpleNotificationService-" + CERTIFICATE_ID + ".pem");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/x-pem-file");
    assertThat(answer.body()).isEqualTo("-----BEGIN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000000000000000000000000000.pem",
        "0123456789ABCDEF0123456789ABCDEF.pem",
        ".pem",
        "0123456789abcdef0123456789abcdef.pem.txt",
        "../0123456789abcdef0123456789abcdef.pem"
      })
  void certificatesThatAreNotThere(String name) throws Exception {
    assertThat(get("/SimpleNotificationService-" + name).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "text/xml",
        // What java.net.URLConnection sends, of old and of today.
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
        "text/html, image/gif, image/jpeg, */*; q=0.2"
      })
  void aProgramThatFollowsTheConfirmationLinkConfirms(String accept) throws Exception {
    var answer = send(request(CONFIRM).header("Accept", accept));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("text/xml");
    assertThat(answer.body())
        .contains("<SubscriptionArn>" + TOPIC + ":2336</SubscriptionArn>")
        .contains(
            "<ConfirmSubscriptionResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">");
    assertThat(callers)
        .extracting(Caller::region, Caller::signed, Caller::userAgentAcceptsHtml)
        .containsExactly(tuple("us-east-1", false, false));
  }

  @Test
  void aPersonIsAskedBeforeAnythingIsConfirmed() throws Exception {
    var question = get(CONFIRM);
    assertThat(question.statusCode()).isEqualTo(200);
    assertThat(question.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(question.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'");
    assertThat(question.body())
        .contains("<code>" + TOPIC + "</code>")
        .contains("<form method=\"post\"><button>Confirm subscription</button></form>");
    assertThat(send(request(CONFIRM).header("Accept", BROWSER).HEAD()).statusCode()).isEqualTo(200);
    assertThat(send(request(CONFIRM).HEAD()).statusCode()).isEqualTo(200);
    assertThat(callers).as("nothing has happened").isEmpty();

    var confirmed = click(CONFIRM, BROWSER, "");
    assertThat(confirmed.statusCode()).isEqualTo(200);
    assertThat(confirmed.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(confirmed.body())
        .contains("<h1>Subscription confirmed</h1>")
        .contains("<code>" + TOPIC + ":2336</code>")
        .contains("?Action=Unsubscribe&amp;SubscriptionArn=arn%3Aaws%3Asns");
    assertThat(callers).hasSize(1);
  }

  @Test
  void aPersonIsAskedBeforeAnythingIsUnsubscribed() throws Exception {
    String link = "/?Action=Unsubscribe&SubscriptionArn=" + TOPIC + ":u";
    assertThat(get(link).body()).contains("<button>Unsubscribe</button>").contains(TOPIC + ":u");
    assertThat(subscriptions).isEmpty();

    assertThat(click(link, BROWSER, "").body())
        .contains("<h1>Unsubscribed</h1>")
        .contains(TOPIC + ":u");
    assertThat(subscriptions).containsExactly(TOPIC + ":u");
  }

  @Test
  void aProgramThatFollowsTheUnsubscribeLinkUnsubscribes() throws Exception {
    assertThat(send(request("/?Action=Unsubscribe&SubscriptionArn=" + TOPIC + ":u")).body())
        .contains("<UnsubscribeResponse")
        .doesNotContain("UnsubscribeResult");
    assertThat(subscriptions).containsExactly(TOPIC + ":u");
  }

  @Test
  void aMailProgramUnsubscribesWithOneClick() throws Exception {
    var answer =
        click(
            "/?Action=Unsubscribe&SubscriptionArn=" + TOPIC + ":u",
            "*/*",
            "List-Unsubscribe=One-Click");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(subscriptions).containsExactly(TOPIC + ":u");
  }

  @Test
  void whatALinkSaysIsNoHtml() throws Exception {
    String hostile = "%22%3E%3Cscript%3Ealert('1')%3C/script%3E%26lt;";
    for (String link :
        List.of(
            "/?Action=Unsubscribe&SubscriptionArn=" + hostile,
            "/?Action=ConfirmSubscription&Token=1&TopicArn=" + hostile)) {
      assertThat(get(link).body())
          .contains("&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;lt;")
          .doesNotContain("<script");
      assertThat(click(link, BROWSER, "").body()).doesNotContain("<script");
    }
  }

  @Test
  void aPersonIsToldWhatDidNotWork() throws Exception {
    var answer = click("/?Action=Unsubscribe&SubscriptionArn=none", BROWSER, "");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(answer.body())
        .contains("<h1>This did not work</h1>")
        .contains("<p>&lt;not&gt; yours</p>");
  }

  @Test
  void aSignedRequestIsForItsRegion() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/"))
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/sns/aws4_request, x")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("Action=Unsubscribe&SubscriptionArn=a"))
            .build();
    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    assertThat(callers)
        .extracting(Caller::senderId, Caller::region, Caller::signed, Caller::userAgentAcceptsHtml)
        .containsExactly(tuple("AKID", "eu-west-1", true, false));
  }

  @Test
  void anOperationWithoutAHandlerIsRefusedInTheFormOfSns() throws Exception {
    var answer = get("/?Action=ListTopics");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("<Type>Sender</Type><Code>InvalidAction</Code>")
        .doesNotContain("<Detail/>");
  }

  private HttpResponse<String> get(String uri) throws Exception {
    return send(request(uri).header("Accept", BROWSER));
  }

  private HttpResponse<String> click(String uri, String accept, String form) throws Exception {
    return send(
        request(uri)
            .header("Accept", accept)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  private HttpRequest.Builder request(String uri) {
    return HttpRequest.newBuilder(URI.create(base + uri));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static TernConfig config(int port) {
    return new TernConfig(
        "n1",
        List.of(),
        new TernConfig.Listen("127.0.0.1", port, 0, 0),
        Path.of("unused"),
        1,
        new TernConfig.Identity("000000000000", "us-east-1", ""),
        false,
        1,
        DeliveryConfig.PUBLIC_WEB);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
