package io.tern.command.queue;

import io.tern.command.output.CommandFailure;
import io.tern.command.values.CommandLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bodies that {@link SendMessages} sends, one after the other. */
interface Bodies {
  /** The next one; null after the last. */
  @Nullable String next() throws IOException;

  /** Whether the next one is there without waiting. */
  boolean isReady() throws IOException;

  /** How many there are; 0 when nobody knows. */
  long count();

  /** The same text so many times. */
  static Bodies copies(String text, int count) {
    return new Bodies() {
      private int left = count;

      @Override
      public @Nullable String next() {
        return left-- > 0 ? text : null;
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public long count() {
        return count;
      }
    };
  }

  /** The lines of a stream; empty ones are no messages. */
  static Bodies lines(InputStream in) {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    return new Bodies() {
      @Override
      public @Nullable String next() throws IOException {
        String line = boundedLine(reader);
        while (line != null && line.isEmpty()) {
          line = boundedLine(reader);
        }
        return line;
      }

      @Override
      public boolean isReady() throws IOException {
        return reader.ready();
      }

      @Override
      public long count() {
        return 0;
      }
    };
  }

  private static @Nullable String boundedLine(BufferedReader reader) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = reader.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      if (line.length() >= CommandLimits.BODY_BYTES) {
        throw CommandFailure.refused(
            "a line is longer than a message may be, " + CommandLimits.BODY_BYTES + " bytes");
      }
      line.append((char) next);
      next = reader.read();
    }
    int length = line.length();
    if (length > 0 && line.charAt(length - 1) == '\r') {
      line.setLength(length - 1);
    }
    return line.toString();
  }
}
