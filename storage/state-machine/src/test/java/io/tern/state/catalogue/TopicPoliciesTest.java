package io.tern.state.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the catalogue reads of policies that the edge has checked. */
class TopicPoliciesTest {

  @Test
  void anArchiveHasDays() {
    assertThat(ArchivePolicy.parse("{\"MessageRetentionPeriod\":\"30\"}"))
        .isEqualTo(new ArchivePolicy(30));
    assertThat(ArchivePolicy.parse("{\"MessageRetentionPeriod\":365}"))
        .isEqualTo(new ArchivePolicy(365));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"MessageRetentionPeriod\":\"0\"}",
        "{\"MessageRetentionPeriod\":\"366\"}",
        "{\"MessageRetentionPeriod\":\"x\"}",
        "{\"MessageRetentionPeriod\":\"1",
        "{\"MessageRetentionPeriod\":1",
        "{\"MessageRetentionPeriod\":"
      })
  void noArchive(String text) {
    assertThat(ArchivePolicy.parse(text)).isNull();
  }

  @Test
  void aReplayHasPointsInAnyOrder() {
    assertThat(
            ReplayPolicy.parse(
                "{\"EndingPoint\":\"1970-01-01T00:00:02.000Z\",\"PointType\":\"Timestamp\","
                    + "\"StartingPoint\":\"1970-01-01T00:00:01.5Z\"}"))
        .isEqualTo(new ReplayPolicy(1_500, 2_000));
    assertThat(ReplayPolicy.parse("{\"StartingPoint\":\"1970-01-01T01:00:01+01:00\"}"))
        .isEqualTo(new ReplayPolicy(1_000, -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"StartingPoint\":\"yesterday\"}",
        "{\"StartingPoint\":\"1970-01-01T00:00:01\"}",
        "{\"StartingPoint\":\"1970-01-01T00:00:01Z\",\"EndingPoint\":\"\"}"
      })
  void noReplay(String text) {
    assertThat(ReplayPolicy.parse(text)).isNull();
  }
}
