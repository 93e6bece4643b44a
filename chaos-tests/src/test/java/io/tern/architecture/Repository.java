package io.tern.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The files of this checkout that people write: all text files outside the folders that builds and
 * servers fill. Used by {@link TidyTest}.
 */
final class Repository {
  private static final Set<String> FILLED_BY_MACHINES =
      Set.of("target", "node_modules", "data", "data-cluster", "__pycache__");

  private static final Set<String> HIDDEN_AND_OURS = Set.of(".ci", ".github", ".mvn");

  private final Path root;

  Repository() {
    this.root = findRoot(Path.of("").toAbsolutePath());
  }

  Path root() {
    return root;
  }

  /** All text files, each read whole. */
  List<SourceFile> files() {
    List<SourceFile> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes unused) {
              return folder.equals(root) || isOurs(folder)
                  ? FileVisitResult.CONTINUE
                  : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (attributes.isRegularFile()) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                // Only binary files contain the character 0.
                if (text.indexOf(0) < 0) {
                  found.add(new SourceFile(root.relativize(file).toString(), text));
                }
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static boolean isOurs(Path folder) {
    String name = folder.getFileName().toString();
    return name.startsWith(".")
        ? HIDDEN_AND_OURS.contains(name)
        : !FILLED_BY_MACHINES.contains(name);
  }

  private static Path findRoot(Path start) {
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(".mvn"))) {
        return folder;
      }
    }
    throw new IllegalStateException("No checkout around " + start);
  }
}
