package io.tern.chaos.workload;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The AWS SDK's clients of one node, shared by the threads of a {@link Load}. They try once, so
 * that an attempt is a recorded operation, and leave checking digests to the checkers.
 *
 * @param polling for receives that wait up to {@link #MAX_WAIT_SECONDS}
 */
record NodeClients(String name, SqsClient sqs, SqsClient polling, SnsClient sns)
    implements AutoCloseable {
  /** No workload waits longer for a message. */
  static final int MAX_WAIT_SECONDS = 5;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

  static NodeClients of(String name, URI endpoint) {
    return new NodeClients(
        name,
        sqs(endpoint, READ_TIMEOUT),
        sqs(endpoint, READ_TIMEOUT.plusSeconds(MAX_WAIT_SECONDS)),
        SnsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials())
            .httpClientBuilder(http(READ_TIMEOUT))
            .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build());
  }

  @Override
  public void close() {
    sqs.close();
    polling.close();
    sns.close();
  }

  private static SqsClient sqs(URI endpoint, Duration readTimeout) {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials())
        // A wrong digest would be an exception without a message: nothing to judge.
        .checksumValidationEnabled(false)
        .httpClientBuilder(http(readTimeout))
        .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  private static UrlConnectionHttpClient.Builder http(Duration readTimeout) {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(CONNECT_TIMEOUT)
        .socketTimeout(readTimeout);
  }

  private static AwsCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
  }
}
