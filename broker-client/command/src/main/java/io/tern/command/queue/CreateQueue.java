package io.tern.command.queue;

import io.tern.command.output.Answer;
import io.tern.command.output.Console;
import io.tern.command.output.Value;
import io.tern.command.rpc.ClientOptions;
import io.tern.command.rpc.QueueNames;
import io.tern.proto.sqs.CreateQueueRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code tern queue create}. */
@CommandLine.Command(
    name = "create",
    description = {
      "Creates a queue. A queue that exists with the same settings is left as it is;",
      "with other settings it is an error."
    },
    footer = {
      "  tern queue create orders --visibility-timeout 1m --retention 7d",
      "  tern queue create failed",
      "  tern queue create work --dead-letter-queue failed --max-receives 5"
    })
public final class CreateQueue implements Callable<Integer> {
  private final Console console;

  @CommandLine.Parameters(paramLabel = "NAME", description = "Name of the queue.")
  private String name = "";

  @CommandLine.Mixin private QueueSettings settings = new QueueSettings();

  @CommandLine.Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "A tag; may be repeated.")
  private Map<String, String> tags = new LinkedHashMap<>();

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public CreateQueue(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    settings.check(name);
    return client.ask(
        console,
        session -> {
          String deadLetters = settings.deadLetterQueue();
          String arn = deadLetters == null ? null : QueueNames.arn(session, deadLetters);
          String url =
              session
                  .sqs()
                  .createQueue(
                      CreateQueueRequest.newBuilder()
                          .setQueueName(name)
                          .putAllAttributes(settings.attributes(name, arn))
                          .putAllTags(tags)
                          .build())
                  .getQueueUrl();
          return Answer.of(
              "queue \"" + name + "\" is there: " + url,
              Value.fields().with("name", name).with("url", url));
        });
  }
}
