package io.tern.chaos;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryPolicy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The AWS SDK for Java, pointed at a Tern server the way a user would. For every suite. Only what
 * an SDK that speaks AWS Query has too is used.
 */
public final class SdkClient {
  private SdkClient() {}

  /** A client that tries once: what the server answers is what the test sees. */
  public static SqsClient of(URI endpoint) {
    return of(endpoint, Duration.ofSeconds(30));
  }

  public static SqsClient of(URI endpoint, Duration readTimeout) {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(2))
                .socketTimeout(readTimeout))
        .overrideConfiguration(config -> config.retryPolicy(RetryPolicy.none()))
        .build();
  }
}
