package io.tern.node.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tern.protocols.TernException;
import io.tern.state.Bytes;
import io.tern.state.QueueId;
import io.tern.state.limits.ErrorCode;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Receipt handles: which message of which queue, and which of its receives, sealed with the
 * cluster's key so that nobody can make one up. 68 characters; callers may rely on 1,024 at most.
 */
public final class ReceiptHandles {

  /** What a handle says. */
  record Receipt(QueueId queue, long number, int receiveCount) {}

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int RECEIPT_BYTES = 8 + 8 + 4;
  private static final int SEALED_BYTES = NONCE_BYTES + RECEIPT_BYTES + TAG_BITS / 8;

  private final SecretKeySpec key;

  /** Looking the algorithm up costs more than sealing; ciphers are not for sharing. */
  private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(ReceiptHandles::newCipher);

  /** Nonces count from a random start, so that no two processes and no two handles share one. */
  private final int noncePrefix;

  private final AtomicLong nonces;

  /** Makes the sealer; the key has 16 or 32 bytes. */
  public ReceiptHandles(Bytes key) {
    SecureRandom random = new SecureRandom();
    this.key = new SecretKeySpec(key.array(), "AES");
    this.noncePrefix = random.nextInt();
    this.nonces = new AtomicLong(random.nextLong());
  }

  String seal(QueueId queue, long number, int receiveCount) {
    byte[] sealed = new byte[SEALED_BYTES];
    ByteBuffer.wrap(sealed).putInt(noncePrefix).putLong(nonces.getAndIncrement());
    byte[] receipt =
        ByteBuffer.allocate(RECEIPT_BYTES)
            .putLong(queue.number())
            .putLong(number)
            .putInt(receiveCount)
            .array();
    try {
      cipher(Cipher.ENCRYPT_MODE, sealed).doFinal(receipt, 0, RECEIPT_BYTES, sealed, NONCE_BYTES);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("cannot seal a receipt handle", impossible);
    }
    return new String(Base64.getEncoder().encode(sealed), ISO_8859_1);
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
        ByteBuffer receipt =
            ByteBuffer.wrap(
                cipher(Cipher.DECRYPT_MODE, sealed)
                    .doFinal(sealed, NONCE_BYTES, SEALED_BYTES - NONCE_BYTES));
        QueueId sealedQueue = new QueueId(receipt.getLong());
        if (sealedQueue.equals(queue)) {
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

  private Cipher cipher(int mode, byte[] sealed) throws GeneralSecurityException {
    Cipher cipher = ciphers.get();
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
    return cipher;
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has AES/GCM", impossible);
    }
  }
}
