package io.tern.architecture;

/**
 * A text file of the repository. Read by {@link Repository}, judged by the tidy rules.
 *
 * @param path relative to the root
 */
record SourceFile(String path, String text) {

  /** What follows the last dot of the name; empty without one. */
  String extension() {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }

  int lines() {
    return (int) text.lines().count();
  }
}
