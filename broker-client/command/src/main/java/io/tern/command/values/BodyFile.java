package io.tern.command.values;

import io.tern.command.output.CommandFailure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file whose content is one message. For {@code queue send} and {@code topic publish}. */
public final class BodyFile {
  private BodyFile() {}

  /**
   * Its text.
   *
   * @throws CommandFailure when there is none that could be a message
   */
  public static String read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw CommandFailure.refused("there is no file " + file);
    }
    if (Files.size(file) > CommandLimits.BODY_BYTES) {
      throw CommandFailure.refused(
          file + " is larger than a message may be, " + CommandLimits.BODY_BYTES + " bytes");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw CommandFailure.refused(file + " is not text in UTF-8, as a message must be");
    }
  }
}
