package io.tern.command.imports;

import io.tern.command.output.CommandFailure;
import io.tern.command.values.CommandLimits;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out whose configuration a file is, and reads it. For {@link ImportCommand}. */
final class ConfigurationFile {
  private ConfigurationFile() {}

  /**
   * What the file asks for.
   *
   * @throws CommandFailure when it is of no broker that we know, or makes no sense
   */
  static Plan read(Path file, String environment) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw CommandFailure.refused("there is no file " + file);
    }
    if (Files.size(file) > CommandLimits.IMPORT_BYTES) {
      throw CommandFailure.refused(
          file + " is larger than " + CommandLimits.IMPORT_BYTES + " bytes");
    }
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    try {
      return plan(Files.readString(file), folder, environment)
          .orElseThrow(() ->
              CommandFailure.refused(
                  file + " is neither a configuration of ElasticMQ nor one of goaws"));
    } catch (CharacterCodingException e) {
      throw CommandFailure.refused(file + " is no text in UTF-8");
    } catch (IllegalArgumentException mistake) {
      throw CommandFailure.refused(file + ": " + mistake.getMessage());
    }
  }

  static Optional<Plan> plan(String text, Path folder, String environment) {
    return ElasticMqFile.read(text, folder).or(() -> GoawsFile.read(text, environment));
  }
}
