package io.tern.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.simulator.Client.Acknowledged;
import io.tern.simulator.Client.Known;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.MessageId;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicCommand;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.TopicDefinitionCommand;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.TopicReply;
import io.tern.state.queue.Deduplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Someone who makes topics, subscribes the queues that others made, and publishes. */
final class TopicUser {
  private static final String[] NAMES = {"news", "alerts", "events.fifo", "events.fifo"};
  private static final String[] GROUPS = {"a", "b", "c"};

  /** Away from the keys of those who send to queues. */
  private static final long KEYS = 1_000_000_000;

  private record Subscribed(TopicId topic, SubscriptionId subscription) {}

  private record Topic(TopicId id, PartitionId home, boolean fifo) {}

  /** What users of topics were told; shared by them. */
  static final class Shared {
    private final List<Topic> topics = new ArrayList<>();
    private final List<Subscribed> subscriptions = new ArrayList<>();
    private long numbers;
  }

  private final Door door;
  private final Timer timer;
  private final Random random;
  private final Acknowledged acknowledged;
  private final Shared shared;
  private final FanOuts fanOuts;
  private final Conversation conversation;

  TopicUser(
      Door door,
      Timer timer,
      Random random,
      Acknowledged acknowledged,
      Shared shared,
      FanOuts fanOuts,
      int pace) {
    this.door = door;
    this.timer = timer;
    this.random = random;
    this.acknowledged = acknowledged;
    this.shared = shared;
    this.fanOuts = fanOuts;
    this.conversation = new Conversation(door, timer, random, pace, this::next);
  }

  /** Goes on until the trouble ends. */
  void start() {
    timer.after(1_000 + random.nextInt(500), this::next);
  }

  private void next() {
    if (!door.isTroubled()) {
      return;
    }
    int choice = random.nextInt(100);
    if (shared.topics.isEmpty() || choice < 8) {
      create();
      return;
    }
    Topic topic = shared.topics.get(Math.max(0, shared.topics.size() - 1 - random.nextInt(3)));
    if (choice < 22) {
      subscribe(topic);
    } else if (choice < 25 && !shared.subscriptions.isEmpty()) {
      define(
          new TopicDefinitionCommand.Unsubscribe(
              shared.subscriptions.get(random.nextInt(shared.subscriptions.size())).subscription(),
              false));
    } else if (choice < 26) {
      define(new TopicDefinitionCommand.DeleteTopic(topic.id()));
    } else {
      publish(topic);
    }
  }

  private void create() {
    String name = NAMES[random.nextInt(NAMES.length)];
    boolean fifo = name.endsWith(".fifo");
    TreeMap<String, String> attributes = new TreeMap<>();
    if (fifo) {
      attributes.put("FifoTopic", "true");
    }
    conversation.ask(
        PartitionId.CATALOGUE,
        new TopicDefinitionCommand.CreateTopic(
            new TopicName("here", Client.ACCOUNT, name), attributes, new TreeMap<>()),
        (_, reply) -> {
          if (reply instanceof TopicReply.TopicTaken taken) {
            Topic topic = new Topic(taken.topic(), taken.partition(), fifo);
            if (!shared.topics.contains(topic)) {
              shared.topics.add(topic);
            }
          }
        });
  }

  /** A queue that is not there any more, too; some with a queue for what it does not take. */
  private void subscribe(Topic topic) {
    List<Known> fit =
        acknowledged.queues.stream().filter(queue -> topic.fifo() || !queue.isFifo()).toList();
    if (fit.isEmpty()) {
      publish(topic);
      return;
    }
    Known queue = fit.get(random.nextInt(fit.size()));
    TreeMap<String, String> attributes = new TreeMap<>();
    if (random.nextInt(3) > 0 && !queue.deadLetters().equals(queue.name())) {
      attributes.put(Matching.DEAD_LETTERS, Matching.arn(queue.deadLetters()));
    }
    conversation.ask(
        PartitionId.CATALOGUE,
        new TopicDefinitionCommand.Subscribe(
            topic.id(), "sqs", Matching.arn(queue.name()), Client.ACCOUNT, attributes, true),
        (_, reply) -> {
          if (reply instanceof TopicReply.SubscriptionTaken taken) {
            shared.subscriptions.add(new Subscribed(topic.id(), taken.subscription()));
          }
        });
  }

  private void define(Command command) {
    conversation.ask(PartitionId.CATALOGUE, command, (_, _) -> {});
  }

  private void publish(Topic topic) {
    String group = GROUPS[random.nextInt(GROUPS.length)];
    long number = shared.numbers++;
    Bytes content = Bytes.of((topic.id().number() + " " + group + " " + number).getBytes(UTF_8));
    MessageId id = new MessageId(1, number);
    Publish publish =
        new Publish(
            topic.id(),
            id,
            group,
            topic.fifo() ? new Deduplication(5, KEYS + number, id) : null,
            content,
            TopicCommand.NOT_MATCHED,
            List.of());
    fanOuts.invoked(
        content,
        shared.subscriptions.stream()
            .filter(each -> each.topic().equals(topic.id()))
            .map(Subscribed::subscription)
            .toList());
    conversation.ask(
        topic.home(),
        publish,
        (_, reply) -> {
          if (reply instanceof Reply.MessageAccepted) {
            acknowledged.published.add(content);
          }
        });
  }
}
