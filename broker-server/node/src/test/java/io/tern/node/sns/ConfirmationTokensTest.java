package io.tern.node.sns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Bytes;
import io.tern.state.SubscriptionId;
import io.tern.state.limits.Limits;
import io.tern.topics.envelope.Confirmation.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens say what was put into them, for a while, and nobody else can make them. */
class ConfirmationTokensTest {
  private static final long NOW = 1_700_000_000_000L;

  private final ConfirmationTokens tokens = new ConfirmationTokens(key(1));

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aTokenSaysWhatItWasMadeOf(Kind kind) {
    String token = tokens.make(kind, new SubscriptionId(42), NOW);

    assertThat(ConfirmationTokens.isToken(token)).isTrue();
    assertThat(tokens.open(token, NOW + 1))
        .contains(new ConfirmationTokens.Said(kind, new SubscriptionId(42), NOW));
  }

  @Test
  void aTokenEnds() {
    String token = tokens.make(Kind.SUBSCRIBE, new SubscriptionId(42), NOW);

    assertThat(tokens.open(token, NOW + Limits.CONFIRMATION_MILLIS)).isPresent();
    assertThat(tokens.open(token, NOW + Limits.CONFIRMATION_MILLIS + 1)).isEmpty();
  }

  @Test
  void anyNodeOpensItAndNoOtherCluster() {
    String token = tokens.make(Kind.SUBSCRIBE, new SubscriptionId(42), NOW);

    assertThat(new ConfirmationTokens(key(1)).open(token, NOW)).isPresent();
    assertThat(new ConfirmationTokens(key(2)).open(token, NOW)).isEmpty();
  }

  @Test
  void aTouchedTokenIsNone() {
    String token = tokens.make(Kind.SUBSCRIBE, new SubscriptionId(42), NOW);
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == '0' ? '1' : '0';
      String touched = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(tokens.open(touched, NOW)).isEmpty();
    }
  }

  @Test
  void anOddNumberOfDigitsIsATokenOfNobody() {
    String odd = tokens.make(Kind.SUBSCRIBE, new SubscriptionId(42), NOW) + "0";

    assertThat(ConfirmationTokens.isToken(odd)).isTrue();
    assertThat(tokens.open(odd, NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "randomtoken", "abc", "zz00000000000000000000000000000000"})
  void otherTextsHaveNotTheForm(String text) {
    assertThat(ConfirmationTokens.isToken(text)).isFalse();
  }

  private static Bytes key(int fill) {
    byte[] key = new byte[32];
    key[0] = (byte) fill;
    return Bytes.of(key);
  }
}
