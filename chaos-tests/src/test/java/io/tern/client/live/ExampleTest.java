package io.tern.client.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.chaos.ClusterSpec;
import io.tern.chaos.TernCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in the package's documentation, compiled and run as a reader would. */
class ExampleTest {
  private static final Path DOCUMENT =
      Path.of("../broker-client/client/src/main/java/io/tern/client/package-info.java");
  private static final Pattern PROGRAM =
      Pattern.compile("<pre>\\{@code\\n(.*?)\\n \\* }</pre>", Pattern.DOTALL);

  @Test
  void theExampleRuns(@TempDir Path folder) throws IOException, InterruptedException {
    Path source = folder.resolve("Orders.java");
    Files.writeString(source, program());
    Path output = folder.resolve("output");
    try (TernCluster cluster = TernCluster.start(ClusterSpec.ofNodes("client-example", 1))) {
      Process example =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  source.toString(),
                  cluster.grpcTargets().get(0))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = example.waitFor(90, TimeUnit.SECONDS);
      example.destroyForcibly();
      List<String> lines = Files.readAllLines(output);
      assertThat(ended).as(String.join("\n", lines)).isTrue();
      assertThat(example.exitValue()).as(String.join("\n", lines)).isZero();
      assertThat(lines).contains("order 1", "order 100");
      assertThat(lines.stream().filter(line -> line.startsWith("order ")).distinct()).hasSize(100);
    }
  }

  private static String program() throws IOException {
    Matcher program = PROGRAM.matcher(Files.readString(DOCUMENT));
    assertThat(program.find()).as("a program in " + DOCUMENT).isTrue();
    return program
        .group(1)
        .lines()
        .map(line -> line.replaceFirst("^ \\* ?", ""))
        .reduce("", (all, line) -> all + line + "\n");
  }
}
