package io.tern.node.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.node.config.DeliveryConfig.Credentials;
import io.tern.state.Bytes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Our signatures are those that AWS's own signer makes. */
class AwsSignatureTest {
  private static final long NOW_MILLIS = 1_763_740_800_000L;
  private static final byte[] BODY = "{\"a\":1}\n".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @CsvSource({
    "s3, PUT, http://minio:9000/bucket/s/2026/11/21/16/s-1-2026-11-21-16-00-00-x",
    "s3, PUT, https://b.s3.eu-west-1.amazonaws.com/a%20b/k%3Dv/~x",
    "lambda, POST, http://l.example/2015-03-31/functions/f/invocations",
    "lambda, POST, https://l.example/2015-03-31/functions/f/invocations?Qualifier=%24LATEST",
  })
  void theSameAsOfTheSdk(String service, String method, String url) {
    WebAddress address = WebAddress.parse(url).orElseThrow();
    WebExchange.Request signed =
        AwsSignature.sign(
            new WebExchange.Request(
                method, address, Map.of("Content-Type", "a/b"), Bytes.of(BODY), true),
            new Credentials("AKID", "secret/key", "eu-west-1"),
            service,
            NOW_MILLIS);

    assertThat(signed.headers().get("Authorization"))
        .isEqualTo(signedBySdk(service, method, url, signed.headers()));
  }

  private static String signedBySdk(
      String service, String method, String url, Map<String, String> ours) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(method))
            .uri(URI.create(url))
            .putHeader("Content-Type", "a/b")
            .putHeader("x-amz-content-sha256", ours.get("X-Amz-Content-Sha256"))
            .build();
    SignRequest.Builder<AwsCredentialsIdentity> toSign =
        SignRequest.builder(AwsCredentialsIdentity.create("AKID", "secret/key"))
            .request(request)
            .payload(ContentStreamProvider.fromByteArray(BODY))
            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
            .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
            .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !service.equals("s3"))
            .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
            .putProperty(
                HttpSigner.SIGNING_CLOCK,
                Clock.fixed(Instant.ofEpochMilli(NOW_MILLIS), ZoneOffset.UTC));
    return AwsV4HttpSigner.create()
        .sign(toSign.build())
        .request()
        .firstMatchingHeader("Authorization")
        .orElseThrow();
  }
}
