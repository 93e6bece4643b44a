package io.tern.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link CredentialScope} finds in requests of every kind of signature. */
class CredentialScopeTest {

  private static @Nullable CredentialScope of(String authorization, String query) {
    return CredentialScope.of(Requests.get("/", query, Map.of("authorization", authorization)));
  }

  @Test
  void headersAndPresignedUrls() {
    CredentialScope scope = new CredentialScope("AKID", "eu-west-1", "sns");
    assertThat(
            of(
                "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/sns/aws4_request,"
                    + " SignedHeaders=host, Signature=0",
                ""))
        .isEqualTo(scope);
    assertThat(of("", "a=b&X-Amz-Credential=AKID%2F20260101%2Feu-west-1%2Fsns%2faws4_request&c"))
        .isEqualTo(scope);
    assertThat(of("", "X-Amz-Credential=AKID/20260101/eu-west-1/sns/aws4_request"))
        .isEqualTo(scope);
  }

  @Test
  void theHeaderCountsMoreThanTheUrl() {
    assertThat(
            of(
                "AWS4-HMAC-SHA256 Credential=A/1/r1/sqs/aws4_request",
                "X-Amz-Credential=B/1/r2/sns/aws4_request"))
        .isEqualTo(new CredentialScope("A", "r1", "sqs"));
  }

  @Test
  void aScopeForManyRegionsNamesNone() {
    assertThat(of("AWS4-ECDSA-P256-SHA256 Credential=AKID/20260101/sns/aws4_request, x", ""))
        .isEqualTo(new CredentialScope("AKID", "", "sns"));
  }

  @Test
  void aRegionThatIsNoneIsLeftOut() {
    assertThat(of("x Credential=AKID/20260101/<r>/sns/aws4_request", ""))
        .isEqualTo(new CredentialScope("AKID", "", "sns"));
    assertThat(of("x Credential=AKID/20260101/" + "r".repeat(65) + "/sns/aws4_request", ""))
        .isEqualTo(new CredentialScope("AKID", "", "sns"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Credential=AKID", "Credential=AKID/1/r/sns", "Credential=AKID/a/b/c/d/e"})
  void withoutAWholeScopeOnlyTheKeyIsKnown(String authorization) {
    assertThat(of(authorization, "")).isEqualTo(new CredentialScope("AKID", "", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic x", "Credential=", "Credential=/1/r/sns/aws4_request"})
  void unsigned(String authorization) {
    assertThat(of(authorization, "")).isNull();
  }
}
