package io.tern.command.topic;

import io.tern.command.output.Answer;
import io.tern.command.output.Console;
import io.tern.command.output.Value;
import io.tern.command.rpc.ClientOptions;
import io.tern.command.rpc.TopicNames;
import io.tern.proto.sns.DeleteTopicRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code tern topic delete}. */
@CommandLine.Command(
    name = "delete",
    description = "Deletes a topic with its subscriptions; queues that it fed stay.",
    footer = "  tern topic delete new-orders")
public final class DeleteTopic implements Callable<Integer> {
  private final Console console;

  @CommandLine.Parameters(paramLabel = "NAME", description = "Name or ARN of the topic.")
  private String name = "";

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public DeleteTopic(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return client.ask(
        console,
        session -> {
          String arn = TopicNames.arn(session, name);
          session.sns().deleteTopic(DeleteTopicRequest.newBuilder().setTopicArn(arn).build());
          return Answer.of(
              "topic \"" + TopicNames.of(arn) + "\" is deleted",
              Value.fields().with("name", TopicNames.of(arn)).with("deleted", true));
        });
  }
}
