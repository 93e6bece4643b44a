package io.tern.chaos.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command of the machine and waits for its end. The fault tools use it. */
final class Shell {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What a command printed, both streams, and how it ended. */
  record Result(int status, String output) {
    boolean isOk() {
      return status == 0;
    }
  }

  private Shell() {}

  /** Runs it, and fails with what it printed when it fails. */
  static String run(String... command) {
    return run(PATIENCE, Map.of(), List.of(command));
  }

  static String run(Duration patience, Map<String, String> environment, List<String> command) {
    Result result = attempt(patience, environment, command);
    if (!result.isOk()) {
      throw new IllegalStateException(
          String.join(" ", command) + " ended with " + result.status() + ":\n" + result.output());
    }
    return result.output().strip();
  }

  static Result attempt(String... command) {
    return attempt(PATIENCE, Map.of(), List.of(command));
  }

  private static Result attempt(
      Duration patience, Map<String, String> environment, List<String> command) {
    try {
      // To a file, so that a command that leaves a child behind cannot hold the pipe.
      Path output = Files.createTempFile("tern-chaos", ".out");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          throw new IllegalStateException(String.join(" ", command) + " does not end");
        }
        return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException notThere) {
      if (notThere instanceof java.nio.charset.CharacterCodingException) {
        throw new UncheckedIOException(notThere);
      }
      return new Result(127, String.valueOf(notThere.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
