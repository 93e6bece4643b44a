package io.tern.command.queue;

import io.tern.command.output.Answer;
import io.tern.command.output.Console;
import io.tern.command.output.Value;
import io.tern.command.rpc.ClientOptions;
import io.tern.command.rpc.QueueNames;
import io.tern.proto.sqs.DeleteQueueRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code tern queue delete}. */
@CommandLine.Command(
    name = "delete",
    description = "Deletes a queue with all its messages. They cannot be brought back.",
    footer = "  tern queue delete orders")
public final class DeleteQueue implements Callable<Integer> {
  private final Console console;

  @CommandLine.Parameters(paramLabel = "NAME", description = "Name of the queue.")
  private String name = "";

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public DeleteQueue(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return client.ask(
        console,
        session -> {
          String url = QueueNames.url(session, name);
          session.sqs().deleteQueue(DeleteQueueRequest.newBuilder().setQueueUrl(url).build());
          return Answer.of(
              "queue \"" + name + "\" is deleted",
              Value.fields().with("name", name).with("deleted", true));
        });
  }
}
