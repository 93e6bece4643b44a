package io.tern.command.topic;

import io.tern.command.output.Answer;
import io.tern.command.output.CommandFailure;
import io.tern.command.output.Console;
import io.tern.command.output.Value;
import io.tern.command.rpc.ClientOptions;
import io.tern.command.rpc.TopicNames;
import io.tern.command.values.BodyFile;
import io.tern.command.values.TypedAttribute;
import io.tern.proto.sns.MessageAttributeValue;
import io.tern.proto.sns.PublishRequest;
import io.tern.proto.sns.PublishResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code tern topic publish}. */
@CommandLine.Command(
    name = "publish",
    description = {
      "Publishes a message: every subscription whose filter matches gets a copy.",
      "The message is the argument, or the content of --file."
    },
    footer = {
      "  tern topic publish new-orders 'a cup of tea' --attribute amount:Number=3",
      "  tern topic publish bookings.fifo --file booking.json --group room-7"
    })
public final class PublishMessage implements Callable<Integer> {
  private final Console console;

  @CommandLine.Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "Name or ARN of the topic.")
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
      names = "--subject",
      paramLabel = "TEXT",
      description = "The subject of mails.")
  private @Nullable String subject;

  @CommandLine.Option(
      names = "--group",
      paramLabel = "ID",
      description = "Message group: the order of a FIFO topic is kept in each group.")
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

  @CommandLine.Mixin private ClientOptions client = new ClientOptions();

  public PublishMessage(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    String message = message();
    return client.ask(
        console,
        session -> {
          String arn = TopicNames.arn(session, name);
          PublishResult result = session.sns().publish(request(arn, message));
          return Answer.of(
              "published message " + result.getMessageId() + " to \"" + TopicNames.of(arn) + "\"",
              Value.fields()
                  .with("topic", TopicNames.of(arn))
                  .with("messageId", result.getMessageId())
                  .withIf(
                      !result.getSequenceNumber().isEmpty(),
                      "sequenceNumber",
                      result.getSequenceNumber()));
        });
  }

  private String message() throws IOException {
    if (body != null && file == null) {
      return body;
    }
    if (body == null && file != null) {
      return BodyFile.read(file);
    }
    throw CommandFailure.usage("give the message as an argument or as --file");
  }

  private PublishRequest request(String arn, String message) {
    PublishRequest.Builder request =
        PublishRequest.newBuilder().setTopicArn(arn).setMessage(message);
    if (subject != null) {
      request.setSubject(subject);
    }
    if (group != null) {
      request.setMessageGroupId(group);
    }
    if (deduplicationId != null) {
      request.setMessageDeduplicationId(deduplicationId);
    }
    attributes.forEach(each -> request.putMessageAttributes(each.name(), value(each)));
    return request.build();
  }

  private static MessageAttributeValue value(TypedAttribute attribute) {
    MessageAttributeValue.Builder value =
        MessageAttributeValue.newBuilder().setDataType(attribute.dataType());
    return attribute.isBinary()
        ? value.setBinaryValue(attribute.bytes()).build()
        : value.setStringValue(attribute.value()).build();
  }
}
