package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The clients that are not Java, each a script of src/test/clients that ends with 1 at its first
 * failed case. src/test/clients/install.sh installs what they need.
 */
@Tag("once")
@OnEachDeployment
class ClientsTest {
  private static final Path SCRIPTS = Path.of("src", "test", "clients");
  private static final long MAX_SECONDS = 180;

  private final Deployment service;

  ClientsTest(Deployment service) {
    this.service = service;
  }

  @Test
  void javaScriptSdk() throws Exception {
    needs(SCRIPTS.resolve("javascript").resolve("node_modules"));
    run("javascript", "node", "javascript/conformance.js");
  }

  @Test
  void boto3OfDebianSpeaksQuery() throws Exception {
    needs(Path.of("/usr/lib/python3/dist-packages/boto3"));
    run("boto3-query", "/usr/bin/python3", "python/conformance.py", "query");
  }

  @Test
  void commandLineOfDebianSpeaksQuery() throws Exception {
    needs(Path.of("/usr/bin/aws"));
    run("cli-query", "sh", "cli/conformance.sh", "/usr/bin/aws");
  }

  @Test
  void javaScriptSdkAndValidatorOfNotifications() throws Exception {
    needs(SCRIPTS.resolve("javascript").resolve("node_modules"));
    run("javascript-sns", "node", "javascript/conformance_sns.js");
  }

  @Test
  void boto3OfDebianOnTopics() throws Exception {
    needs(Path.of("/usr/lib/python3/dist-packages/boto3"));
    run("boto3-sns-debian", "/usr/bin/python3", "python/conformance_sns.py");
  }

  /** SNS has one protocol, so a newer release is only tried where there is one. */
  @Test
  void boto3OnTopics() throws Exception {
    assumeSeveralNodes();
    assumeTrue(
        exitCode(
                List.of("python3", "-c", "import boto3, sys; sys.prefix != '/usr' or exit(1)"),
                log("boto3-sns-probe"))
            == 0,
        "no other boto3 here");
    run("boto3-sns", "python3", "python/conformance_sns.py");
  }

  /** The first session and the one on topics, which {@code ReadmeTest} runs, are on one node. */
  @Test
  void commandLineOfDebianOnTopics() throws Exception {
    assumeSeveralNodes();
    needs(Path.of("/usr/bin/aws"));
    run("cli-sns", "sh", "cli/conformance_sns.sh", "/usr/bin/aws");
  }

  /** Current releases speak JSON; they are not packaged, so they are tried where there are some. */
  @Test
  void boto3ThatSpeaksJson() throws Exception {
    assumeTrue(
        exitCode(
                List.of(
                    "python3",
                    "-c",
                    "import boto3; boto3.client('sqs', region_name='x').meta.service_model"
                        + ".metadata['protocol'] == 'json' or exit(1)"),
                log("boto3-probe"))
            == 0,
        "no boto3 here speaks JSON");
    run("boto3-json", "python3", "python/conformance.py", "json");
  }

  @Test
  void commandLineThatSpeaksJson() throws Exception {
    assumeSeveralNodes();
    assumeTrue(
        exitCode(
                List.of("sh", "-c", "aws --version && test \"$(command -v aws)\" != /usr/bin/aws"),
                log("cli-probe"))
            == 0,
        "no other command line here");
    run("cli-json", "sh", "cli/conformance.sh", "aws");
  }

  private void assumeSeveralNodes() {
    assumeTrue(
        service.endpoints().size() > 1 || System.getProperty("tern.endpoints") != null,
        "slow to start, so against three nodes only");
  }

  private void run(String name, String... script) throws Exception {
    List<String> command = new ArrayList<>(List.of(script));
    service.endpoints().stream().map(URI::toString).forEach(command::add);
    Path log = log(name + "-" + service.toString().replace(' ', '-'));
    int exitCode = exitCode(command, log);
    assertThat(exitCode).as(command + "\n" + Files.readString(log)).isZero();
  }

  private static int exitCode(List<String> command, Path log) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(SCRIPTS.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " does not end\n" + Files.readString(log));
    }
    return process.exitValue();
  }

  private static Path log(String name) throws IOException {
    return Files.createDirectories(Path.of("target", "clients"))
        .resolve(name + ".log")
        .toAbsolutePath();
  }

  private static void needs(Path installed) {
    if (!Files.exists(installed)) {
      throw new AssertionError(
          installed + " is missing; run chaos-tests/src/test/clients/install.sh");
    }
  }
}
