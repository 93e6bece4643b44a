package io.tern.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A script of src/test/clients that runs as a process and is talked to by lines: it ends by itself
 * when its input ends. What it says on its error stream is kept in target/clients.
 */
final class ClientProcess implements AutoCloseable {
  private static final Path SCRIPTS = Path.of("src", "test", "clients");
  private static final long STOP_WITHIN_SECONDS = 20;

  private final String name;
  private final Process process;
  private final Path log;
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

  private ClientProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  static ClientProcess start(String name, List<String> command) {
    try {
      Path log =
          Files.createDirectories(Path.of("target", "clients"))
              .resolve("job-" + name + ".log")
              .toAbsolutePath();
      Process process =
          new ProcessBuilder(command)
              .directory(SCRIPTS.toFile())
              .redirectError(log.toFile())
              .start();
      ClientProcess client = new ClientProcess(name, process, log);
      Thread.ofPlatform().daemon().name("lines-of-" + name).start(client::read);
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException("run src/test/clients/install.sh", e);
    }
  }

  /** The next line it says; fails with its log when it says none in time. */
  String line() throws InterruptedException {
    Optional<String> line = lines.poll(JobQueue.WITHIN.toSeconds(), TimeUnit.SECONDS);
    if (line == null || line.isEmpty()) {
      throw new AssertionError(
          name + (line == null ? " is silent" : " has ended") + "\n" + logText());
    }
    return line.get();
  }

  /** Gives it one line. */
  void say(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError(name + " does not end\n" + logText());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(Optional.of(line));
      }
    } catch (IOException ended) {
      // The same as no more lines.
    }
    lines.add(Optional.empty());
  }

  private String logText() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "no log at " + log;
    }
  }
}
