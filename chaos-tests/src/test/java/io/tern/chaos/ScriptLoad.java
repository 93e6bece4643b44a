package io.tern.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A sender that is a script of src/test/clients; what it prints goes into the ledger. */
final class ScriptLoad implements LoadClient {
  private static final long STOP_WITHIN_SECONDS = 20;

  private final String name;
  private final Process process;
  private final Ledger ledger;
  private final Thread reader;

  private ScriptLoad(String name, Process process, Ledger ledger) {
    this.name = name;
    this.process = process;
    this.ledger = ledger;
    this.reader = Thread.ofPlatform().name("load-" + name).unstarted(this::read);
  }

  /** The JavaScript SDK, which speaks JSON. */
  static ScriptLoad javaScript(String queue, long pauseMillis, List<URI> endpoints, Ledger ledger) {
    return start(
        "js", List.of("node", "javascript/load.js"), queue, pauseMillis, endpoints, ledger);
  }

  /** Debian's boto3, which speaks the older protocol. */
  static ScriptLoad python(String queue, long pauseMillis, List<URI> endpoints, Ledger ledger) {
    return start(
        "py", List.of("/usr/bin/python3", "python/load.py"), queue, pauseMillis, endpoints, ledger);
  }

  private static ScriptLoad start(
      String name,
      List<String> script,
      String queue,
      long pauseMillis,
      List<URI> endpoints,
      Ledger ledger) {
    List<String> command = new ArrayList<>(script);
    command.addAll(List.of(name, queue, Long.toString(pauseMillis)));
    endpoints.forEach(endpoint -> command.add(endpoint.toString()));
    try {
      Path logs = Files.createDirectories(Path.of("target", "clients"));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(Path.of("src", "test", "clients").toFile())
              .redirectError(logs.resolve("load-" + name + ".log").toFile());
      ScriptLoad load = new ScriptLoad(name, builder.start(), ledger);
      load.reader.start();
      return load;
    } catch (IOException e) {
      throw new UncheckedIOException("run src/test/clients/install.sh", e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      reader.join(TimeUnit.SECONDS.toMillis(STOP_WITHIN_SECONDS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
          case "T" -> ledger.tried(words[1]);
          case "A" -> ledger.acknowledged(name, words[1], words[2], words[3]);
          default -> throw new IllegalStateException(name + " said: " + line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
