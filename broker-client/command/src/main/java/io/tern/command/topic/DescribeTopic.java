package io.tern.command.topic;

import io.tern.command.output.Answer;
import io.tern.command.output.Console;
import io.tern.command.output.Table;
import io.tern.command.output.Value;
import io.tern.command.rpc.ClientOptions;
import io.tern.command.rpc.Session;
import io.tern.command.rpc.TopicNames;
import io.tern.proto.sns.GetTopicAttributesRequest;
import io.tern.proto.sns.ListTagsForResourceRequest;
import io.tern.proto.sns.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** {@code tern topic describe}. */
@CommandLine.Command(
    name = "describe",
    description = "Shows a topic: its settings, how many subscriptions it has, and its tags.",
    footer = "  tern topic describe new-orders")
public final class DescribeTopic implements Callable<Integer> {
  private final Console console;

  @CommandLine.Parameters(paramLabel = "NAME", description = "Name or ARN of the topic.")
  private String name = "";

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public DescribeTopic(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return client.ask(console, this::describe);
  }

  private Answer describe(Session session) {
    String arn = TopicNames.arn(session, name);
    Map<String, String> attributes =
        session
            .sns()
            .getTopicAttributes(GetTopicAttributesRequest.newBuilder().setTopicArn(arn).build())
            .getAttributesMap();
    Map<String, String> tags =
        session
            .sns()
            .listTagsForResource(
                ListTagsForResourceRequest.newBuilder().setResourceArn(arn).build())
            .getTagsList()
            .stream()
            .collect(Collectors.toMap(Tag::getKey, Tag::getValue));
    return answer(arn, attributes, tags);
  }

  static Answer answer(String arn, Map<String, String> attributes, Map<String, String> tags) {
    List<List<String>> pairs = new ArrayList<>();
    pairs.add(List.of("Name", TopicNames.of(arn)));
    new TreeMap<>(attributes).forEach((key, value) -> pairs.add(List.of(key, value)));
    new TreeMap<>(tags).forEach((key, value) -> pairs.add(List.of("Tag " + key, value)));
    return new Answer(
        Table.pairs(pairs),
        Value.fields()
            .with("name", TopicNames.of(arn))
            .with("arn", arn)
            .with("fifo", attributes.getOrDefault("FifoTopic", "false").equals("true"))
            .with("attributes", Value.sorted(attributes))
            .with("tags", Value.sorted(tags)));
  }
}
