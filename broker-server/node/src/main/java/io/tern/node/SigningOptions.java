package io.tern.node;

import io.tern.state.catalogue.SigningKey;
import io.tern.topics.envelope.SigningIdentities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The options of {@code tern serve} that say what notifications are signed with. */
final class SigningOptions {
  @CommandLine.Option(
      names = "--signing-key",
      defaultValue = "",
      paramLabel = "FILE",
      description =
          "PEM file of an RSA key to sign notifications with, the same on all nodes; without it the"
              + " cluster makes one.")
  private String key = "";

  @CommandLine.Option(
      names = "--signing-certificate",
      defaultValue = "",
      paramLabel = "FILE",
      description = "PEM file of its certificate.")
  private String certificate = "";

  /**
   * The operator's key, or null.
   *
   * @throws IllegalArgumentException saying what is wrong with the files
   */
  @Nullable SigningKey signingKey() {
    if (key.isEmpty() != certificate.isEmpty()) {
      throw new IllegalArgumentException(
          "--signing-key and --signing-certificate are given together");
    }
    return key.isEmpty()
        ? null
        : SigningIdentities.load(text(key), text(certificate)).forCatalogue();
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("cannot read " + file + ": " + unreadable, unreadable);
    }
  }
}
