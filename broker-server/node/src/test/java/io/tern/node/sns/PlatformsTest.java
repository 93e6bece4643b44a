package io.tern.node.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.protocols.TernException;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.ResourceKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What platform applications and endpoints may be, in SNS's words when they may not. */
class PlatformsTest {
  private static final ResourceKey APP =
      new ResourceKey(ResourceKind.PLATFORM_APPLICATION, "us-east-1", "000000000000", "GCM/my-app");

  @Test
  void arnsAreReadAsTheyAreWritten() {
    ResourceKey endpoint = Platforms.endpointFor(APP, "token", 0);

    assertThat(Platforms.application("us-east-1", Platforms.arn(APP))).isEqualTo(APP);
    assertThat(Platforms.endpoint("us-east-1", "EndpointArn", Platforms.arn(endpoint)))
        .isEqualTo(endpoint);
    assertThat(Platforms.applicationOf(endpoint)).isEqualTo(APP);
  }

  @Test
  void aTokenAlwaysMakesTheSameEndpoint() {
    assertThat(Platforms.endpointFor(APP, "token", 0))
        .isEqualTo(Platforms.endpointFor(APP, "token", 0))
        .isNotEqualTo(Platforms.endpointFor(APP, "other", 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "abc | Invalid parameter: EndpointArn Reason: An ARN must have at least 6 elements, not 1",
        "arn:aws:sns:us-east-1:0:endpoint/GCM/a | Invalid parameter: EndpointArn Reason: Wrong"
            + " number of slashes in relative portion of the ARN.",
        "arn:aws:sns:eu-west-1:0:endpoint/GCM/a/b | Invalid parameter: EndpointArn"
      })
  void badEndpointArns(String arn, String text) {
    assertThatThrownBy(() -> Platforms.endpoint("us-east-1", "EndpointArn", arn))
        .isInstanceOf(TernException.class)
        .hasMessage(text);
  }

  @Test
  void credentialsComeTogether() {
    assertThatThrownBy(() -> Platforms.checkCredentials("APNS", Map.of("PlatformPrincipal", "p")))
        .hasMessage(
            "Invalid parameter: Attributes Reason: PlatformPrincipal attribute provided without"
                + " PlatformCredential");
    Platforms.checkCredentials("GCM", Map.of("PlatformCredential", "key"));
  }

  @Test
  void longUserDataIsRefused() {
    assertThatThrownBy(
            () -> Platforms.endpointAttributes(Map.of("CustomUserData", "x".repeat(2_049))))
        .hasMessage(
            "Invalid parameter: Attributes Reason: Invalid value for attribute: CustomUserData:"
                + " must be at most 2048 bytes long in UTF-8 encoding");
  }
}
