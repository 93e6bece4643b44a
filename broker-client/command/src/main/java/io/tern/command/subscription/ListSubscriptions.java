package io.tern.command.subscription;

import io.tern.command.output.Answer;
import io.tern.command.output.Console;
import io.tern.command.output.Table;
import io.tern.command.output.Value;
import io.tern.command.rpc.ClientOptions;
import io.tern.command.rpc.Session;
import io.tern.command.rpc.TopicNames;
import io.tern.command.values.ListLimit;
import io.tern.proto.sns.Subscription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code tern subscription list}. */
@CommandLine.Command(
    name = "list",
    description = "Lists the subscriptions of a topic, or of all topics.",
    footer = {"  tern subscription list", "  tern subscription list --topic new-orders"})
public final class ListSubscriptions implements Callable<Integer> {
  private final Console console;

  @CommandLine.Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "Only those of this topic; its name or ARN.")
  private @Nullable String topic;

  @CommandLine.Mixin private ListLimit limit = new ListLimit();

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public ListSubscriptions(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    int most = limit.checked();
    return client.ask(console, session -> answer(find(session, most), most));
  }

  private List<Subscription> find(Session session, int most) {
    return topic == null
        ? TopicNames.subscriptions(session, most)
        : TopicNames.subscriptionsOf(session, TopicNames.arn(session, topic), most);
  }

  static Answer answer(List<Subscription> found, int most) {
    boolean more = found.size() > most;
    List<List<String>> rows = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    for (Subscription each : more ? found.subList(0, most) : found) {
      String name = TopicNames.of(each.getTopicArn());
      rows.add(List.of(name, each.getProtocol(), each.getEndpoint(), each.getSubscriptionArn()));
      values.add(
          Value.fields()
              .with("topic", name)
              .with("protocol", each.getProtocol())
              .with("endpoint", each.getEndpoint())
              .with("arn", each.getSubscriptionArn())
              .with("confirmed", each.getSubscriptionArn().startsWith("arn:")));
    }
    Answer answer =
        Answer.of(
            new Table(List.of("TOPIC", "PROTOCOL", "ENDPOINT", "ARN"), rows),
            "no subscriptions",
            Value.fields().with("subscriptions", values).with("more", more));
    return more ? answer.andLine(ListLimit.MORE) : answer;
  }
}
