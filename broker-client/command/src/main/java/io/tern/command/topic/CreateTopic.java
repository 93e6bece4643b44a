package io.tern.command.topic;

import io.tern.command.output.Answer;
import io.tern.command.output.CommandFailure;
import io.tern.command.output.Console;
import io.tern.command.output.Value;
import io.tern.command.rpc.ClientOptions;
import io.tern.proto.sns.CreateTopicRequest;
import io.tern.proto.sns.Tag;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code tern topic create}. */
@CommandLine.Command(
    name = "create",
    description = "Creates a topic. A topic that exists is left as it is.",
    footer = {
      "  tern topic create new-orders",
      "  tern topic create bookings.fifo --content-based-deduplication"
    })
public final class CreateTopic implements Callable<Integer> {
  private final Console console;

  @CommandLine.Parameters(paramLabel = "NAME", description = "Name of the topic.")
  private String name = "";

  @CommandLine.Option(
      names = "--fifo",
      description = "A FIFO topic; its name ends in .fifo, which says it as well.")
  private boolean fifo;

  @CommandLine.Option(
      names = "--content-based-deduplication",
      description = "FIFO: messages of the same body are the same message.")
  private boolean contentBasedDeduplication;

  @CommandLine.Option(
      names = "--display-name",
      paramLabel = "TEXT",
      description = "The name that mails show as their sender.")
  private @Nullable String displayName;

  @CommandLine.Option(
      names = "--attribute",
      paramLabel = "NAME=VALUE",
      description = "Any other attribute, by its name in the API of SNS.")
  private Map<String, String> attributes = new LinkedHashMap<>();

  @CommandLine.Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "A tag; may be repeated.")
  private Map<String, String> tags = new LinkedHashMap<>();

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public CreateTopic(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    CreateTopicRequest request = request();
    return client.ask(
        console,
        session -> {
          String arn = session.sns().createTopic(request).getTopicArn();
          return Answer.of(
              "topic \"" + name + "\" is there: " + arn,
              Value.fields().with("name", name).with("arn", arn));
        });
  }

  private CreateTopicRequest request() {
    boolean isFifo = name.endsWith(".fifo");
    if (fifo && !isFifo) {
      throw CommandFailure.usage("the name of a FIFO topic ends in .fifo: " + name + ".fifo");
    }
    if (contentBasedDeduplication && !isFifo) {
      throw CommandFailure.usage("--content-based-deduplication is for FIFO topics");
    }
    CreateTopicRequest.Builder request = CreateTopicRequest.newBuilder().setName(name);
    if (isFifo) {
      request.putAttributes("FifoTopic", "true");
    }
    if (contentBasedDeduplication) {
      request.putAttributes("ContentBasedDeduplication", "true");
    }
    if (displayName != null) {
      request.putAttributes("DisplayName", displayName);
    }
    request.putAllAttributes(attributes);
    tags.forEach((key, value) -> request.addTags(Tag.newBuilder().setKey(key).setValue(value)));
    return request.build();
  }
}
