package io.tern.conformance.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.chaos.ClusterSpec;
import io.tern.chaos.SdkClient;
import io.tern.chaos.SnsSdkClient;
import io.tern.chaos.TernCluster;
import io.tern.conformance.sns.WebReceiver.Request;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.messagemanager.sns.SnsMessageManager;
import software.amazon.awssdk.messagemanager.sns.model.SnsNotification;
import software.amazon.awssdk.messagemanager.sns.model.SnsSubscriptionConfirmation;
import software.amazon.awssdk.messagemanager.sns.model.SnsUnsubscribeConfirmation;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Amazon's own library believes what a node says that is reached under Amazon's name. The library
 * asks that name for the certificate; here a client between them asks the node.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnsSignatureTest {
  private static final String NAME = "https://sns.us-east-1.amazonaws.com";

  private final TernCluster cluster =
      TernCluster.start(
          ClusterSpec.ofNodes("signature", 1).deliversToLoopback().withFlags("--base-url", NAME));
  private final URI node = cluster.endpoints().getFirst();
  private final SnsClient sns = SnsSdkClient.of(node);
  private final SqsClient sqs = SdkClient.of(node);
  private final WebReceiver web = WebReceiver.start();
  private final SdkHttpClient toNode = new ToNode(UrlConnectionHttpClient.create(), node);
  private final SnsMessageManager verifier =
      SnsMessageManager.builder().region(Region.US_EAST_1).httpClient(toNode).build();

  @AfterAll
  void stop() {
    verifier.close();
    toNode.close();
    web.close();
    sqs.close();
    sns.close();
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void notificationIsBelieved(String version) {
    String topic = newTopic("notification" + version, version);
    String queue = sqs.createQueue(r -> r.queueName("notification" + version)).queueUrl();
    sns.subscribe(r -> r.topicArn(topic).protocol("sqs").endpoint(Sns.queueArn(queue)));
    sns.publish(r -> r.topicArn(topic).subject("Möwe").message("Zwei\nTern \"über\" dem See"));
    String envelope = next(queue);
    assertThat(envelope).contains("\"SignatureVersion\" : \"" + version + "\"");
    assertThat(verifier.parseMessage(envelope))
        .isInstanceOfSatisfying(
            SnsNotification.class,
            told -> assertThat(told.message()).isEqualTo("Zwei\nTern \"über\" dem See"));
    String tampered = envelope.replace("dem See", "dem Meer");
    assertThatThrownBy(() -> verifier.parseMessage(tampered))
        .isInstanceOf(SdkClientException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void confirmationsAreBelieved(String version) {
    String topic = newTopic("confirmation" + version, version);
    String path = "/" + version;
    sns.subscribe(r -> r.topicArn(topic).protocol("http").endpoint(web.url(path)));
    Request asked = web.next(path);
    assertThat(verifier.parseMessage(asked.body()))
        .isInstanceOfSatisfying(
            SnsSubscriptionConfirmation.class,
            told -> assertThat(told.token()).isEqualTo(asked.text("Token")));
    String tampered = asked.body().replace(asked.text("Token"), "0" + asked.text("Token"));
    assertThatThrownBy(() -> verifier.parseMessage(tampered))
        .isInstanceOf(SdkClientException.class);

    assertThat(atNode(asked.link("SubscribeURL")).status()).isEqualTo(200);
    sns.publish(r -> r.topicArn(topic).message("m"));
    Request told = web.next(path);
    assertThat(verifier.parseMessage(told.body())).isInstanceOf(SnsNotification.class);
    assertThat(atNode(told.link("UnsubscribeURL")).status()).isEqualTo(200);
    assertThat(verifier.parseMessage(web.next(path).body()))
        .isInstanceOf(SnsUnsubscribeConfirmation.class);
  }

  @Test
  void certificateIsServedUnderAmazonsPath() {
    String topic = newTopic("certificate", "1");
    String queue = sqs.createQueue(r -> r.queueName("certificate")).queueUrl();
    sns.subscribe(r -> r.topicArn(topic).protocol("sqs").endpoint(Sns.queueArn(queue)));
    sns.publish(r -> r.topicArn(topic).message("m"));
    String url = Sns.textOf(JsonNode.parser().parse(next(queue)), "SigningCertURL");
    assertThat(url).matches(NAME + "/SimpleNotificationService-[0-9a-f]{32}\\.pem");
    SnsAnswer page = atNode(URI.create(url));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .startsWith("-----BEGIN CERTIFICATE-----\n")
        .endsWith("-----END CERTIFICATE-----\n")
        .doesNotContain("\r");
  }

  private String newTopic(String name, String version) {
    return sns.createTopic(r -> r.name(name).attributes(Map.of("SignatureVersion", version)))
        .topicArn();
  }

  private String next(String queue) {
    List<Message> found = sqs.receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(15)).messages();
    assertThat(found).hasSize(1);
    return found.getFirst().body();
  }

  private SnsAnswer atNode(URI link) {
    return SnsHttp.get(node.resolve("/" + link.toString().substring(NAME.length() + 1)));
  }

  /** Asks the node instead of Amazon. */
  private record ToNode(SdkHttpClient client, URI node) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return client.prepareRequest(
          HttpExecuteRequest.builder()
              .request(
                  request.httpRequest().toBuilder()
                      .protocol(node.getScheme())
                      .host(node.getHost())
                      .port(node.getPort())
                      .build())
              .build());
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
