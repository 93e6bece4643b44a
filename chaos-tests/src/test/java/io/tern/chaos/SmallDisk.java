package io.tern.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A file system of a few megabytes in memory, under the data of one node. For FullDiskTest. */
final class SmallDisk implements AutoCloseable {
  private static final long MEBIBYTE = 1024 * 1024;

  private final Path place;

  private SmallDisk(Path place) {
    this.place = place;
  }

  /**
   * Puts what is in the folder onto a disk of its own.
   *
   * @param freeBytes room beside that
   * @return empty where file systems cannot be mounted
   */
  static Optional<SmallDisk> under(Path folder, long freeBytes) {
    try {
      Path aside = folder.resolveSibling(folder.getFileName() + "-before");
      Files.move(folder, aside);
      Files.createDirectory(folder);
      SmallDisk disk = new SmallDisk(folder);
      long bytes = bytesIn(aside) + freeBytes;
      boolean mounted =
          run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString());
      copy(aside, folder);
      return mounted ? Optional.of(disk) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long freeBytes() {
    try {
      FileStore store = Files.getFileStore(place);
      return store.getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes what room there is left. */
  void fill() {
    Path filler = place.resolve("filler");
    byte[] block = new byte[4_096];
    try (var out = Files.newOutputStream(filler)) {
      for (long left = freeBytes(); left > 0; left -= block.length) {
        out.write(block);
      }
    } catch (IOException full) {
      // Which is what was wanted.
    }
  }

  /** Makes room. */
  void grow(long byBytes) {
    try {
      Files.deleteIfExists(place.resolve("filler"));
      long bytes = Files.getFileStore(place).getTotalSpace() + byBytes;
      if (!run("mount", "-o", "remount,size=" + bytes, place.toString())) {
        throw new IllegalStateException("cannot grow " + place);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    run("umount", "-l", place.toString());
  }

  private static boolean run(String... command) {
    try {
      Process process = new ProcessBuilder(List.of(command)).inheritIO().start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static long bytesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long bytes = 0;
      for (Path file : files.toList()) {
        // Files take whole pages, folders one.
        bytes += 8_192 + (Files.isRegularFile(file) ? Files.size(file) : 0);
      }
      return bytes + MEBIBYTE;
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
