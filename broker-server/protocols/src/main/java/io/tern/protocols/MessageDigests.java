package io.tern.protocols;

import com.google.protobuf.ByteString;
import io.tern.proto.sqs.MessageAttributeValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The MD5 digests SDKs check: of bodies and of message attributes. The handlers of sending and
 * receiving use one shared instance.
 */
public final class MessageDigests {
  private static final byte TEXT = 1;
  private static final byte BINARY = 2;

  /** Never fed, only cloned: cheaper than looking the algorithm up, and safe between threads. */
  private final MessageDigest fresh;

  public MessageDigests() {
    try {
      this.fresh = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5", e);
    }
  }

  /** MD5OfMessageBody and MD5OfBody, in lower-case hexadecimal. */
  public String ofBody(String body) {
    return ofBody(body.getBytes(StandardCharsets.UTF_8));
  }

  /** The same of a body that is already in UTF-8. */
  public String ofBody(byte[] utf8) {
    return hex(fresh().digest(utf8));
  }

  /**
   * MD5OfMessageAttributes and MD5OfMessageSystemAttributes, of exactly these attributes; without
   * attributes there is no digest.
   */
  public Optional<String> ofAttributes(Map<String, MessageAttributeValue> attributes) {
    if (attributes.isEmpty()) {
      return Optional.empty();
    }
    MessageDigest digest = fresh();
    attributes.entrySet().stream()
        .map(entry -> new Named(utf8(entry.getKey()), entry.getValue()))
        .sorted()
        .forEach(attribute -> attribute.feed(digest));
    return Optional.of(hex(digest.digest()));
  }

  private MessageDigest fresh() {
    try {
      return (MessageDigest) fresh.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("MD5 of this Java cannot be copied", e);
    }
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** An attribute in its place: digests go by the byte order of the names. */
  @SuppressWarnings("ArrayRecordComponent") // Lives for one digest and is only ordered.
  private record Named(byte[] name, MessageAttributeValue value) implements Comparable<Named> {
    @Override
    public int compareTo(Named other) {
      return Arrays.compareUnsigned(name, other.name);
    }

    private void feed(MessageDigest digest) {
      feed(digest, name);
      feed(digest, utf8(value.getDataType()));
      if (value.getDataType().startsWith("Binary")) {
        digest.update(BINARY);
        feed(digest, value.getBinaryValue());
      } else {
        digest.update(TEXT);
        feed(digest, utf8(value.getStringValue()));
      }
    }

    private static void feed(MessageDigest digest, ByteString part) {
      feed(digest, part.toByteArray());
    }

    private static void feed(MessageDigest digest, byte[] part) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
      digest.update(part);
    }
  }
}
