package io.tern.node.sns;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tern.state.Bytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hides and proves short texts that callers carry for us: tokens of confirmations and of pages. A
 * MAC of the content is both the proof that it is ours and the start of the key stream, so no
 * chance is needed and any node opens what another sealed.
 */
final class Seal {
  private static final int MAC_BYTES = 16;

  private final SecretKeySpec hidingKey;
  private final SecretKeySpec provingKey;

  /**
   * @param key the cluster's sealing key
   * @param use what is sealed; a seal of one use is none of another
   */
  Seal(Bytes key, String use) {
    this.hidingKey = new SecretKeySpec(derived(key, use + ": hiding"), "AES");
    this.provingKey = new SecretKeySpec(derived(key, use + ": proving"), "HmacSHA256");
  }

  byte[] seal(byte[] content) {
    byte[] proof = proof(content);
    byte[] hidden = streamed(content, proof);
    byte[] sealed = Arrays.copyOf(proof, MAC_BYTES + hidden.length);
    System.arraycopy(hidden, 0, sealed, MAC_BYTES, hidden.length);
    return sealed;
  }

  /** The content; empty for what this cluster did not seal. */
  Optional<byte[]> open(byte[] sealed) {
    if (sealed.length < MAC_BYTES) {
      return Optional.empty();
    }
    byte[] proof = Arrays.copyOf(sealed, MAC_BYTES);
    byte[] content = streamed(Arrays.copyOfRange(sealed, MAC_BYTES, sealed.length), proof);
    return MessageDigest.isEqual(proof, proof(content)) ? Optional.of(content) : Optional.empty();
  }

  private byte[] proof(byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(provingKey);
      return Arrays.copyOf(mac.doFinal(content), MAC_BYTES);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has HMAC-SHA-256", impossible);
    }
  }

  private byte[] streamed(byte[] bytes, byte[] start) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, hidingKey, new IvParameterSpec(start));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has AES", impossible);
    }
  }

  private static byte[] derived(Bytes key, String use) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.array(), "HmacSHA256"));
      return mac.doFinal(use.getBytes(US_ASCII));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has HMAC-SHA-256", impossible);
    }
  }
}
