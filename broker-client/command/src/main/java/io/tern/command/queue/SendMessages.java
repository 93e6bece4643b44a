package io.tern.command.queue;

import io.tern.command.output.CommandFailure;
import io.tern.command.output.Console;
import io.tern.command.rpc.ClientOptions;
import io.tern.command.rpc.QueueNames;
import io.tern.command.values.BodyFile;
import io.tern.command.values.CommandLimits;
import io.tern.command.values.Seconds;
import io.tern.command.values.TypedAttribute;
import io.tern.proto.sqs.SendMessageBatchRequestEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code tern queue send}. */
@CommandLine.Command(
    name = "send",
    description = {
      "Sends messages to a queue. The body is the argument, or the content of --file, or",
      "every line of the standard input is a message of its own."
    },
    footer = {
      "  tern queue send orders 'one tea, please'",
      "  tern queue send orders --file order.json --attribute kind=tea --attribute cups:Number=2",
      "  tern queue send orders.fifo 'one tea' --group table-7 --deduplication-id 4711",
      "  seq 1000 | tern queue send orders"
    })
public final class SendMessages implements Callable<Integer> {
  private final Console console;

  @CommandLine.Parameters(index = "0", paramLabel = "NAME", description = "Name of the queue.")
  private String name = "";

  @CommandLine.Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "BODY",
      description = "The message.")
  private @Nullable String body;

  @CommandLine.Option(
      names = "--file",
      paramLabel = "PATH",
      description = "A file whose content is the message.")
  private @Nullable Path file;

  @CommandLine.Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "Sends the message so many times (default: 1).")
  private int count = 1;

  @CommandLine.Option(
      names = "--group",
      paramLabel = "ID",
      description = "Message group: the order of a FIFO queue is kept in each group.")
  private @Nullable String group;

  @CommandLine.Option(
      names = "--deduplication-id",
      paramLabel = "ID",
      description = "FIFO: a second message with the same id within 5m is not taken.")
  private @Nullable String deduplicationId;

  @CommandLine.Option(
      names = "--attribute",
      paramLabel = "NAME[:TYPE]=VALUE",
      converter = TypedAttribute.Converter.class,
      description =
          "An attribute of the message, text if no type is given; Number or Binary (base64); may"
              + " be repeated.")
  private List<TypedAttribute> attributes = new ArrayList<>();

  @CommandLine.Option(
      names = "--delay",
      paramLabel = "TIME",
      converter = Seconds.Converter.class,
      description = "How long the message stays hidden, up to 15m; the queue's own if not given.")
  private @Nullable Seconds delay;

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public SendMessages(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Bodies bodies = bodies();
    if (deduplicationId != null && bodies.count() != 1) {
      throw CommandFailure.usage("--deduplication-id is for one message");
    }
    return client.run(session -> {
      String url = QueueNames.url(session, name);
      new Sending(session, console, client.output(), name, url).send(bodies, pattern());
      return 0;
    });
  }

  private Bodies bodies() throws IOException {
    if (count < 1 || count > CommandLimits.MESSAGES) {
      throw CommandFailure.usage("--count is from 1 to " + CommandLimits.MESSAGES);
    }
    if (body != null && file != null) {
      throw CommandFailure.usage("give the message as an argument or as --file, not both");
    }
    if (body != null) {
      return Bodies.copies(body, count);
    }
    if (file != null) {
      return Bodies.copies(BodyFile.read(file), count);
    }
    if (count != 1) {
      throw CommandFailure.usage("--count needs a message as an argument or as --file");
    }
    if (console.terminal().getAsBoolean()) {
      throw CommandFailure.usage("no message; give it as an argument, as --file, or pipe lines");
    }
    return Bodies.lines(console.in());
  }

  /** What all messages of this call have in common. */
  private SendMessageBatchRequestEntry pattern() {
    SendMessageBatchRequestEntry.Builder entry = SendMessageBatchRequestEntry.newBuilder();
    entry.putAllMessageAttributes(MessageAttributes.values(attributes));
    if (group != null) {
      entry.setMessageGroupId(group);
    }
    if (deduplicationId != null) {
      entry.setMessageDeduplicationId(deduplicationId);
    }
    if (delay != null) {
      entry.setDelaySeconds(delay.count());
    }
    return entry.build();
  }
}
