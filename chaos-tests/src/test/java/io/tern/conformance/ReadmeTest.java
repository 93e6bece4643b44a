package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.chaos.ClusterSpec;
import io.tern.chaos.TernCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What README.md prints for the command line works as it is printed: only the address is another.
 * On a node of its own, because the names must be free.
 */
@Tag("once")
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final String PRINTED = "http://localhost:9324";
  private static final long MAX_SECONDS = 300;

  @Test
  void firstSessionAndFanOutWorkAsPrinted() throws Exception {
    try (TernCluster node = TernCluster.start(ClusterSpec.ofNodes("readme", 1))) {
      String session =
          block("## A first session")
              + block("### AWS CLI\n")
              + "echo 'SECTION'\n"
              + block("### AWS CLI: one message, many queues");
      String[] output = run(session.replace(PRINTED, node.endpoints().getFirst().toString()));
      assertThat(output[0])
          .contains("\"MD5OfMessageBody\"")
          .contains("\"ApproximateNumberOfMessages\": \"1\"");
      assertThat(bodies(output[1]))
          .as(output[1])
          .hasSize(3)
          .contains("\"a cup of tea\"", "\"a tea plantation\"")
          .filteredOn(line -> line.contains("\\\"Type\\\" : \\\"Notification\\\""))
          .singleElement()
          .asString()
          .contains("a tea plantation");
    }
  }

  /** The lines that are one text of JSON: what the queries for bodies print. */
  private static List<String> bodies(String output) {
    return output
        .lines()
        .map(line -> line.strip().replaceAll(",$", ""))
        .filter(line -> line.matches("\"([^\"\\\\]|\\\\.)*\""))
        .toList();
  }

  /** The first block of code under this heading. */
  private static String block(String heading) throws IOException {
    String readme = Files.readString(README);
    int under = readme.indexOf("\n" + heading);
    assertThat(under).as(heading).isNotNegative();
    int start = readme.indexOf("\n```\n", under) + "\n```\n".length();
    return readme.substring(start, readme.indexOf("```", start));
  }

  /** What the session says, in two parts. */
  private static String[] run(String session) throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "clients")).toAbsolutePath();
    Path script = folder.resolve("readme.sh");
    Files.writeString(script, session);
    Path log = folder.resolve("readme.log");
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-eu", script.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // The command line that the build installs, without the settings of whoever runs this.
    shell.environment().compute("PATH", (name, path) -> "/usr/bin:" + path);
    shell.environment().put("AWS_CONFIG_FILE", "/dev/null");
    Process process = shell.start();
    if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String output = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    String[] parts = output.split("SECTION\n", -1);
    assertThat(parts).hasSize(2);
    return parts;
  }
}
