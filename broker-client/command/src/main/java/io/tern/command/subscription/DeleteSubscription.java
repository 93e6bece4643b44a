package io.tern.command.subscription;

import io.grpc.StatusRuntimeException;
import io.tern.command.output.Answer;
import io.tern.command.output.Console;
import io.tern.command.output.Value;
import io.tern.command.rpc.ClientOptions;
import io.tern.proto.sns.GetSubscriptionAttributesRequest;
import io.tern.proto.sns.UnsubscribeRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code tern subscription delete}. */
@CommandLine.Command(
    name = "delete",
    description = "Ends a subscription; messages that it delivered stay where they are.",
    footer = {
      "  tern subscription delete \\",
      "      arn:aws:sns:us-east-1:000000000000:new-orders:6b1f6d3c-0d0f-4b6e-9d2c-1c2b3a4d5e6f"
    })
public final class DeleteSubscription implements Callable<Integer> {
  private final Console console;

  @CommandLine.Parameters(
      paramLabel = "ARN",
      description = "The subscription's ARN, as tern subscription list shows it.")
  private String arn = "";

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public DeleteSubscription(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return client.ask(
        console,
        session -> {
          try {
            // The API takes the end of what is not there for done; a person has mistyped.
            session
                .sns()
                .getSubscriptionAttributes(
                    GetSubscriptionAttributesRequest.newBuilder().setSubscriptionArn(arn).build());
            session
                .sns()
                .unsubscribe(UnsubscribeRequest.newBuilder().setSubscriptionArn(arn).build());
          } catch (StatusRuntimeException refusal) {
            throw Missing.orRefused(refusal, arn);
          }
          return Answer.of(
              "subscription \"" + arn + "\" is deleted",
              Value.fields().with("arn", arn).with("deleted", true));
        });
  }
}
