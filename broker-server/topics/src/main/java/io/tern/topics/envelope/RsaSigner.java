package io.tern.topics.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.util.Base64;

/** Signs with the cluster's key, on any thread; made when the key is known. */
public final class RsaSigner implements Signer {
  private static final int BITS_PER_BYTE = 8;
  private static final int BASE64_BYTES = 3;
  private static final int BASE64_CHARACTERS = 4;

  private final String certificateId;
  private final RSAPrivateKey key;

  public RsaSigner(SigningIdentity identity) {
    this.certificateId = identity.id();
    this.key = identity.key();
  }

  @Override
  public String sign(int version, String stringToSign) {
    try {
      Signature signature = Signature.getInstance(algorithm(version));
      signature.initSign(key);
      signature.update(stringToSign.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The signing key does not sign", e);
    }
  }

  @Override
  public String certificateId() {
    return certificateId;
  }

  @Override
  public int signatureCharacters() {
    int bytes = Math.ceilDiv(key.getModulus().bitLength(), BITS_PER_BYTE);
    return Math.ceilDiv(bytes, BASE64_BYTES) * BASE64_CHARACTERS;
  }

  private static String algorithm(int version) {
    return version == 2 ? "SHA256withRSA" : "SHA1withRSA";
  }
}
