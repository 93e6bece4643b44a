package io.tern.topics.envelope;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Where a cluster's signing key comes from: made here by the catalogue's first leader, or read from
 * an operator's files.
 */
public final class SigningIdentities {
  private static final int KEY_BITS = 2_048;
  private static final int SERIAL_BITS = 127;

  /** Longer than anyone keeps a message; who wants a shorter life brings a certificate. */
  private static final Duration LIFE = Duration.ofDays(30 * 365L);

  /** Validators' clocks may be behind ours. */
  private static final Duration EARLIER = Duration.ofDays(1);

  private static final String HOST = "sns.amazonaws.com";

  /** What validators look for, in ordinary regions and in those one opts into. */
  private static final List<String> HOSTS =
      List.of(HOST, "sns.*.amazonaws.com", "sns-signing.*.amazonaws.com", "*.amazonaws.com");

  private SigningIdentities() {}

  /** A new key with a certificate that it signed itself. */
  public static SigningIdentity generate(SecureRandom random, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS, random);
      KeyPair pair = generator.generateKeyPair();
      return SigningIdentity.of(pair.getPrivate(), selfSigned(pair, random, now));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException("A certificate could not be made", e);
    }
  }

  /**
   * An operator's own key and certificate.
   *
   * @param keyPem an unencrypted RSA key, PKCS#8 or PKCS#1
   * @param certificatePem the certificate first; what follows is not read
   * @throws IllegalArgumentException saying in words for an operator what is wrong
   */
  public static SigningIdentity load(String keyPem, String certificatePem) {
    return SigningIdentity.of(key(keyPem), certificate(certificatePem));
  }

  private static X509Certificate selfSigned(KeyPair pair, SecureRandom random, Instant now)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    X500Name name = new X500Name("CN=" + HOST);
    List<GeneralName> names = new ArrayList<>();
    HOSTS.forEach(host -> names.add(new GeneralName(GeneralName.dNSName, host)));
    X509CertificateHolder holder =
        new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                Date.from(now.minus(EARLIER)),
                Date.from(now.plus(LIFE)),
                name,
                pair.getPublic())
            .addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(names.toArray(GeneralName[]::new)))
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()));
    return new JcaX509CertificateConverter().getCertificate(holder);
  }

  private static PrivateKey key(String pem) {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      return switch (parser.readObject()) {
        case PrivateKeyInfo info -> converter.getPrivateKey(info);
        case PEMKeyPair pair -> converter.getPrivateKey(pair.getPrivateKeyInfo());
        case null, default ->
            throw new IllegalArgumentException("The signing key is not an unencrypted PEM key");
      };
    } catch (IOException e) {
      throw new IllegalArgumentException("The signing key is not PEM", e);
    }
  }

  private static X509Certificate certificate(String pem) {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      if (parser.readObject() instanceof X509CertificateHolder holder) {
        return new JcaX509CertificateConverter().getCertificate(holder);
      }
      throw new IllegalArgumentException("The signing certificate is not a PEM certificate");
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("The signing certificate is not PEM", e);
    }
  }
}
