package io.tern.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * A client that is not Java: a script that says "half" after the first half, is told "go", and says
 * "done" after the second.
 */
final class ScriptJob implements ClientJob {
  private final ClientProcess script;

  private ScriptJob(ClientProcess script) {
    this.script = script;
  }

  /** sqs-consumer with the JavaScript SDK. */
  static ScriptJob sqsConsumer(URI endpoint) {
    return new ScriptJob(
        ClientProcess.start(
            "sqs-consumer", List.of("node", "javascript/consumer.js", endpoint.toString())));
  }

  /** A Celery worker of Debian, with kombu's SQS transport. */
  static ScriptJob celery(URI endpoint) {
    return new ScriptJob(
        ClientProcess.start(
            "celery", List.of("/usr/bin/python3", "python/celery_job.py", endpoint.toString())));
  }

  @Override
  public void firstHalf() throws InterruptedException {
    assertThat(script.line()).isEqualTo("half");
  }

  @Override
  public void secondHalf() throws IOException, InterruptedException {
    script.say("go");
    assertThat(script.line()).isEqualTo("done");
  }

  @Override
  public void close() throws IOException {
    script.close();
  }
}
