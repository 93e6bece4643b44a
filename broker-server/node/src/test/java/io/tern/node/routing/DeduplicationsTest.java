package io.tern.node.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.MessageId;
import io.tern.state.queue.Deduplication;
import org.junit.jupiter.api.Test;

/** When two sends count as the same. */
class DeduplicationsTest {
  private static final MessageId MESSAGE = new MessageId(1, 2);

  private final Deduplications deduplications = new Deduplications();

  @Test
  void theIdOfABodyIsItsSha256() {
    assertThat(deduplications.idOfBody("abc".getBytes(UTF_8)))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void inTheScopeOfTheQueueTheGroupDoesNotCount() {
    assertThat(key(false, "a", "x")).isEqualTo(key(false, "b", "x"));
    assertThat(key(false, "a", "x")).isNotEqualTo(key(false, "a", "y"));
  }

  @Test
  void inTheScopeOfTheGroupItDoes() {
    assertThat(key(true, "a", "x")).isEqualTo(key(true, "a", "x"));
    assertThat(key(true, "a", "x")).isNotEqualTo(key(true, "b", "x"));
    assertThat(key(true, "a", "bx")).isNotEqualTo(key(true, "ab", "x"));
  }

  private Deduplication key(boolean perGroup, String group, String id) {
    Deduplication key = deduplications.of(perGroup, group, id, MESSAGE);
    assertThat(key.id()).isEqualTo(MESSAGE);
    return key;
  }
}
