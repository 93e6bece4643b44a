package io.tern.node.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.state.MessageId;
import io.tern.state.queue.Deduplication;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What FIFO queues and FIFO topics remember messages by: ids made of contents, and keys made of
 * ids.
 */
public final class Deduplications {
  private static final byte QUEUE_SCOPE = 'q';
  private static final byte GROUP_SCOPE = 'g';

  /** Never fed, only cloned: cheaper than looking the algorithm up, and safe between threads. */
  private final MessageDigest fresh;

  public Deduplications() {
    try {
      this.fresh = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** The deduplication id of a message whose sender gave none. */
  public String idOfBody(byte[] utf8) {
    return HexFormat.of().formatHex(fresh().digest(utf8));
  }

  /**
   * What the queue remembers of the send.
   *
   * @param perGroup whether the same id in another group is another message
   */
  public Deduplication of(
      boolean perGroup, String group, String deduplicationId, MessageId message) {
    MessageDigest digest = fresh();
    if (perGroup) {
      byte[] name = group.getBytes(UTF_8);
      digest.update(GROUP_SCOPE);
      digest.update((byte) name.length);
      digest.update(name);
    } else {
      digest.update(QUEUE_SCOPE);
    }
    digest.update(deduplicationId.getBytes(UTF_8));
    ByteBuffer key = ByteBuffer.wrap(digest.digest());
    return new Deduplication(key.getLong(), key.getLong(), message);
  }

  private MessageDigest fresh() {
    try {
      return (MessageDigest) fresh.clone();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("SHA-256 of this Java cannot be copied", impossible);
    }
  }
}
