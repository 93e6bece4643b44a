package io.tern.topics.envelope;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tern.state.Bytes;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicName;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the ids of subscriptions from their numbers and the cluster's sealing key, so that no state
 * holds them; used by all threads of the API and of delivery.
 */
public final class SubscriptionArns {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] PURPOSE = "subscription".getBytes(US_ASCII);

  private static final long VERSION_MASK = 0xFFFF_FFFF_FFFF_0FFFL;
  private static final long VERSION_FOUR = 0x4000L;
  private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
  private static final long VARIANT_TWO = 0x8000_0000_0000_0000L;

  /** Keyed and never fed, only cloned: safe between threads. */
  private final Mac fresh;

  public SubscriptionArns(Bytes sealingKey) {
    try {
      this.fresh = Mac.getInstance(ALGORITHM);
      this.fresh.init(new SecretKeySpec(sealingKey.array(), ALGORITHM));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }

  /** The id of the subscription with that number, always the same in one cluster. */
  public UUID id(SubscriptionId subscription) {
    Mac mac = copy();
    mac.update(PURPOSE);
    mac.update(ByteBuffer.allocate(Long.BYTES).putLong(subscription.number()).array());
    ByteBuffer digest = ByteBuffer.wrap(mac.doFinal());
    long high = (digest.getLong() & VERSION_MASK) | VERSION_FOUR;
    long low = (digest.getLong() & VARIANT_MASK) | VARIANT_TWO;
    return new UUID(high, low);
  }

  public String of(TopicName topic, SubscriptionId subscription) {
    return of(TopicArn.of(topic), subscription);
  }

  public String of(String topicArn, SubscriptionId subscription) {
    return topicArn + ":" + id(subscription);
  }

  private Mac copy() {
    try {
      return (Mac) fresh.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(ALGORITHM + " of this Java cannot be copied", e);
    }
  }
}
