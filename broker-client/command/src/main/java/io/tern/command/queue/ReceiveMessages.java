package io.tern.command.queue;

import io.tern.command.output.CommandFailure;
import io.tern.command.output.Console;
import io.tern.command.output.ItemStream;
import io.tern.command.output.Value;
import io.tern.command.rpc.ClientOptions;
import io.tern.command.rpc.QueueNames;
import io.tern.command.rpc.Session;
import io.tern.command.values.CommandLimits;
import io.tern.command.values.Seconds;
import io.tern.proto.sqs.BatchResultErrorEntry;
import io.tern.proto.sqs.DeleteMessageBatchRequest;
import io.tern.proto.sqs.DeleteMessageBatchRequestEntry;
import io.tern.proto.sqs.Message;
import io.tern.proto.sqs.ReceiveMessageRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code tern queue receive}. */
@CommandLine.Command(
    name = "receive",
    description = {
      "Receives messages and prints them. They are hidden from others for the visibility",
      "timeout and then come back, unless --delete deletes them after they are printed."
    },
    footer = {
      "  tern queue receive orders --wait 20s",
      "  tern queue receive orders --max 10 --delete --output json",
      "  tern queue receive orders --follow --max 1000"
    })
public final class ReceiveMessages implements Callable<Integer> {
  private final Console console;

  @CommandLine.Parameters(paramLabel = "NAME", description = "Name of the queue.")
  private String name = "";

  @CommandLine.Option(
      names = "--max",
      paramLabel = "N",
      description = "Receives at most so many messages (default: 1); --follow needs it.")
  private @Nullable Integer max;

  @CommandLine.Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = Seconds.Converter.class,
      description = "Waits so long for a message, up to 20s; the queue's own time if not given.")
  private @Nullable Seconds wait;

  @CommandLine.Option(
      names = "--visibility",
      paramLabel = "TIME",
      converter = Seconds.Converter.class,
      description = "Hides the messages so long; the queue's own timeout if not given.")
  private @Nullable Seconds visibility;

  @CommandLine.Option(
      names = "--delete",
      description = "Deletes the messages after they are printed.")
  private boolean delete;

  @CommandLine.Option(
      names = "--follow",
      description = "Goes on when the queue is empty, until --max messages have come.")
  private boolean follow;

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  private long received;

  public ReceiveMessages(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    int most = most();
    return client.run(session -> {
      String url = QueueNames.url(session, name);
      ItemStream items =
          ItemStream.begin(
              client.output(), console.out(), Value.fields().with("queue", name), "messages");
      try {
        receive(session, url, most, items);
      } finally {
        items.end(
            received == 0 ? List.of("no messages") : List.of(),
            Value.fields().with("received", received).with("deleted", delete));
      }
      return 0;
    });
  }

  private int most() {
    if (follow && max == null) {
      throw CommandFailure.usage("--follow needs --max, to know when to end");
    }
    int most = max == null ? 1 : max;
    if (most < 1 || most > CommandLimits.MESSAGES) {
      throw CommandFailure.usage("--max is from 1 to " + CommandLimits.MESSAGES);
    }
    if (wait != null && wait.count() > CommandLimits.POLL_SECONDS) {
      throw CommandFailure.usage("--wait is at most " + CommandLimits.POLL_SECONDS + "s");
    }
    return most;
  }

  private void receive(Session session, String url, int most, ItemStream items) throws IOException {
    while (received < most) {
      List<Message> messages =
          session
              .sqs(CommandLimits.POLL_SECONDS)
              .receiveMessage(request(url, (int) Math.min(most - received, 10)))
              .getMessagesList();
      for (Message message : messages) {
        ReceivedMessage printed = new ReceivedMessage(message);
        items.item(printed.lines(), printed.value());
        received++;
      }
      if (delete && !messages.isEmpty()) {
        delete(session, url, messages);
      }
      if (messages.isEmpty() && !follow) {
        return;
      }
    }
  }

  private ReceiveMessageRequest request(String url, int count) {
    ReceiveMessageRequest.Builder request =
        ReceiveMessageRequest.newBuilder()
            .setQueueUrl(url)
            .setMaxNumberOfMessages(count)
            .addMessageSystemAttributeNames("All")
            .addMessageAttributeNames("All");
    if (visibility != null) {
      request.setVisibilityTimeout(visibility.count());
    }
    // What came already is shown; more is taken only if it is there.
    if (follow) {
      request.setWaitTimeSeconds(CommandLimits.POLL_SECONDS);
    } else if (received > 0) {
      request.setWaitTimeSeconds(0);
    } else if (wait != null) {
      request.setWaitTimeSeconds(wait.count());
    }
    return request.build();
  }

  private static void delete(Session session, String url, List<Message> messages) {
    DeleteMessageBatchRequest.Builder request =
        DeleteMessageBatchRequest.newBuilder().setQueueUrl(url);
    for (int i = 0; i < messages.size(); i++) {
      request.addEntries(
          DeleteMessageBatchRequestEntry.newBuilder()
              .setId(Integer.toString(i))
              .setReceiptHandle(messages.get(i).getReceiptHandle()));
    }
    List<BatchResultErrorEntry> failed =
        session.sqs().deleteMessageBatch(request.build()).getFailedList();
    if (!failed.isEmpty()) {
      throw CommandFailure.refused(
          failed.size() + " messages were not deleted: " + failed.getFirst().getMessage());
    }
  }
}
