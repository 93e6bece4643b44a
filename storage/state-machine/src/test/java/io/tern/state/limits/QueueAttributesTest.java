package io.tern.state.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.QueueName;
import io.tern.state.limits.QueueAttributes.Outcome;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the scripts about attributes leave open: sizes, names, settings. */
class QueueAttributesTest {

  @Test
  void aPolicyIsMeasuredInBytesOfUtf8() {
    String filler = "\u00e9".repeat((Limits.POLICY_BYTES - 2) / 2);
    assertThat(check(QueueAttributes.POLICY, "{" + filler + "}"))
        .isInstanceOf(Outcome.Accepted.class);
    assertThat(check(QueueAttributes.POLICY, "{" + filler + "a}"))
        .isInstanceOf(Outcome.Refused.class);
    String pairs = "\ud83d\ude00".repeat((Limits.POLICY_BYTES - 2) / 4);
    assertThat(check(QueueAttributes.POLICY, "{" + pairs + "aa}"))
        .isInstanceOf(Outcome.Accepted.class);
    assertThat(check(QueueAttributes.POLICY, "{" + pairs + "aaa}"))
        .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void namesThatMayBeAskedFor() {
    for (String name :
        new String[] {
          "All",
          "Policy",
          "VisibilityTimeout",
          "QueueArn",
          "ApproximateNumberOfMessagesDelayed",
          "RedriveAllowPolicy",
          "FifoQueue"
        }) {
      assertThat(QueueAttributes.isName(name)).as(name).isTrue();
    }
    assertThat(QueueAttributes.isName("Foobar")).isFalse();
    assertThat(QueueAttributes.isName("")).isFalse();
    assertThat(QueueAttributes.unknownName("Foobar")).isEqualTo("Unknown Attribute Foobar.");
  }

  @Test
  void settingsAreInMilliseconds() {
    TreeMap<String, String> stored = new TreeMap<>();
    QueueName name = new QueueName("000000000000", "orders");
    assertThat(QueueSettings.of(name, stored, null))
        .isEqualTo(new QueueSettings(name, 30_000, 0, 345_600_000, false, null));
    stored.put(QueueAttributes.VISIBILITY_TIMEOUT, "0");
    stored.put(QueueAttributes.DELAY_SECONDS, "900");
    stored.put(QueueAttributes.MESSAGE_RETENTION_PERIOD, "60");
    stored.put(QueueAttributes.FIFO_QUEUE, "true");
    assertThat(QueueSettings.of(name, stored, null))
        .isEqualTo(new QueueSettings(name, 0, 900_000, 60_000, true, null));
  }

  private static Outcome check(String name, String value) {
    SortedMap<String, String> given = new TreeMap<>();
    given.put(name, value);
    return QueueAttributes.checkChange(given, false);
  }
}
