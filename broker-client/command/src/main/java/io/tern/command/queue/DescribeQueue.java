package io.tern.command.queue;

import io.tern.command.output.Answer;
import io.tern.command.output.Console;
import io.tern.command.output.Table;
import io.tern.command.output.Value;
import io.tern.command.rpc.ClientOptions;
import io.tern.command.rpc.QueueNames;
import io.tern.command.rpc.Session;
import io.tern.command.values.Seconds;
import io.tern.proto.sqs.ListQueueTagsRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code tern queue describe}. */
@CommandLine.Command(
    name = "describe",
    description = "Shows a queue: its settings, its counts of messages and its tags.",
    footer = "  tern queue describe orders")
public final class DescribeQueue implements Callable<Integer> {
  private static final Set<String> DURATIONS =
      Set.of(
          "VisibilityTimeout",
          "MessageRetentionPeriod",
          "DelaySeconds",
          "ReceiveMessageWaitTimeSeconds",
          "KmsDataKeyReusePeriodSeconds");
  private static final Set<String> TIMES = Set.of("CreatedTimestamp", "LastModifiedTimestamp");

  private final Console console;

  @CommandLine.Parameters(paramLabel = "NAME", description = "Name of the queue.")
  private String name = "";

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public DescribeQueue(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return client.ask(console, this::describe);
  }

  private Answer describe(Session session) {
    String url = QueueNames.url(session, name);
    Map<String, String> attributes = QueueNames.attributes(session, url);
    Map<String, String> tags =
        session
            .sqs()
            .listQueueTags(ListQueueTagsRequest.newBuilder().setQueueUrl(url).build())
            .getTagsMap();
    return answer(name, url, attributes, tags);
  }

  static Answer answer(
      String name, String url, Map<String, String> attributes, Map<String, String> tags) {
    Counts counts = Counts.of(attributes);
    List<List<String>> pairs = new ArrayList<>();
    pairs.add(List.of("Name", name));
    pairs.add(List.of("Url", url));
    pairs.add(List.of("Ready", Long.toString(counts.visible()) + " messages"));
    pairs.add(List.of("InFlight", Long.toString(counts.inFlight()) + " messages"));
    pairs.add(List.of("Delayed", Long.toString(counts.delayed()) + " messages"));
    new TreeMap<>(attributes)
        .forEach((attribute, value) -> {
          if (!attribute.startsWith("ApproximateNumberOf")) {
            pairs.add(List.of(attribute, forPeople(attribute, value)));
          }
        });
    new TreeMap<>(tags).forEach((key, value) -> pairs.add(List.of("Tag " + key, value)));
    return new Answer(
        Table.pairs(pairs),
        Value.fields()
            .with("name", name)
            .with("url", url)
            .with("arn", attributes.getOrDefault("QueueArn", ""))
            .with("fifo", attributes.getOrDefault("FifoQueue", "false").equals("true"))
            .with("messages", counts.fields())
            .with("attributes", Value.sorted(attributes))
            .with("tags", Value.sorted(tags)));
  }

  private static String forPeople(String attribute, String value) {
    if (DURATIONS.contains(attribute)) {
      return Seconds.written(Long.parseLong(value));
    }
    return TIMES.contains(attribute)
        ? Instant.ofEpochSecond(Long.parseLong(value)).toString()
        : value;
  }
}
