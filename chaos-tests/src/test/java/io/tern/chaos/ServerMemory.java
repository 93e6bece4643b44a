package io.tern.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much a server holds: bytes of live objects, after a collection, and of the whole process. */
public record ServerMemory(long liveHeapBytes, long residentBytes) {
  /** Asks the process through the JDK's jcmd; whatever is garbage is collected first. */
  public static ServerMemory of(NodeProcess node) {
    List<String> histogram = jcmd(node.pid(), "GC.class_histogram");
    long live =
        histogram.stream()
            .filter(line -> line.startsWith("Total"))
            .mapToLong(line -> Long.parseLong(line.split("\\s+", -1)[2]))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no total in " + histogram));
    return new ServerMemory(live, resident(node.pid()));
  }

  private static List<String> jcmd(long pid, String command) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process process =
          new ProcessBuilder(jcmd, Long.toString(pid), command).redirectErrorStream(true).start();
      return process.inputReader(StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long resident(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.split("\\s+", -1)[1]))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
