package io.tern.commandline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs deploy/local/tern as a process, with a node as its endpoint. For the tests of this package.
 */
final class Tern {
  private static final Path SCRIPT = Path.of("..", "deploy", "local", "tern").toAbsolutePath();
  private static final long ENDS_WITHIN_SECONDS = 120;

  private final String endpoint;

  Tern(String endpoint) {
    this.endpoint = endpoint;
  }

  /** Runs it to its end. */
  Outcome run(String... arguments) {
    return runWith("", arguments);
  }

  /** With that on its standard input. */
  Outcome runWith(String input, String... arguments) {
    try {
      Path folder = Files.createTempDirectory("tern-command");
      Path out = folder.resolve("out");
      Path err = folder.resolve("err");
      Path in = Files.writeString(folder.resolve("in"), input);
      List<String> line = new ArrayList<>(List.of(SCRIPT.toString()));
      line.addAll(List.of(arguments));
      ProcessBuilder builder =
          new ProcessBuilder(line)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("TERN_ENDPOINT", endpoint);
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      Process process = builder.start();
      if (!process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(line + " does not end");
      }
      return new Outcome(process.exitValue(), text(out), text(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
