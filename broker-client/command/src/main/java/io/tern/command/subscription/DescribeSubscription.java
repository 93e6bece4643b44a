package io.tern.command.subscription;

import io.grpc.StatusRuntimeException;
import io.tern.command.output.Answer;
import io.tern.command.output.Console;
import io.tern.command.output.Table;
import io.tern.command.output.Value;
import io.tern.command.rpc.ClientOptions;
import io.tern.command.rpc.Session;
import io.tern.proto.sns.GetSubscriptionAttributesRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code tern subscription describe}. */
@CommandLine.Command(
    name = "describe",
    description = "Shows a subscription: where it delivers, its filter and settings.",
    footer = {
      "  tern subscription describe \\",
      "      arn:aws:sns:us-east-1:000000000000:new-orders:6b1f6d3c-0d0f-4b6e-9d2c-1c2b3a4d5e6f"
    })
public final class DescribeSubscription implements Callable<Integer> {
  private final Console console;

  @CommandLine.Parameters(
      paramLabel = "ARN",
      description = "The subscription's ARN, as tern subscription list shows it.")
  private String arn = "";

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public DescribeSubscription(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return client.ask(console, this::describe);
  }

  private Answer describe(Session session) {
    try {
      return answer(
          arn,
          session
              .sns()
              .getSubscriptionAttributes(
                  GetSubscriptionAttributesRequest.newBuilder().setSubscriptionArn(arn).build())
              .getAttributesMap());
    } catch (StatusRuntimeException refusal) {
      throw Missing.orRefused(refusal, arn);
    }
  }

  static Answer answer(String arn, Map<String, String> attributes) {
    List<List<String>> pairs =
        new TreeMap<>(attributes)
            .entrySet().stream().map(each -> List.of(each.getKey(), each.getValue())).toList();
    return new Answer(
        Table.pairs(pairs),
        Value.fields()
            .with("arn", arn)
            .with("protocol", attributes.getOrDefault("Protocol", ""))
            .with("endpoint", attributes.getOrDefault("Endpoint", ""))
            .with("attributes", Value.sorted(attributes)));
  }
}
