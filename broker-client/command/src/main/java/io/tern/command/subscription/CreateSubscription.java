package io.tern.command.subscription;

import io.tern.command.output.Answer;
import io.tern.command.output.CommandFailure;
import io.tern.command.output.Console;
import io.tern.command.output.Value;
import io.tern.command.rpc.ClientOptions;
import io.tern.command.rpc.QueueNames;
import io.tern.command.rpc.TopicNames;
import io.tern.proto.sns.SubscribeRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code tern subscription create}. */
@CommandLine.Command(
    name = "create",
    description = {
      "Subscribes a queue to a topic, or a web server, a mail address and so on.",
      "Whoever is not a queue has to confirm before messages come."
    },
    footer = {
      "  tern subscription create new-orders --queue billing --raw",
      "  tern subscription create new-orders --queue review \\",
      "      --filter '{\"amount\": [{\"numeric\": [\">\", 100]}]}'",
      "  tern subscription create new-orders --protocol https --address https://shop.example/hook"
    })
public final class CreateSubscription implements Callable<Integer> {
  private final Console console;

  @CommandLine.Parameters(paramLabel = "TOPIC", description = "Name or ARN of the topic.")
  private String topic = "";

  @CommandLine.Option(
      names = "--queue",
      paramLabel = "NAME",
      description = "The queue that gets the messages.")
  private @Nullable String queue;

  @CommandLine.Option(
      names = "--protocol",
      paramLabel = "PROTOCOL",
      description = "Instead of --queue: http, https, email, email-json, sms, lambda and others.")
  private @Nullable String protocol;

  @CommandLine.Option(
      names = {"--address", "--notification-endpoint"},
      paramLabel = "ADDRESS",
      description = "With --protocol: the URL, mail address, number or ARN.")
  private @Nullable String address;

  @CommandLine.Option(
      names = "--filter",
      paramLabel = "JSON",
      description = "Filter policy: only messages that match it are delivered.")
  private @Nullable String filter;

  @CommandLine.Option(
      names = "--filter-body",
      description = "The filter looks at the message itself, which is JSON, not at attributes.")
  private boolean filterBody;

  @CommandLine.Option(
      names = "--raw",
      description = "Delivers the message as it was published, without the envelope.")
  private boolean raw;

  @CommandLine.Option(
      names = "--attribute",
      paramLabel = "NAME=VALUE",
      description = "Any other attribute, by its name in the API of SNS.")
  private Map<String, String> attributes = new LinkedHashMap<>();

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public CreateSubscription(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if ((queue == null) == (protocol == null) || (protocol == null) != (address == null)) {
      throw CommandFailure.usage("give --queue, or --protocol and --address");
    }
    return client.ask(
        console,
        session -> {
          String topicArn = TopicNames.arn(session, topic);
          String target = queue == null ? String.valueOf(address) : QueueNames.arn(session, queue);
          String arn = session.sns().subscribe(request(topicArn, target)).getSubscriptionArn();
          return Answer.of(
              "subscribed " + target + ": " + arn,
              Value.fields()
                  .with("topic", TopicNames.of(topicArn))
                  .with("protocol", protocol == null ? "sqs" : protocol)
                  .with("endpoint", target)
                  .with("arn", arn));
        });
  }

  private SubscribeRequest request(String topicArn, String target) {
    SubscribeRequest.Builder request =
        SubscribeRequest.newBuilder()
            .setTopicArn(topicArn)
            .setProtocol(protocol == null ? "sqs" : protocol)
            .setEndpoint(target)
            .setReturnSubscriptionArn(true);
    if (filter != null) {
      request.putAttributes("FilterPolicy", filter);
    }
    if (filterBody) {
      request.putAttributes("FilterPolicyScope", "MessageBody");
    }
    if (raw) {
      request.putAttributes("RawMessageDelivery", "true");
    }
    return request.putAllAttributes(attributes).build();
  }
}
