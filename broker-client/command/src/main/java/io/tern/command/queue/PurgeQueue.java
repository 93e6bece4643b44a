package io.tern.command.queue;

import io.tern.command.output.Answer;
import io.tern.command.output.Console;
import io.tern.command.output.Value;
import io.tern.command.rpc.ClientOptions;
import io.tern.command.rpc.QueueNames;
import io.tern.proto.sqs.PurgeQueueRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code tern queue purge}. */
@CommandLine.Command(
    name = "purge",
    description = "Deletes all messages of a queue. They cannot be brought back.",
    footer = "  tern queue purge orders")
public final class PurgeQueue implements Callable<Integer> {
  private final Console console;

  @CommandLine.Parameters(paramLabel = "NAME", description = "Name of the queue.")
  private String name = "";

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public PurgeQueue(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return client.ask(
        console,
        session -> {
          String url = QueueNames.url(session, name);
          session.sqs().purgeQueue(PurgeQueueRequest.newBuilder().setQueueUrl(url).build());
          return Answer.of(
              "queue \"" + name + "\" is empty",
              Value.fields().with("name", name).with("purged", true));
        });
  }
}
