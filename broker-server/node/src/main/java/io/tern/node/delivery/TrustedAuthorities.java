package io.tern.node.delivery;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates count: those of the machine, and those of the operator's file. */
final class TrustedAuthorities {
  private TrustedAuthorities() {}

  /**
   * Reads them.
   *
   * @param file PEM certificates to trust besides, or null
   * @throws IOException naming the file when it cannot be used
   */
  static TrustManagerFactory read(@Nullable Path file) throws IOException {
    try {
      TrustManagerFactory machine = factory(null);
      if (file == null) {
        return machine;
      }
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      int count = 0;
      for (TrustManager manager : machine.getTrustManagers()) {
        if (manager instanceof X509TrustManager known) {
          for (X509Certificate issuer : known.getAcceptedIssuers()) {
            all.setCertificateEntry("machine-" + count++, issuer);
          }
        }
      }
      try (InputStream pem = new BufferedInputStream(Files.newInputStream(file))) {
        for (Certificate own : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
          all.setCertificateEntry("own-" + count++, own);
        }
      }
      return factory(all);
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IOException("no certificates can be read from " + file, unusable);
    }
  }

  private static TrustManagerFactory factory(@Nullable KeyStore keys)
      throws GeneralSecurityException {
    TrustManagerFactory made =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    made.init(keys);
    return made;
  }
}
