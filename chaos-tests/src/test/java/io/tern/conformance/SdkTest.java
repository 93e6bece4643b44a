package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The conformance cases run twice; in each run the SDK speaks the protocol that is meant. */
@OnEachDeployment
class SdkTest {
  private final Deployment service;

  SdkTest(Deployment service) {
    this.service = service;
  }

  @Test
  void sdkSpeaksTheProtocolOfThisRun() {
    AtomicReference<String> contentType = new AtomicReference<>("");
    ExecutionInterceptor reader =
        new ExecutionInterceptor() {
          @Override
          public void beforeTransmission(
              Context.BeforeTransmission context, ExecutionAttributes unused) {
            contentType.set(
                context.httpRequest().firstMatchingHeader("Content-Type").orElse("none"));
          }
        };
    try (SqsClient sqs =
        SqsClient.builder()
            .endpointOverride(service.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(config -> config.addExecutionInterceptor(reader))
            .build()) {
      sqs.listQueues();
    }
    assertThat(contentType.get())
        .startsWith(
            System.getProperty("tern.sdkProtocol", "json").equals("query")
                ? SqsHttp.FORM
                : SqsHttp.JSON);
  }
}
