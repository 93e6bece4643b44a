package io.tern.chaos.container;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file system of a node's own on a disk that loses what was not flushed when the power fails, and
 * that can be slow, full, hung or broken. See {@code faulty_disk.c}. Used by {@link ContainerNode}.
 */
public final class FaultyDisk implements AutoCloseable {
  /** The account in the image. */
  private static final String OWNER = "10001:10001";

  private static final Duration APPEARS_WITHIN = Duration.ofSeconds(10);

  private final Path folder;
  private final Process process;
  private @Nullable String loop;

  private FaultyDisk(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  static FaultyDisk create(Machine machine, Path folder, long bytes) {
    try {
      Files.createDirectories(folder.resolve("fuse"));
      Files.createDirectories(folder.resolve("files"));
      Path image = folder.resolve("image");
      try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
        file.setLength(bytes);
      }
      // As root owns a new file system, and the node is nobody in particular.
      Shell.run("mkfs.ext4", "-q", "-F", "-E", "root_owner=" + OWNER, image.toString());
      Process process =
          new ProcessBuilder(
                  machine.tool("faulty_disk").toString(),
                  image.toString(),
                  folder.resolve("fuse").toString(),
                  "-f",
                  "-o",
                  "allow_other")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("disk.log").toFile())
              .start();
      FaultyDisk disk = new FaultyDisk(folder, process);
      await("a disk in " + folder)
          .atMost(APPEARS_WITHIN)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> Files.exists(folder.resolve("fuse").resolve("disk")));
      disk.mount();
      return disk;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where its files are seen from outside the container. */
  public Path files() {
    return folder.resolve("files");
  }

  /**
   * The power fails: of what was not flushed, each sector survives with this chance. Nothing can be
   * read or written until {@link #replug}.
   */
  public String cutPower(long seed, int survivingPermille) {
    return command("cut " + seed + " " + survivingPermille);
  }

  /** After a power cut, when no process has files open any more: the disk comes back. */
  public void replug() {
    unmount();
    command("heal");
    mount();
  }

  /** Each flush waits so long. */
  public void slow(int flushMillis) {
    command("slow " + flushMillis);
  }

  /** So many writes and flushes in 1,000 fail. */
  public void fail(int writesPermille, int flushesPermille) {
    command("eio " + writesPermille + " " + flushesPermille);
  }

  /** A flush says that it was done, and was not: as with fsync off. */
  public void lie(boolean lies) {
    command("lie " + (lies ? 1 : 0));
  }

  /** Takes every byte that an ordinary account may have. */
  public void fill() {
    long free = files().toFile().getUsableSpace();
    Shell.run("fallocate", "-l", Long.toString(free), filler().toString());
  }

  public void makeRoom() {
    try {
      Files.deleteIfExists(filler());
      // Or the next fault of this disk would bring it back.
      Shell.run("sync", "-f", files().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filler() {
    return files().resolve("filler");
  }

  /** No faults any more; what they did to the file system stays. */
  public void heal() {
    command("heal");
  }

  private String command(String line) {
    Path control = folder.resolve("fuse").resolve("control");
    try {
      Files.writeString(control, line + "\n", StandardCharsets.UTF_8);
      String reply = Files.readString(control, StandardCharsets.UTF_8).strip();
      if (reply.equals("unknown")) {
        throw new IllegalStateException("the disk does not understand: " + line);
      }
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void mount() {
    String device =
        Shell.run(
            "losetup",
            "-f",
            "--show",
            "--direct-io=on",
            folder.resolve("fuse").resolve("disk").toString());
    loop = device;
    Shell.run("mount", "-o", "noatime", device, files().toString());
  }

  private void unmount() {
    String device = loop;
    if (device != null) {
      Shell.run("umount", files().toString());
      Shell.run("losetup", "-d", device);
      loop = null;
    }
  }

  @Override
  public void close() {
    // Whatever state it is in, nothing of it may stay.
    Shell.attempt("umount", "-l", files().toString());
    String device = loop;
    if (device != null) {
      Shell.attempt("losetup", "-d", device);
    }
    Shell.attempt("umount", "-l", folder.resolve("fuse").toString());
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(folder.resolve("image"));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
