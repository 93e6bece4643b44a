package io.tern.state.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.MessageId;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.MoveRoute;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.Limits;
import io.tern.state.limits.QueueAttributes;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.Deduplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes commands of lines of a script, as the edge makes them of requests. */
final class Commands {
  private final Names names;
  private final Machines machines;
  private final TopicCommands topics;
  private final TopicDefinitionCommands topicDefinitions;
  private int sends;

  Commands(Names names, Machines machines) {
    this.names = names;
    this.machines = machines;
    this.topics = new TopicCommands(names, machines);
    this.topicDefinitions = new TopicDefinitionCommands(names);
  }

  TopicCommands topics() {
    return topics;
  }

  /** Whom a line is for. */
  PartitionId asked(Line line) {
    if (MembershipScript.WORDS.contains(line.word(0))) {
      return new PartitionId(line.number("in", 0));
    }
    if (TopicDefinitionCommands.WORDS.contains(line.word(0))) {
      return PartitionId.CATALOGUE;
    }
    return switch (line.word(0)) {
      case "initialize", "create", "set", "delete-queue", "tag", "untag", "replace-policy" ->
          PartitionId.CATALOGUE;
      case "tick", "settle", "next-tick" ->
          line.words().contains("catalogue")
              ? PartitionId.CATALOGUE
              : new PartitionId(line.number("in", 1));
      case "accept" -> new PartitionId(line.number("by", 1));
      case "publish", "advance-replay", "inspect" -> machines.homeOf(topics.topicOf(line));
      default -> machines.placeOf(queueOf(line));
    };
  }

  Command command(Line line) {
    if (MembershipScript.WORDS.contains(line.word(0))) {
      return MembershipScript.command(line);
    }
    if (TopicDefinitionCommands.WORDS.contains(line.word(0))) {
      return topicDefinitions.command(line);
    }
    return switch (line.word(0)) {
      case "send", "receive", "delete", "visibility", "purge" -> ofMessages(line);
      case "start-task", "advance-task", "cancel-task" -> ofTasks(line);
      case "publish", "give-up", "advance-replay", "inspect" -> topics.command(line);
      case "initialize", "create", "set", "delete-queue", "tag", "untag", "replace-policy" ->
          ofDefinitions(line);
      case "accept" ->
          new Command.AcceptDeliveries(
              new PartitionId(line.number("from", 0)), line.number("previous", 0), entries(line));
      case "settle" ->
          new Command.SettleOutbox(
              new PartitionId(line.number("partition", 1)), line.number("upto", 0));
      case "tick" -> new Command.Tick();
      default -> throw new IllegalArgumentException("Not a command: " + line);
    };
  }

  private Command ofMessages(Line line) {
    return switch (line.word(0)) {
      case "send" -> send(line);
      case "receive" ->
          new Command.ReceiveMessages(
              queueOf(line),
              line.number("max", 1),
              line.millis("visibility", Command.QUEUE_DEFAULT),
              line.text("attempt", ""));
      case "delete" ->
          new Command.DeleteMessage(queueOf(line), numberOf(line), line.number("receipt", 0));
      case "visibility" ->
          new Command.ChangeVisibility(
              queueOf(line),
              numberOf(line),
              line.number("receipt", 0),
              line.millis("for", Command.QUEUE_DEFAULT));
      case "purge" ->
          new Command.PurgeQueue(
              queueOf(line), line.millis("interval", Limits.PURGE_INTERVAL_MILLIS));
      default -> throw new IllegalArgumentException("Not about messages: " + line);
    };
  }

  private Command send(Line line) {
    sends++;
    String group = line.text("group", "");
    return new Command.SendMessage(
        queueOf(line),
        line.millis("delay", Command.QUEUE_DEFAULT),
        group,
        isFifo(line.word(1)) && !group.isEmpty() ? deduplication(line, group) : null,
        Bytes.of(line.text("body", "").getBytes(UTF_8)));
  }

  /** Every message has the id of its own send. A key is of the queue or of the group. */
  private Deduplication deduplication(Line line, String group) {
    QueueDefinition definition = machines.catalogue().queue(queueOf(line));
    boolean perGroup =
        definition != null
            && QueueAttributes.SCOPE_GROUP.equals(
                definition.attributes().get(QueueAttributes.DEDUPLICATION_SCOPE));
    String key = line.text("dedup", "send-" + sends) + (perGroup ? " of " + group : "");
    return new Deduplication(0, key.hashCode(), new MessageId(0, sends));
  }

  private Command ofTasks(Line line) {
    return switch (line.word(0)) {
      case "start-task" ->
          new Command.StartMoveTask(
              queueOf(line), line.word(2), destination(line), line.number("rate", 0));
      case "advance-task" ->
          new Command.AdvanceMoveTask(
              queueOf(line), line.word(2), line.number("max", Limits.MOVES_PER_STEP), routes(line));
      case "cancel-task" -> new Command.CancelMoveTask(queueOf(line), line.word(2));
      default -> throw new IllegalArgumentException("Not about move tasks: " + line);
    };
  }

  private @Nullable MoveTarget destination(Line line) {
    String name = line.text("to", "");
    return name.isEmpty()
        ? null
        : Objects.requireNonNull(machines.target(names.id(name), name), "a destination");
  }

  private List<MoveRoute> routes(Line line) {
    List<MoveRoute> routes = new ArrayList<>();
    for (String name : line.list("routes")) {
      routes.add(
          new MoveRoute(
              new QueueName(Machines.ACCOUNT, name), machines.target(names.id(name), name)));
    }
    return routes;
  }

  private Command ofDefinitions(Line line) {
    return switch (line.word(0)) {
      case "initialize" ->
          new Command.InitializeCluster(
              Bytes.of("secret".getBytes(UTF_8)), line.number("partitions", 1));
      case "create" ->
          new Command.CreateQueue(
              new QueueName(Machines.ACCOUNT, line.word(1)),
              line.attributes(),
              tags(line.list("tags")),
              line.millis("wait", Limits.PURGE_INTERVAL_MILLIS));
      case "set" -> new Command.SetQueueAttributes(queueOf(line), line.attributes());
      case "delete-queue" -> new Command.DeleteQueue(queueOf(line));
      case "tag" -> new Command.TagQueue(queueOf(line), tags(rest(line)));
      case "untag" -> new Command.UntagQueue(queueOf(line), rest(line));
      case "replace-policy" ->
          new Command.ReplacePolicy(
              queueOf(line), line.text("expected", ""), line.text("policy", ""));
      default -> throw new IllegalArgumentException("Not about definitions: " + line);
    };
  }

  private static List<String> rest(Line line) {
    return line.words().subList(2, line.words().size());
  }

  /** Reads team:blue. */
  static SortedMap<String, String> tags(List<String> pairs) {
    TreeMap<String, String> tags = new TreeMap<>();
    for (String pair : pairs) {
      int colon = pair.indexOf(':');
      tags.put(pair.substring(0, colon), pair.substring(colon + 1));
    }
    return tags;
  }

  /** Reads "#1 install orders #2 remove orders". */
  private List<OutboxEntry> entries(Line line) {
    List<OutboxEntry> entries = new ArrayList<>();
    List<String> words = line.words();
    for (int i = 1; i + 2 < words.size(); i += 3) {
      QueueId queue = names.id(words.get(i + 2));
      Crossing crossing =
          words.get(i + 1).equals("remove")
              ? new Crossing.RemoveQueue(queue)
              : new Crossing.InstallQueue(queue, line.number("version", 1), settings(line));
      entries.add(new OutboxEntry(Long.parseLong(words.get(i).substring(1)), crossing));
    }
    return entries;
  }

  QueueSettings settings(Line line) {
    return new QueueSettings(
        new QueueName(Machines.ACCOUNT, line.word(1)),
        line.millis("visibility", 30_000),
        line.millis("delay", 0),
        line.millis("retention", 345_600_000),
        isFifo(line.word(1)),
        redrive(line));
  }

  /** Reads redrive=dead/2: the dead-letter queue and the receives a message may have. */
  private QueueSettings.@Nullable Redrive redrive(Line line) {
    String text = line.text("redrive", "");
    if (text.isEmpty()) {
      return null;
    }
    String[] parts = text.split("/", 2);
    return new QueueSettings.Redrive(
        Objects.requireNonNull(machines.target(names.id(parts[0]), parts[0]), "a queue " + text),
        Integer.parseInt(parts[1]));
  }

  QueueId queueOf(Line line) {
    return names.id(line.words().size() > 1 ? line.queueName() : "");
  }

  static long numberOf(Line line) {
    return Long.parseLong(line.word(1).split("#", 2)[1]);
  }

  private static boolean isFifo(String queue) {
    return queue.endsWith(QueueAttributes.FIFO_SUFFIX);
  }
}
