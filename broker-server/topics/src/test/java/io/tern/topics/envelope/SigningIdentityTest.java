package io.tern.topics.envelope;

import static io.tern.topics.envelope.Samples.IDENTITY;
import static io.tern.topics.envelope.Samples.NOW;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.state.Bytes;
import io.tern.state.catalogue.SigningKey;
import java.io.IOException;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.Test;

/** Keys and certificates: made, kept, served, brought along. */
class SigningIdentityTest {
  private static final String KEY_PEM =
      "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(IDENTITY.key().getEncoded())
          + "\n-----END PRIVATE KEY-----\n";

  @Test
  void theCertificateIsSnsAndHoldsForDecades() throws Exception {
    assertThat(IDENTITY.certificate().getSubjectX500Principal().getName())
        .isEqualTo("CN=sns.amazonaws.com");
    assertThat(IDENTITY.certificate().getSubjectAlternativeNames())
        .contains(List.of(2, "sns.amazonaws.com"))
        .contains(List.of(2, "sns-signing.*.amazonaws.com"));
    assertThat(IDENTITY.key().getModulus().bitLength()).isEqualTo(2_048);
    assertThatCode(() -> IDENTITY.certificate().verify(IDENTITY.certificate().getPublicKey()))
        .doesNotThrowAnyException();
    assertThatCode(() -> IDENTITY.certificate().checkValidity(Date.from(NOW)))
        .doesNotThrowAnyException();
    assertThatCode(() ->
            IDENTITY.certificate().checkValidity(Date.from(NOW.plus(Duration.ofDays(25 * 365L)))))
        .doesNotThrowAnyException();
  }

  @Test
  void itIsServedAsOneBlockWithBareLineFeeds() {
    assertThat(IDENTITY.certificatePem())
        .startsWith("-----BEGIN CERTIFICATE-----\n")
        .endsWith("-----END CERTIFICATE-----\n")
        .doesNotContain("\r")
        .containsOnlyOnce("BEGIN");
    assertThat(IDENTITY.certificatePem().lines()).allMatch(line -> line.length() <= 64);
    assertThat(IDENTITY.id()).matches("[0-9a-f]{32}");
  }

  @Test
  void thePathOfACertificateIsReadBack() {
    String path = Links.certificatePath(IDENTITY.id());
    assertThat(path).matches("/SimpleNotificationService-[0-9a-f]{32}\\.pem");
    assertThat(Links.certificateId(path)).isEqualTo(IDENTITY.id());
    assertThat(Links.certificateId("/")).isEmpty();
    assertThat(Links.certificateId("/SimpleNotificationService-.pem")).isEmpty();
  }

  @Test
  void theCatalogueKeepsIt() {
    SigningIdentity read = SigningIdentity.of(IDENTITY.forCatalogue());

    assertThat(read.id()).isEqualTo(IDENTITY.id());
    assertThat(read.certificate()).isEqualTo(IDENTITY.certificate());
    assertThat(new RsaSigner(read).sign(2, "x")).isEqualTo(Samples.SIGNER.sign(2, "x"));
    assertThat(read.toString()).doesNotContain("modulus");
  }

  @Test
  void whatTheCatalogueCannotHaveMadeIsRefused() {
    SigningKey broken = new SigningKey("x", Bytes.of("x".getBytes(US_ASCII)), "x");
    assertThatThrownBy(() -> SigningIdentity.of(broken))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anOperatorsOwnIsLoaded() throws IOException {
    SigningIdentity loaded =
        SigningIdentities.load(KEY_PEM, IDENTITY.certificatePem().replace("\n", "\r\n"));
    assertThat(loaded.certificatePem()).isEqualTo(IDENTITY.certificatePem());

    StringWriter older = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(older)) {
      writer.writeObject(IDENTITY.key());
    }
    assertThat(older.toString()).contains("BEGIN RSA PRIVATE KEY");
    assertThat(SigningIdentities.load(older.toString(), IDENTITY.certificatePem()).key())
        .isEqualTo(loaded.key());
  }

  @Test
  void whatDoesNotBelongTogetherIsRefused() {
    SigningIdentity other = SigningIdentities.generate(new SecureRandom(), NOW);
    assertThatThrownBy(() -> SigningIdentities.load(KEY_PEM, other.certificatePem()))
        .hasMessageContaining("not the signing key's");
    assertThatThrownBy(() -> SigningIdentities.load("", IDENTITY.certificatePem()))
        .hasMessageContaining("signing key");
    assertThatThrownBy(() -> SigningIdentities.load(KEY_PEM, KEY_PEM))
        .hasMessageContaining("signing certificate");
  }

  @Test
  void everySignatureIsAsLongAsPromised() {
    assertThat(Samples.SIGNER.sign(1, "x")).hasSize(Samples.SIGNER.signatureCharacters());
    assertThat(Samples.SIGNER.sign(2, "")).hasSize(Samples.SIGNER.signatureCharacters());
  }
}
