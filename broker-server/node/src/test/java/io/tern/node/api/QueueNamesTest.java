package io.tern.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of queues, standard and FIFO. */
class QueueNamesTest {
  private static final Map<String, String> STANDARD = Map.of();
  private static final Map<String, String> FIFO = Map.of("FifoQueue", "True");

  @Test
  void namesMayBeUpTo80Long() {
    assertThatCode(() -> QueueNames.check("a", STANDARD)).doesNotThrowAnyException();
    assertThatCode(() -> QueueNames.check("A-b_9".repeat(16), STANDARD)).doesNotThrowAnyException();
    assertThatCode(() -> QueueNames.check("a.fifo", FIFO)).doesNotThrowAnyException();
    assertThatCode(() -> QueueNames.check("a".repeat(75) + ".fifo", FIFO))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b", "a/b", "a.fifo", "a b", "\u00e4"})
  void aBadNameIsRefused(String name) {
    refused(
        name,
        STANDARD,
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", ".fifo", "a.b.fifo", "a.FIFO", "a.fifo "})
  void aBadNameOfAFifoQueueIsRefused(String name) {
    refused(
        name,
        FIFO,
        "The name of a FIFO queue can only include alphanumeric characters, hyphens, or"
            + " underscores, must end with .fifo suffix and be 1 to 80 in length");
  }

  @Test
  void theSuffixCounts() {
    assertThatThrownBy(() -> QueueNames.check("a".repeat(76) + ".fifo", FIFO))
        .isInstanceOf(TernException.class);
    assertThatThrownBy(() -> QueueNames.check("a".repeat(81), STANDARD))
        .isInstanceOf(TernException.class);
  }

  private static void refused(String name, Map<String, String> attributes, String text) {
    assertThatThrownBy(() -> QueueNames.check(name, attributes))
        .hasMessage(text)
        .isInstanceOfSatisfying(
            TernException.class,
            mistake -> assertThat(mistake.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
  }
}
