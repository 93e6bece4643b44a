package io.tern.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which protocol a request is made in. */
class WireCodecTest {
  private final WireCodec codec = new WireCodec(OperationTable.sqs(), OperationTable.sns());

  private String protocol(String method, Map<String, String> headers) {
    return codec.protocolOf(new WireRequest(method, "/1/q", "", headers::get, new byte[0])).label();
  }

  @Test
  void jsonByContentTypeOrTargetOnAnyPath() {
    assertThat(protocol("POST", Map.of("content-type", "application/x-amz-json-1.0")))
        .isEqualTo("json");
    assertThat(protocol("POST", Map.of("content-type", "Application/X-Amz-Json-1.1; charset=x")))
        .isEqualTo("json");
    assertThat(protocol("POST", Map.of("x-amz-target", "AmazonSQS.Fly"))).isEqualTo("json");
  }

  @Test
  void queryOtherwise() {
    assertThat(protocol("GET", Map.of())).isEqualTo("query");
    assertThat(protocol("POST", Map.of("content-type", "application/json"))).isEqualTo("query");
    assertThat(protocol("POST", Map.of("accept", "application/json"))).isEqualTo("query");
  }

  @Test
  void queryAnsweredInJsonForAGetThatAcceptsIt() {
    assertThat(protocol("GET", Map.of("accept", "text/x, Application/JSON")))
        .isEqualTo("query-json");
  }

  @Test
  void queuePaths() {
    assertThat(QueuePath.of("/")).isNull();
    assertThat(QueuePath.of("")).isNull();
    assertThat(QueuePath.of("/a")).isNull();
    assertThat(QueuePath.of("//a")).isNull();
    assertThat(QueuePath.of("/1/a.fifo")).isEqualTo(new QueuePath("1", "a.fifo"));
    assertThat(QueuePath.ofUrl("http://h:1/base/1/a")).isEqualTo(new QueuePath("1", "a"));
    assertThat(QueuePath.ofUrl("http://h:1/a")).isNull();
    assertThat(QueuePath.ofUrl("http://h:1")).isNull();
    assertThat(QueuePath.ofUrl("a")).isNull();
    assertThat(new QueuePath("1", "a").path()).isEqualTo("/1/a");
  }
}
