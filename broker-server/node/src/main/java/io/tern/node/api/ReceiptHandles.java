package io.tern.node.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tern.protocols.TernException;
import io.tern.state.Bytes;
import io.tern.state.QueueId;
import io.tern.state.limits.ErrorCode;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Receipt handles: which message of which queue, and which of its receives, sealed with the
 * cluster's key so that nobody can make one up. 48 characters; callers may rely on 1,024 at most.
 *
 * <p>The same receive always has the same handle, so a receive that is retried gives the handles of
 * the first try. A seal that needs a nonce cannot do that safely; here a MAC of the receipt is both
 * the proof that it is ours and the start of the key stream that hides it (the SIV construction).
 */
public final class ReceiptHandles {

  /** What a handle says. */
  record Receipt(QueueId queue, long number, int receiveCount) {}

  private static final int MAC_BYTES = 16;
  private static final int RECEIPT_BYTES = 8 + 8 + 4;
  private static final int SEALED_BYTES = MAC_BYTES + RECEIPT_BYTES;

  /** The receipt in whole blocks, as the MAC takes it; always as long, which CBC-MAC needs. */
  private static final int BLOCKS_BYTES = 2 * MAC_BYTES;

  private final SecretKeySpec hidingKey;

  /** Looking the algorithms up costs more than sealing; ciphers are not for sharing. */
  private final ThreadLocal<Ciphers> ciphers;

  private record Ciphers(Cipher hiding, Cipher proving) {}

  /** Makes the sealer; the key has 16 or 32 bytes. */
  public ReceiptHandles(Bytes key) {
    this.hidingKey = derived(key, "receipt handles: hiding");
    SecretKeySpec provingKey = derived(key, "receipt handles: proving");
    this.ciphers = ThreadLocal.withInitial(() -> newCiphers(provingKey));
  }

  String seal(QueueId queue, long number, int receiveCount) {
    byte[] blocks = new byte[BLOCKS_BYTES];
    ByteBuffer.wrap(blocks).putLong(queue.number()).putLong(number).putInt(receiveCount);
    byte[] sealed = new byte[SEALED_BYTES];
    try {
      System.arraycopy(mac(blocks), MAC_BYTES, sealed, 0, MAC_BYTES);
      int hidden = hiding(sealed).doFinal(blocks, 0, RECEIPT_BYTES, sealed, MAC_BYTES);
      return new String(Base64.getEncoder().encode(whole(sealed, hidden)), ISO_8859_1);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("cannot seal a receipt handle", impossible);
    }
  }

  /**
   * Opens a handle that must belong to the queue.
   *
   * @throws TernException RECEIPT_HANDLE_IS_INVALID for garbage and for handles of other queues
   */
  Receipt open(String handle, QueueId queue) {
    try {
      byte[] sealed = Base64.getDecoder().decode(handle);
      if (sealed.length == SEALED_BYTES) {
        byte[] blocks = new byte[BLOCKS_BYTES];
        int shown = hiding(sealed).doFinal(sealed, MAC_BYTES, RECEIPT_BYTES, blocks, 0);
        ByteBuffer receipt = ByteBuffer.wrap(whole(blocks, shown));
        QueueId sealedQueue = new QueueId(receipt.getLong());
        if (isProved(sealed, blocks) && sealedQueue.equals(queue)) {
          return new Receipt(sealedQueue, receipt.getLong(), receipt.getInt());
        }
      }
    } catch (IllegalArgumentException | GeneralSecurityException garbage) {
      // Falls through to the one message for every bad handle.
    }
    throw new TernException(
        ErrorCode.RECEIPT_HANDLE_IS_INVALID,
        "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
  }

  private boolean isProved(byte[] sealed, byte[] blocks) throws GeneralSecurityException {
    byte[] given = Arrays.copyOf(sealed, MAC_BYTES);
    byte[] proof = Arrays.copyOfRange(mac(blocks), MAC_BYTES, BLOCKS_BYTES);
    return MessageDigest.isEqual(given, proof);
  }

  /** CBC-MAC: the last block is it. */
  private byte[] mac(byte[] blocks) throws GeneralSecurityException {
    return ciphers.get().proving().doFinal(blocks);
  }

  /** The key stream that begins with the MAC; hiding and showing are the same. */
  private Cipher hiding(byte[] sealed) throws GeneralSecurityException {
    Cipher cipher = ciphers.get().hiding();
    cipher.init(Cipher.ENCRYPT_MODE, hidingKey, new IvParameterSpec(sealed, 0, MAC_BYTES));
    return cipher;
  }

  private static byte[] whole(byte[] bytes, int written) throws GeneralSecurityException {
    if (written != RECEIPT_BYTES) {
      throw new GeneralSecurityException("a key stream gives as much as it takes");
    }
    return bytes;
  }

  /** A key of its own for each use, so that none weakens another. */
  private static SecretKeySpec derived(Bytes key, String use) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.array(), "HmacSHA256"));
      return new SecretKeySpec(mac.doFinal(use.getBytes(US_ASCII)), "AES");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has HMAC-SHA-256", impossible);
    }
  }

  private static Ciphers newCiphers(SecretKeySpec provingKey) {
    try {
      Cipher proving = Cipher.getInstance("AES/CBC/NoPadding");
      proving.init(Cipher.ENCRYPT_MODE, provingKey, new IvParameterSpec(new byte[MAC_BYTES]));
      return new Ciphers(Cipher.getInstance("AES/CTR/NoPadding"), proving);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has AES", impossible);
    }
  }
}
