package io.tern.chaos.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is taken out of an envelope, and that damage stays visible. */
class EnvelopeTest {
  private static final String TEXT =
      "{\"Type\":\"Notification\",\"Message\":\"m\\n1\",\"MessageAttributes\":"
          + "{\"kind\":{\"Type\":\"String\",\"Value\":\"order\"}}}";

  private static final String TEXT_MD5 = Envelope.md5(TEXT);

  @Test
  void messageAndAttributesAreTakenOut() {
    assertThat(Envelope.open(TEXT, TEXT_MD5))
        .isEqualTo(new Envelope("m\n1", Envelope.md5("m\n1"), Map.of("kind", "order")));
  }

  @Test
  void aWrongDigestOfTheEnvelopeFitsNoBody() {
    assertThat(Envelope.open(TEXT, "0").md5()).isEqualTo("0");
  }

  @Test
  void whatIsNoEnvelopeStaysAsItIs() {
    assertThat(Envelope.open("{\"Type\":", "0"))
        .isEqualTo(new Envelope("{\"Type\":", "0", Map.of()));
  }
}
