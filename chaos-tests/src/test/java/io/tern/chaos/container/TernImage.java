package io.tern.chaos.container;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The image of a node, built from the Dockerfile that is shipped; once in each JVM. */
final class TernImage {
  private static final Duration BUILT_WITHIN = Duration.ofMinutes(3);
  private static final String NAME = "tern-chaos:local";

  private TernImage() {}

  /** Its name. The first call builds it of the jar that the build made. */
  static String name() {
    return Built.IMAGE;
  }

  /** Loaded, and so built, when the name is first asked for. */
  private static final class Built {
    static final String IMAGE = build();

    private static String build() {
      Path root = Path.of("..").toAbsolutePath().normalize();
      Shell.run(
          BUILT_WITHIN,
          Map.of("JAVA_HOME", System.getProperty("java.home")),
          List.of(root.resolve("deploy/image/build.sh").toString(), NAME));
      return NAME;
    }
  }
}
