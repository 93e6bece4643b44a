package io.tern.state.catalogue;

import io.tern.state.Bytes;

/**
 * What notifications are signed with.
 *
 * @param id 32 hexadecimal digits, part of the certificate's address
 * @param privateKey PKCS #8
 * @param certificate PEM
 */
public record SigningKey(String id, Bytes privateKey, String certificate) {}
