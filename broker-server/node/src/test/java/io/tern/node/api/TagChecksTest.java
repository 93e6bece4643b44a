package io.tern.node.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.protocols.TernException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tags may be. */
class TagChecksTest {

  @ParameterizedTest
  @CsvSource({
    "key, value, true",
    "key, '', true",
    "'a b_.:/=+-@', 'a b_.:/=+-@', true",
    "gr\u00f6\u00dfe, \u00e9, true",
    "__AmazonSQSIdleQueueDeletingClient.LastHeartbeatTimestamp, 1, true",
    "'', value, false",
    "aws:key, value, false",
    "AWS:key, value, false",
    "key#, value, false",
    "key, value#, false",
  })
  void keysAndValues(String key, String value, boolean legal) {
    if (legal) {
      assertThatCode(() -> TagChecks.check("q", Map.of(key, value))).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> TagChecks.check("q", Map.of(key, value)))
          .isInstanceOf(TernException.class);
    }
  }

  @Test
  void lengths() {
    assertThatCode(() -> TagChecks.check("q", Map.of("k".repeat(128), "v".repeat(256))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> TagChecks.check("q", Map.of("k".repeat(129), "")))
        .hasMessage("Tag keys must be between 1 and 128 characters in length.");
    assertThatThrownBy(() -> TagChecks.check("q", Map.of("k", "v".repeat(257))))
        .isInstanceOf(TernException.class);
  }

  @Test
  void fiftyAtMost() {
    Map<String, String> tags = new TreeMap<>();
    for (int i = 0; i < 51; i++) {
      tags.put("k" + i, "");
    }
    assertThatThrownBy(() -> TagChecks.check("orders", tags))
        .hasMessage("Too many tags added for queue orders.");
  }
}
