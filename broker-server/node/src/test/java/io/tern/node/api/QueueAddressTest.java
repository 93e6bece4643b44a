package io.tern.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.protocols.TernException;
import io.tern.state.QueueName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queue URLs as clients spell them. */
class QueueAddressTest {

  @ParameterizedTest
  @CsvSource({
    "http://localhost:9324/000000000000/orders, 000000000000, orders",
    "https://sqs.eu-west-1.amazonaws.com/123456789012/orders, 123456789012, orders",
    "http://broker:80/000000000000/orders/, 000000000000, orders",
    "/111111111111/orders, 111111111111, orders",
    "orders, 000000000000, orders",
    "http://localhost:9324/orders, 000000000000, orders",
  })
  void theLastTwoSegmentsCount(String url, String account, String name) {
    assertThat(QueueAddress.parse(url, "000000000000")).isEqualTo(new QueueName(account, name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:9324", "http://localhost:9324/", "/", "//"})
  void anAddressWithoutAQueueIsInvalid(String url) {
    assertThatThrownBy(() -> QueueAddress.parse(url, "000000000000"))
        .isInstanceOf(TernException.class);
  }
}
