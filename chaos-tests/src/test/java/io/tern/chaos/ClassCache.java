package io.tern.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the JVM keeps of one start of the server, as in the image that is shipped: later starts take
 * a third of the work. Made once for each jar; for {@link ServerCommand}.
 */
final class ClassCache {
  private static final long MADE_WITHIN_SECONDS = 120;
  private static final int PORTS = 5;

  private ClassCache() {}

  /** The cache's file. A server that cannot be trained would not start in a test either. */
  static synchronized Path of(ServerCommand command) {
    Path cache = Path.of("target", "tern.aot").toAbsolutePath();
    try {
      if (!Files.exists(cache) || isOlder(cache, command.jar())) {
        make(command, cache);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return cache;
  }

  private static boolean isOlder(Path cache, Path jar) throws IOException {
    return Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) < 0;
  }

  private static void make(ServerCommand command, Path cache)
      throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("tern-training");
    List<Integer> ports = FreePorts.find(PORTS);
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(command.jvmFlags());
    line.addAll(List.of("-XX:AOTCacheOutput=" + cache, "-jar", command.jar().toString(), "serve"));
    line.addAll(List.of("--data", data.toString(), "--stop-when-ready"));
    line.addAll(
        List.of("--port", ports.get(0).toString(), "--admin-port", ports.get(1).toString()));
    line.addAll(
        List.of("--peer-port", ports.get(2).toString(), "--raft-port", ports.get(3).toString()));
    line.addAll(List.of("--grpc-port", ports.get(4).toString()));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(cache.resolveSibling("training.log").toFile())
            .start();
    if (!process.waitFor(MADE_WITHIN_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    FileTrees.delete(data);
    if (!Files.exists(cache)) {
      throw new IllegalStateException(
          "no class cache; see " + cache.resolveSibling("training.log"));
    }
  }
}
