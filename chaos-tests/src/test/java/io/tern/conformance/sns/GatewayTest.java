package io.tern.conformance.sns;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tern.chaos.ClusterSpec;
import io.tern.chaos.SdkClient;
import io.tern.chaos.SnsSdkClient;
import io.tern.chaos.TernCluster;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What leaves three nodes by mail, to functions, telephones, devices and delivery streams, at a
 * real mail server and at gateways: whichever node leads the topic delivers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayTest {
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:";
  private static final String STREAM = "arn:aws:firehose:us-east-1:000000000000:deliverystream/";
  private static final Pattern LINK = Pattern.compile("http://\\S+");
  private static final long PATIENT_MILLIS = 30_000;

  private final WebReceiver gateway = WebReceiver.start();
  private final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final TernCluster cluster;
  private final SnsClient sns;
  private final SqsClient sqs;

  GatewayTest() {
    mail.start();
    cluster =
        TernCluster.start(
            ClusterSpec.ofNodes("gateways", 3)
                .withFlags(
                    "--smtp-host=127.0.0.1",
                    "--smtp-port=" + mail.getSmtp().getPort(),
                    "--smtp-security=NONE",
                    "--smtp-from=no-reply@tern.example",
                    "--lambda-url=" + gateway.url(""),
                    "--sms-url=" + gateway.url("/sms"),
                    "--push-url=" + gateway.url("/push"),
                    "--firehose-url=" + gateway.url("/streams/{stream}"),
                    "--firehose-seconds=1"));
    sns = SnsSdkClient.of(cluster.endpoints().getFirst());
    sqs = SdkClient.of(cluster.endpoints().getLast());
  }

  @AfterAll
  void stop() {
    sns.close();
    sqs.close();
    cluster.close();
    mail.stop();
    gateway.close();
  }

  @Test
  void mailIsAskedForThenSent() throws Exception {
    String topic = topic("mail", Map.of("DisplayName", "Tea house"));
    subscribe(topic, "email", "reader@example.com", Map.of());
    String question = text(nextMail("reader@example.com", 1));
    assertThat(question).contains(topic);
    follow(link(question));

    sns.publish(r -> r.topicArn(topic).subject("Tee").message("Grün & schwarz"));
    MimeMessage letter = nextMail("reader@example.com", 2);
    assertThat(letter.getSubject()).isEqualTo("Tee");
    assertThat(letter.getFrom()[0].toString()).isEqualTo("Tea house <no-reply@tern.example>");
    assertThat(text(letter)).startsWith("Grün & schwarz");
    assertThat(letter.getHeader("List-Unsubscribe")[0]).contains("Action=Unsubscribe");
  }

  @Test
  void mailForProgramsIsTheDocument() throws Exception {
    String topic = topic("mail-json", Map.of());
    subscribe(topic, "email-json", "robot@example.com", Map.of());
    JsonNode question = json(text(nextMail("robot@example.com", 1)));
    assertThat(Sns.textOf(question, "Type")).isEqualTo("SubscriptionConfirmation");
    sns.confirmSubscription(r -> r.topicArn(topic).token(Sns.textOf(question, "Token")));

    sns.publish(r -> r.topicArn(topic).message("m"));
    assertThat(Sns.textOf(json(text(nextMail("robot@example.com", 2))), "Message")).isEqualTo("m");
  }

  @Test
  void functionIsInvokedWithARecord() {
    String topic = topic("function", Map.of());
    subscribe(topic, "lambda", FUNCTION + "brew", Map.of());
    sns.publish(r -> r.topicArn(topic).message("m"));

    WebReceiver.Request invoked = gateway.next("/2015-03-31/functions/brew/invocations");
    assertThat(invoked.header("X-Amz-Invocation-Type")).isEqualTo("Event");
    JsonNode record = invoked.document().field("Records").orElseThrow().asArray().getFirst();
    assertThat(Sns.textOf(record, "EventSource")).isEqualTo("aws:sns");
    assertThat(Sns.textOf(record.field("Sns").orElseThrow(), "Message")).isEqualTo("m");
  }

  @Test
  void whatAGatewayRefusesIsADeadLetter() {
    gateway.answer("/2015-03-31/functions/missing/invocations", 404);
    String dead = sqs.createQueue(r -> r.queueName("dead-functions")).queueUrl();
    String topic = topic("no-function", Map.of());
    subscribe(
        topic,
        "lambda",
        FUNCTION + "missing",
        Map.of("RedrivePolicy", "{\"deadLetterTargetArn\":\"" + Sns.queueArn(dead) + "\"}"));
    sns.publish(r -> r.topicArn(topic).message("m"));

    assertThat(sqs.receiveMessage(r -> r.queueUrl(dead).waitTimeSeconds(20)).messages())
        .extracting(Message::body)
        .singleElement()
        .asString()
        .contains("\"Message\" : \"m\"");
  }

  @Test
  void telephonesGetTheNameAndTheText() {
    String topic = topic("phones", Map.of("DisplayName", "Tea"));
    subscribe(topic, "sms", "+15550100", Map.of());
    gateway.answer("/sms", 500, 200);
    sns.publish(r -> r.topicArn(topic).message("ready"));
    for (int attempt = 1; attempt <= 2; attempt++) {
      WebReceiver.Request sent = gateway.next("/sms");
      assertThat(sent.text("to")).isEqualTo("+15550100");
      assertThat(sent.text("text")).isEqualTo("Tea> ready");
    }

    String id = sns.publish(r -> r.phoneNumber("+15550101").message("direct")).messageId();
    WebReceiver.Request direct = gateway.next("/sms");
    assertThat(direct.text("to")).isEqualTo("+15550101");
    assertThat(direct.text("text")).isEqualTo("direct");
    assertThat(direct.text("messageId")).isEqualTo(id);
  }

  @Test
  void devicesGetAPayloadOfTheirPlatform() {
    String application =
        sns.createPlatformApplication(r ->
                r.name("tea").platform("GCM").attributes(Map.of("PlatformCredential", "secret")))
            .platformApplicationArn();
    String device =
        sns.createPlatformEndpoint(r -> r.platformApplicationArn(application).token("token-1"))
            .endpointArn();
    String topic = topic("devices", Map.of());
    subscribe(topic, "application", device, Map.of());
    sns.publish(r -> r.topicArn(topic).message("ready"));

    WebReceiver.Request pushed = gateway.next("/push");
    assertThat(pushed.text("token")).isEqualTo("token-1");
    assertThat(pushed.text("platform")).isEqualTo("GCM");
    assertThat(json(pushed.text("payload")).toString()).contains("ready");
    sns.publish(r ->
        r.targetArn(device)
            .messageStructure("json")
            .message("{\"default\":\"d\",\"GCM\":\"{\\\"data\\\":{\\\"a\\\":\\\"b\\\"}}\"}"));
    assertThat(gateway.next("/push").text("payload")).isEqualTo("{\"data\":{\"a\":\"b\"}}");
  }

  @Test
  void recordsOfAStreamComeByTheLine() {
    String topic = topic("stream", Map.of());
    subscribe(
        topic,
        "firehose",
        STREAM + "orders",
        Map.of(
            "RawMessageDelivery",
            "true",
            "SubscriptionRoleArn",
            "arn:aws:iam::000000000000:role/stream"));
    sns.publish(r -> r.topicArn(topic).message("one "));
    sns.publish(r -> r.topicArn(topic).message("two"));

    StringBuilder lines = new StringBuilder();
    while (lines.length() < "one \ntwo\n".length()) {
      lines.append(gateway.next("/streams/orders").body());
    }
    assertThat(lines.toString().lines()).containsExactlyInAnyOrder("one ", "two");
  }

  private String topic(String name, Map<String, String> attributes) {
    return sns.createTopic(r -> r.name(name).attributes(attributes)).topicArn();
  }

  private void subscribe(
      String topic, String protocol, String endpoint, Map<String, String> attributes) {
    sns.subscribe(
        r -> r.topicArn(topic).protocol(protocol).endpoint(endpoint).attributes(attributes));
  }

  /** The mail to somebody that is the one with that number; waits for it. */
  private MimeMessage nextMail(String to, int number) throws Exception {
    long deadline = System.nanoTime() + PATIENT_MILLIS * 1_000_000;
    while (System.nanoTime() < deadline) {
      MimeMessage[] found = mail.getReceivedMessagesForDomain(to);
      if (found.length >= number) {
        return found[number - 1];
      }
      mail.waitForIncomingEmail(1_000, mail.getReceivedMessages().length + 1);
    }
    throw new AssertionError("no mail " + number + " to " + to);
  }

  private static String text(MimeMessage message) throws Exception {
    return message.getContent().toString().replace("\r", "");
  }

  private static JsonNode json(String text) {
    return JsonNode.parser().parse(text);
  }

  private static URI link(String text) {
    Matcher found = LINK.matcher(text);
    assertThat(found.find()).as("a link in " + text).isTrue();
    return URI.create(found.group());
  }

  private static void follow(URI link) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(link).build();
      assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
  }
}
