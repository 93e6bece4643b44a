package io.tern.state.script;

import io.tern.state.Command;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicDefinitionCommand;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import java.util.Set;

/**
 * Makes commands about the catalogue's topics of lines of a script; a part of {@link Commands}. The
 * subscription of the endpoint web to the topic news is called news/web.
 */
final class TopicDefinitionCommands {
  static final Set<String> WORDS =
      Set.of(
          "create-topic",
          "replace-topic",
          "delete-topic",
          "subscribe",
          "confirm",
          "unsubscribe",
          "replace-subscription");

  private final Names names;

  TopicDefinitionCommands(Names names) {
    this.names = names;
  }

  Command command(Line line) {
    return switch (line.word(0)) {
      case "create-topic" ->
          new TopicDefinitionCommand.CreateTopic(
              new TopicName("here", Machines.ACCOUNT, line.word(1)),
              line.attributes(),
              Commands.tags(line.list("tags")));
      case "replace-topic" ->
          new TopicDefinitionCommand.ReplaceTopic(
              topic(line),
              line.number("revision", 1),
              line.attributes(),
              Commands.tags(line.list("tags")));
      case "delete-topic" -> new TopicDefinitionCommand.DeleteTopic(topic(line));
      case "subscribe" ->
          new TopicDefinitionCommand.Subscribe(
              topic(line),
              line.text("protocol", "sqs"),
              line.word(2),
              Machines.ACCOUNT,
              line.attributes(),
              line.text("pending", "no").equals("no"));
      case "confirm" ->
          new TopicDefinitionCommand.ConfirmSubscription(subscription(line), true, false);
      case "unsubscribe" ->
          new TopicDefinitionCommand.Unsubscribe(
              subscription(line), line.text("restorable", "no").equals("yes"));
      case "replace-subscription" ->
          new TopicDefinitionCommand.ReplaceSubscription(
              subscription(line), line.number("revision", 1), line.attributes());
      default -> throw new IllegalArgumentException("Not about definitions of topics: " + line);
    };
  }

  private TopicId topic(Line line) {
    return new TopicId(names.id(line.word(1)).number());
  }

  private SubscriptionId subscription(Line line) {
    return new SubscriptionId(names.id(line.word(1)).number());
  }
}
