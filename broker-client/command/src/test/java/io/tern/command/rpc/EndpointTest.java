package io.tern.command.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import io.grpc.Status;
import io.tern.command.output.CommandFailure;
import io.tern.command.output.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints as people type them, and what refusals become. */
class EndpointTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9328,127.0.0.1:9328",
    "node-1,node-1:9328",
    "[::1]:99,[::1]:99",
    "[::1],[::1]:9328"
  })
  void anEndpointHasAHostAndMayHaveAPort(String text, String written) {
    assertThat(Endpoint.parse(text).toString()).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":9328", "a:0", "a:65536", "a:x", "http://a:1", "::1"})
  void whatIsNoEndpointIsRefused(String text) {
    assertThatThrownBy(() -> Endpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRefusalOfTheClusterIsToldWithItsCode() {
    Metadata trailers = new Metadata();
    trailers.put(Metadata.Key.of("tern-error-code", Metadata.ASCII_STRING_MARSHALLER), "OverLimit");
    CommandFailure failure =
        Failures.of(Status.UNAVAILABLE.withDescription("too many").asRuntimeException(trailers));
    assertThat(failure.exit()).isEqualTo(Exit.FAILED);
    assertThat(failure.line()).isEqualTo("too many (OverLimit)");
  }

  @Test
  void withoutACodeNobodyHasAnswered() {
    assertThat(Failures.of(Status.UNAVAILABLE.asRuntimeException()).exit())
        .isEqualTo(Exit.UNREACHABLE);
    assertThat(Failures.of(Status.DEADLINE_EXCEEDED.asRuntimeException()).exit())
        .isEqualTo(Exit.UNREACHABLE);
    assertThat(Failures.of(Status.INTERNAL.asRuntimeException()).exit()).isEqualTo(Exit.FAILED);
  }

  @Test
  void namesAreTheEndsOfUrlsAndArns() {
    assertThat(QueueNames.of("http://localhost:9324/000000000000/orders")).isEqualTo("orders");
    assertThat(QueueNames.of("arn:aws:sqs:us-east-1:000000000000:orders")).isEqualTo("orders");
    assertThat(TopicNames.sibling("arn:aws:sns:us-east-1:000000000000:a", "b"))
        .isEqualTo("arn:aws:sns:us-east-1:000000000000:b");
  }
}
