package io.tern.node.raft;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What replication does with whole folders of checkpoints. */
final class FileTrees {

  private FileTrees() {}

  /** Deletes the folder and all in it, if it is there. */
  static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    for (Path path : tree(folder)) {
      Files.deleteIfExists(path);
    }
  }

  /** Makes a second folder of the same files, without a second copy of their bytes if it can. */
  static void link(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Path link = to.resolve(file.getFileName().toString());
        try {
          Files.createLink(link, file);
        } catch (UnsupportedOperationException | FileSystemException e) {
          Files.copy(file, link);
        }
      }
    }
  }

  /** Moves a folder to its place, durably: it is there whole or not at all. */
  static void publish(Path folder, Path place) throws IOException {
    for (Path path : tree(folder)) {
      force(path);
    }
    Path parent = place.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException(place + " has no folder above it");
    }
    Files.createDirectories(parent);
    Files.move(folder, place, StandardCopyOption.ATOMIC_MOVE);
    force(parent);
  }

  /** Forces a file or the names in a folder. */
  static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Children before their folders. */
  private static List<Path> tree(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
