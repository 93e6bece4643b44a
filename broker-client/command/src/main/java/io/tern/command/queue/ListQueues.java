package io.tern.command.queue;

import io.tern.command.output.Answer;
import io.tern.command.output.Console;
import io.tern.command.output.Table;
import io.tern.command.output.Value;
import io.tern.command.rpc.ClientOptions;
import io.tern.command.rpc.QueueNames;
import io.tern.command.rpc.Session;
import io.tern.command.values.ListLimit;
import io.tern.proto.sqs.GetQueueAttributesRequest;
import io.tern.proto.sqs.GetQueueAttributesResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code tern queue list}. */
@CommandLine.Command(
    name = "list",
    description = {
      "Lists queues with their counts of messages: ready to be received, in flight",
      "(received and not yet deleted), and delayed. Counts are approximate, as in SQS."
    },
    footer = {"  tern queue list --prefix order", "  tern queue list --output json"})
public final class ListQueues implements Callable<Integer> {
  private final Console console;

  @CommandLine.Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Only queues whose names begin so.")
  private String prefix = "";

  @CommandLine.Mixin private ListLimit limit = new ListLimit();

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public ListQueues(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    int most = limit.checked();
    return client.ask(console, session -> list(session, most));
  }

  private Answer list(Session session, int most) {
    List<String> urls = QueueNames.urls(session, prefix, most);
    boolean more = urls.size() > most;
    List<String> shown = more ? urls.subList(0, most) : urls;
    List<Optional<GetQueueAttributesResult>> answers =
        session.each(shown, url -> session.sqsAtOnce().getQueueAttributes(countsOf(url)));
    List<List<String>> rows = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      String name = QueueNames.of(shown.get(i));
      answers
          .get(i)
          .map(answer -> Counts.of(answer.getAttributesMap()))
          .ifPresent(counts -> {
            rows.add(
                List.of(
                    name,
                    Long.toString(counts.visible()),
                    Long.toString(counts.inFlight()),
                    Long.toString(counts.delayed())));
            values.add(Value.fields().with("name", name).with("messages", counts.fields()));
          });
    }
    Answer answer =
        Answer.of(
            new Table(List.of("QUEUE", "READY", "IN FLIGHT", "DELAYED"), rows),
            "no queues",
            Value.fields().with("queues", values).with("more", more));
    return more ? answer.andLine(ListLimit.MORE) : answer;
  }

  private static GetQueueAttributesRequest countsOf(String url) {
    return GetQueueAttributesRequest.newBuilder()
        .setQueueUrl(url)
        .addAttributeNames("ApproximateNumberOfMessages")
        .addAttributeNames("ApproximateNumberOfMessagesNotVisible")
        .addAttributeNames("ApproximateNumberOfMessagesDelayed")
        .build();
  }
}
