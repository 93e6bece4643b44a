package io.tern.conformance.sns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.conformance.Deployment;
import io.tern.conformance.OnEachDeployment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.model.Endpoint;
import software.amazon.awssdk.services.sns.model.PlatformApplication;

/** Platform applications and their endpoints: made, told, changed, listed, deleted. */
@OnEachDeployment
class PlatformTest {
  private final Sns sns;

  PlatformTest(Deployment service) {
    this.sns = Sns.of(service);
  }

  @Test
  void applicationShowsEverythingButItsSecrets() {
    Map<String, String> settings =
        Map.of(
            "EventEndpointCreated", Sns.topicArn("created"),
            "EventEndpointDeleted", Sns.topicArn("deleted"),
            "EventEndpointUpdated", Sns.topicArn("updated"),
            "EventDeliveryFailure", Sns.topicArn("failed"),
            "SuccessFeedbackRoleArn", "arn:aws:iam::000000000000:role/s",
            "FailureFeedbackRoleArn", "arn:aws:iam::000000000000:role/f",
            "SuccessFeedbackSampleRate", "10",
            "ApplePlatformTeamID", "ABCDE12345",
            "ApplePlatformBundleID", "org.example.app");
    Map<String, String> given = new HashMap<>(settings);
    given.put("PlatformPrincipal", "principal");
    given.put("PlatformCredential", "secret");
    String name = sns.newName("app");
    String application =
        sns.client()
            .createPlatformApplication(r -> r.name(name).platform("APNS").attributes(given))
            .platformApplicationArn();
    assertThat(application).isEqualTo("arn:aws:sns:us-east-1:" + Sns.ACCOUNT + ":app/APNS/" + name);
    Map<String, String> shown = new HashMap<>(settings);
    shown.put("Enabled", "true");
    assertThat(attributesOf(application)).isEqualTo(shown);

    sns.client()
        .setPlatformApplicationAttributes(r ->
            r.platformApplicationArn(application)
                .attributes(
                    Map.of("SuccessFeedbackSampleRate", "20", "PlatformCredential", "newer")));
    shown.put("SuccessFeedbackSampleRate", "20");
    assertThat(attributesOf(application)).isEqualTo(shown);
    assertThat(
            sns.client().listPlatformApplicationsPaginator().platformApplications().stream()
                .filter(listed -> listed.platformApplicationArn().equals(application))
                .map(PlatformApplication::attributes))
        .containsExactly(shown);
  }

  @Test
  void deletedApplicationTakesItsEndpointsAlong() {
    String application = newApplication("gone");
    String endpoint = newEndpoint(application, "token");
    sns.client().deletePlatformApplication(r -> r.platformApplicationArn(application));
    sns.client().deletePlatformApplication(r -> r.platformApplicationArn(application));
    Sns.assertRefused(
        () -> attributesOf(application), "NotFound", 404, "PlatformApplication does not exist");
    Sns.assertRefused(
        () ->
            sns.client()
                .listEndpointsByPlatformApplication(r -> r.platformApplicationArn(application)),
        "NotFound",
        404,
        "PlatformApplication does not exist");
    Sns.assertRefused(
        () -> endpointAttributes(endpoint), "NotFound", 404, "Endpoint does not exist");
  }

  @Test
  void sameTokenIsTheSameEndpoint() {
    String application = newApplication("token");
    String endpoint = newEndpoint(application, "token");
    assertThat(endpoint)
        .matches(
            application.replace(":app/", ":endpoint/")
                + "/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(newEndpoint(application, "token")).isEqualTo(endpoint);
    assertThat(newEndpoint(application, "other")).isNotEqualTo(endpoint);
    assertThat(endpointAttributes(endpoint)).isEqualTo(Map.of("Token", "token", "Enabled", "true"));
    Sns.assertInvalid(
        () ->
            sns.client()
                .createPlatformEndpoint(r ->
                    r.platformApplicationArn(application)
                        .token("token")
                        .attributes(Map.of("Enabled", "false"))),
        "Invalid parameter: Token Reason: Endpoint "
            + endpoint
            + " already exists with the same Token, but different attributes.");
  }

  @Test
  void userDataOfTheMapWins() {
    String application = newApplication("data");
    String endpoint =
        sns.client()
            .createPlatformEndpoint(r ->
                r.platformApplicationArn(application)
                    .token("token")
                    .customUserData("parameter")
                    .attributes(Map.of("CustomUserData", "map")))
            .endpointArn();
    assertThat(endpointAttributes(endpoint)).containsEntry("CustomUserData", "map");
    sns.client()
        .setEndpointAttributes(r ->
            r.endpointArn(endpoint)
                .attributes(Map.of("Token", "newer", "CustomUserData", "x".repeat(2_048))));
    assertThat(endpointAttributes(endpoint))
        .isEqualTo(
            Map.of("Token", "newer", "Enabled", "true", "CustomUserData", "x".repeat(2_048)));
  }

  @Test
  void endpointsAreListedByPage() {
    String application = newApplication("pages");
    List<String> made = Sns.many(101, i -> newEndpoint(application, "token-" + i));
    Set<String> listed = new HashSet<>();
    int pages = 0;
    for (var page :
        sns.client()
            .listEndpointsByPlatformApplicationPaginator(
                r -> r.platformApplicationArn(application))) {
      page.endpoints().stream().map(Endpoint::endpointArn).forEach(listed::add);
      pages++;
    }
    assertThat(pages).isEqualTo(2);
    assertThat(listed).containsExactlyInAnyOrderElementsOf(made);
  }

  @Test
  void disabledEndpointIsNotPublishedTo() {
    String application = newApplication("disabled");
    String endpoint = newEndpoint(application, "token");
    assertThat(publish(endpoint, "{\"GCM\":\"{}\"}")).isNotEmpty();
    enable(endpoint, "False");
    assertThat(endpointAttributes(endpoint)).containsEntry("Enabled", "false");
    Sns.assertRefused(
        () -> publish(endpoint, "not even JSON"), "EndpointDisabled", 400, "Endpoint is disabled");
    enable(endpoint, "true");
    assertThat(publish(endpoint, "{\"default\":\"d\"}")).isNotEmpty();
  }

  @Test
  void endpointMaySubscribe() {
    String topic = sns.newTopic("push");
    String endpoint = newEndpoint(newApplication("push"), "token");
    String subscription =
        sns.client()
            .subscribe(r -> r.topicArn(topic).protocol("application").endpoint(endpoint))
            .subscriptionArn();
    assertThat(sns.subscriptionAttributes(subscription))
        .containsEntry("Endpoint", endpoint)
        .containsEntry("PendingConfirmation", "false");
    sns.client().deleteEndpoint(r -> r.endpointArn(endpoint));
    sns.client().deleteEndpoint(r -> r.endpointArn(endpoint));
    Sns.assertRefused(
        () -> endpointAttributes(endpoint), "NotFound", 404, "Endpoint does not exist");
    assertThat(sns.subscriptionAttributes(subscription)).containsEntry("Endpoint", endpoint);
    assertThat(sns.publish(topic, "m")).isNotEmpty();
  }

  private String newApplication(String label) {
    return sns.client()
        .createPlatformApplication(r ->
            r.name(sns.newName(label))
                .platform("GCM")
                .attributes(Map.of("PlatformCredential", "secret")))
        .platformApplicationArn();
  }

  private String newEndpoint(String application, String token) {
    return sns.client()
        .createPlatformEndpoint(r -> r.platformApplicationArn(application).token(token))
        .endpointArn();
  }

  private String publish(String endpoint, String message) {
    return sns.client()
        .publish(r -> r.targetArn(endpoint).message(message).messageStructure("json"))
        .messageId();
  }

  private void enable(String endpoint, String enabled) {
    sns.client()
        .setEndpointAttributes(r -> r.endpointArn(endpoint).attributes(Map.of("Enabled", enabled)));
  }

  private Map<String, String> attributesOf(String application) {
    return sns.client()
        .getPlatformApplicationAttributes(r -> r.platformApplicationArn(application))
        .attributes();
  }

  private Map<String, String> endpointAttributes(String endpoint) {
    return sns.client().getEndpointAttributes(r -> r.endpointArn(endpoint)).attributes();
  }
}
