package io.tern.node.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.state.limits.Limits;
import io.tern.topics.envelope.Signer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;

/**
 * The newest signatures of one key: all subscribers of a message get the same one, and it costs
 * most of a millisecond. {@link Notifications} renders with it, on many threads.
 */
final class SignatureMemory implements Signer {
  private static final int DIGEST_BYTES = 16;

  private final Signer signer;
  private final LinkedHashMap<String, String> signatures = new LinkedHashMap<>(16, 0.75f, true);

  SignatureMemory(Signer signer) {
    this.signer = signer;
  }

  @Override
  public String sign(int version, String stringToSign) {
    String key = version + digest(stringToSign);
    synchronized (signatures) {
      String known = signatures.get(key);
      if (known != null) {
        return known;
      }
    }
    String made = signer.sign(version, stringToSign);
    synchronized (signatures) {
      signatures.put(key, made);
      if (signatures.size() > Limits.REMEMBERED_SIGNATURES) {
        var _ = signatures.pollFirstEntry();
      }
    }
    return made;
  }

  @Override
  public String certificateId() {
    return signer.certificateId();
  }

  @Override
  public int signatureCharacters() {
    return signer.signatureCharacters();
  }

  private static String digest(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
