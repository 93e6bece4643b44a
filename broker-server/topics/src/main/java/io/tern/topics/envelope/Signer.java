package io.tern.topics.envelope;

/**
 * Signs documents; {@link RsaSigner} does it, and whoever renders may put a memory of signatures
 * before it, for one signature costs most of a millisecond.
 */
public interface Signer {

  /**
   * The signature in base64.
   *
   * @param version 1 for SHA-1, 2 for SHA-256
   */
  String sign(int version, String stringToSign);

  /** The certificate that verifies it. */
  String certificateId();

  /** How long every signature of this key is. */
  int signatureCharacters();
}
