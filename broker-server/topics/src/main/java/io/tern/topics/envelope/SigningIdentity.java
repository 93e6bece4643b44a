package io.tern.topics.envelope;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tern.state.Bytes;
import io.tern.state.catalogue.SigningKey;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A signing key with its certificate, ready for use; the catalogue keeps its parts.
 *
 * @param id what the certificate's URL contains: 32 hexadecimal digits made of the certificate
 */
public record SigningIdentity(String id, RSAPrivateKey key, X509Certificate certificate) {
  private static final int ID_BYTES = 16;
  private static final int LEAST_BITS = 2_048;
  private static final int PEM_LINE = 64;

  /**
   * Checks that the two belong together.
   *
   * @throws IllegalArgumentException saying in words for an operator what is wrong
   */
  public static SigningIdentity of(PrivateKey key, X509Certificate certificate) {
    if (!(key instanceof RSAPrivateKey own)
        || !(certificate.getPublicKey() instanceof RSAPublicKey known)) {
      throw new IllegalArgumentException("The signing key and its certificate must be RSA");
    }
    if (own.getModulus().bitLength() < LEAST_BITS) {
      throw new IllegalArgumentException("The signing key has fewer than " + LEAST_BITS + " bits");
    }
    if (!own.getModulus().equals(known.getModulus())) {
      throw new IllegalArgumentException("The signing certificate is not the signing key's");
    }
    return new SigningIdentity(id(certificate), own, certificate);
  }

  /**
   * Reads what {@link #forCatalogue} made.
   *
   * @throws IllegalArgumentException if it is nothing of the kind
   */
  public static SigningIdentity of(SigningKey stored) {
    try {
      return of(
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(stored.privateKey().array())),
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(stored.certificate().getBytes(US_ASCII))));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The signing key or its certificate cannot be read", e);
    }
  }

  /** The parts as the catalogue keeps them. */
  public SigningKey forCatalogue() {
    return new SigningKey(id, Bytes.of(key.getEncoded()), certificatePem());
  }

  /** The certificate as it is served: one block, lines ended by LF, for validators insist on it. */
  public String certificatePem() {
    Base64.Encoder lines = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'});
    return "-----BEGIN CERTIFICATE-----\n"
        + lines.encodeToString(encoded(certificate))
        + "\n-----END CERTIFICATE-----\n";
  }

  /** Says nothing about the key. */
  @Override
  public String toString() {
    return "signing identity " + id;
  }

  private static String id(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(encoded(certificate));
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("The signing certificate cannot be written", e);
    }
  }
}
