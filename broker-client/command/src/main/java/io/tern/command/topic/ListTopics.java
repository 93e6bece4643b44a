package io.tern.command.topic;

import io.tern.command.output.Answer;
import io.tern.command.output.Console;
import io.tern.command.output.Table;
import io.tern.command.output.Value;
import io.tern.command.rpc.ClientOptions;
import io.tern.command.rpc.Session;
import io.tern.command.rpc.TopicNames;
import io.tern.command.values.ListLimit;
import io.tern.proto.sns.GetTopicAttributesRequest;
import io.tern.proto.sns.GetTopicAttributesResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code tern topic list}. */
@CommandLine.Command(
    name = "list",
    description = "Lists topics with how many subscriptions they have.",
    footer = {"  tern topic list", "  tern topic list --output json"})
public final class ListTopics implements Callable<Integer> {
  private final Console console;

  @CommandLine.Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Only topics whose names begin so.")
  private String prefix = "";

  @CommandLine.Mixin private ListLimit limit = new ListLimit();

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public ListTopics(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    int most = limit.checked();
    return client.ask(console, session -> list(session, most));
  }

  private Answer list(Session session, int most) {
    List<String> arns = TopicNames.arns(session, prefix, most);
    boolean more = arns.size() > most;
    List<String> shown = more ? arns.subList(0, most) : arns;
    List<Optional<GetTopicAttributesResult>> answers =
        session.each(
            shown,
            arn ->
                session
                    .snsAtOnce()
                    .getTopicAttributes(
                        GetTopicAttributesRequest.newBuilder().setTopicArn(arn).build()));
    List<List<String>> rows = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      String arn = shown.get(i);
      String name = TopicNames.of(arn);
      answers
          .get(i)
          .ifPresent(answer -> {
            long confirmed = number(answer.getAttributesMap(), "SubscriptionsConfirmed");
            long pending = number(answer.getAttributesMap(), "SubscriptionsPending");
            rows.add(List.of(name, Long.toString(confirmed), Long.toString(pending)));
            values.add(
                Value.fields()
                    .with("name", name)
                    .with("arn", arn)
                    .with("subscriptions", confirmed)
                    .with("pendingSubscriptions", pending));
          });
    }
    Answer answer =
        Answer.of(
            new Table(List.of("TOPIC", "SUBSCRIPTIONS", "PENDING"), rows),
            "no topics",
            Value.fields().with("topics", values).with("more", more));
    return more ? answer.andLine(ListLimit.MORE) : answer;
  }

  private static long number(Map<String, String> attributes, String name) {
    return Long.parseLong(attributes.getOrDefault(name, "0"));
  }
}
