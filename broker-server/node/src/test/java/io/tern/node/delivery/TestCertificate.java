package io.tern.node.delivery;

import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A key and a certificate that it signed itself, made by the JDK's tool for one test. */
record TestCertificate(Path store, Path pem) {
  static final String PASSWORD = "changeit";

  static TestCertificate make(Path folder, String host) throws Exception {
    Path store = folder.resolve(host + ".p12");
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=dns:" + host,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    tool.getInputStream().transferTo(System.out);
    if (tool.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    Path pem = folder.resolve(host + ".pem");
    byte[] encoded = read(store).getCertificate("test").getEncoded();
    Files.writeString(
        pem,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded)
            + "\n-----END CERTIFICATE-----\n");
    return new TestCertificate(store, pem);
  }

  PfxOptions keyOptions() {
    return new PfxOptions().setPath(store.toString()).setPassword(PASSWORD);
  }

  private static KeyStore read(Path store) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }
}
