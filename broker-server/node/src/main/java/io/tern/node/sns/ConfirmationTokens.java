package io.tern.node.sns;

import io.tern.state.Bytes;
import io.tern.state.SubscriptionId;
import io.tern.state.limits.Limits;
import io.tern.topics.envelope.Confirmation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an endpoint's owner brings back to confirm or to restore a subscription. A token says which
 * subscription, which question and when, sealed with the cluster's key: nobody keeps tokens.
 */
public final class ConfirmationTokens {

  /** What a token says. */
  record Said(Confirmation.Kind kind, SubscriptionId subscription, long madeMillis) {}

  private static final int CONTENT_BYTES = 1 + 8 + 8;

  /** What could be a token of SNS, ours or another's. */
  private static final Pattern FORM = Pattern.compile("[0-9A-Fa-f]{32,512}");

  private final Seal seal;

  public ConfirmationTokens(Bytes sealingKey) {
    this.seal = new Seal(sealingKey, "confirmation tokens");
  }

  /**
   * Makes a token.
   *
   * @param nowMillis wall clock
   */
  public String make(Confirmation.Kind kind, SubscriptionId subscription, long nowMillis) {
    byte[] content =
        ByteBuffer.allocate(CONTENT_BYTES)
            .put(letter(kind))
            .putLong(subscription.number())
            .putLong(nowMillis)
            .array();
    return HexFormat.of().formatHex(seal.seal(content));
  }

  /** Whether the text has the form of a token at all. */
  static boolean isToken(String text) {
    return FORM.matcher(text).matches();
  }

  /** What the token says; empty for one that is not ours or too old. */
  Optional<Said> open(String token, long nowMillis) {
    if (token.length() % 2 != 0) {
      return Optional.empty(); // Bytes have two digits each.
    }
    return seal.open(HexFormat.of().parseHex(token))
        .filter(content -> content.length == CONTENT_BYTES)
        .flatMap(ConfirmationTokens::said)
        .filter(said -> nowMillis - said.madeMillis() <= lifeMillis(said.kind()));
  }

  private static Optional<Said> said(byte[] content) {
    ByteBuffer buffer = ByteBuffer.wrap(content);
    byte letter = buffer.get();
    SubscriptionId subscription = new SubscriptionId(buffer.getLong());
    long madeMillis = buffer.getLong();
    return Arrays.stream(Confirmation.Kind.values())
        .filter(kind -> letter(kind) == letter)
        .findFirst()
        .map(kind -> new Said(kind, subscription, madeMillis));
  }

  private static byte letter(Confirmation.Kind kind) {
    return switch (kind) {
      case SUBSCRIBE -> 's';
      case UNSUBSCRIBE -> 'u';
    };
  }

  private static long lifeMillis(Confirmation.Kind kind) {
    return switch (kind) {
      case SUBSCRIBE -> Limits.CONFIRMATION_MILLIS;
      case UNSUBSCRIBE -> Limits.UNCONFIRMED_SUBSCRIPTION_MILLIS;
    };
  }
}
