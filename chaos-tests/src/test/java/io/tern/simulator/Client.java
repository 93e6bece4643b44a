package io.tern.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.Delivery;
import io.tern.state.MessageId;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.catalogue.RedrivePolicy;
import io.tern.state.queue.Deduplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Someone who uses queues: one request after the other, each repeated when no answer comes. What it
 * was told goes to the book of acknowledgements.
 */
final class Client {
  static final String ACCOUNT = "a";

  /** Each queue with the one that its dead letters go to. */
  private static final String[][] NAMES = {
    {"orders", "dead"},
    {"billing", "dead"},
    {"dead", "worse"},
    {"worse", "worse"},
    {"short-lived", "dead"},
    {"tasks.fifo", "dead.fifo"},
    {"tasks.fifo", "dead.fifo"},
    {"dead.fifo", "dead.fifo"}
  };

  private static final String[] GROUPS = {"a", "b", "c"};

  /** A queue as clients know it. */
  record Known(QueueId queue, PartitionId partition, String name, String deadLetters) {
    boolean isFifo() {
      return name.endsWith(".fifo");
    }

    boolean isForDeadLetters() {
      return !name.equals("orders") && name.startsWith("dead");
    }
  }

  private record Receipt(Known where, long number, int count) {}

  /** What clients were told; shared by them, as they share queues. */
  static final class Acknowledged {
    record Sent(QueueId queue, long number, Bytes content) {}

    final List<Known> queues = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    final List<Bytes> published = new ArrayList<>();
    int received;
    int repeated;
    long contents;
    long tasks;
    long attempts;
  }

  private final Door door;
  private final Timer timer;
  private final Random random;
  private final Acknowledged acknowledged;
  private final List<Receipt> receipts = new ArrayList<>();
  private final int pace;
  private final Conversation conversation;

  Client(Door door, Timer timer, Random random, Acknowledged acknowledged, int pace) {
    this.pace = pace;
    this.door = door;
    this.timer = timer;
    this.random = random;
    this.acknowledged = acknowledged;
    this.conversation = new Conversation(door, timer, random, pace, this::next);
  }

  static List<String> names() {
    return Stream.of(NAMES).map(pair -> pair[0]).distinct().toList();
  }

  /** Goes on until the trouble ends. */
  void start() {
    timer.after(random.nextInt(500), this::next);
  }

  private void next() {
    if (!door.isTroubled()) {
      return;
    }
    List<Known> queues = acknowledged.queues;
    int choice = random.nextInt(100);
    if (queues.isEmpty() || choice < 6) {
      create();
      return;
    }
    Known known = queues.get(Math.max(0, queues.size() - 1 - random.nextInt(6)));
    if (choice < 7) {
      ask(PartitionId.CATALOGUE, new Command.DeleteQueue(known.queue()), Client::nothing);
    } else if (choice < 10) {
      set(known);
    } else if (choice < 13 && known.isForDeadLetters()) {
      move(known);
    } else if (choice < 45) {
      send(known);
    } else if (choice < 70) {
      receive(known);
    } else if (choice < 71) {
      ask(known.partition(), new Command.PurgeQueue(known.queue(), 60_000), Client::nothing);
    } else {
      settle();
    }
  }

  private void set(Known known) {
    TreeMap<String, String> attributes = new TreeMap<>();
    switch (random.nextInt(5)) {
      case 0 -> attributes.put("VisibilityTimeout", Integer.toString(1 + random.nextInt(60)));
      case 1 -> attributes.put("RedrivePolicy", "");
      default -> attributes.put("RedrivePolicy", policy(known.deadLetters()));
    }
    ask(
        PartitionId.CATALOGUE,
        new Command.SetQueueAttributes(known.queue(), attributes),
        Client::nothing);
  }

  private String policy(String deadLetters) {
    String arn = "arn:aws:sqs:here:" + ACCOUNT + ":" + deadLetters;
    return new RedrivePolicy(arn, 1 + random.nextInt(2)).text();
  }

  /** Starts a move of dead letters, to where they came from or to some queue; or ends one. */
  private void move(Known known) {
    List<Known> fit =
        acknowledged.queues.stream().filter(to -> to.isFifo() == known.isFifo()).toList();
    Known to = fit.get(random.nextInt(fit.size()));
    MoveTarget target =
        new MoveTarget(to.queue(), to.partition(), new QueueName(ACCOUNT, to.name()));
    Command command =
        random.nextInt(8) == 0
            ? new Command.CancelMoveTask(known.queue(), "task-" + acknowledged.tasks)
            : new Command.StartMoveTask(
                known.queue(),
                "task-" + ++acknowledged.tasks,
                random.nextBoolean() ? target : null,
                0);
    ask(known.partition(), command, Client::nothing);
  }

  private void create() {
    String[] pair = NAMES[random.nextInt(NAMES.length)];
    String name = pair[0];
    TreeMap<String, String> attributes = new TreeMap<>();
    if (name.endsWith(".fifo")) {
      attributes.put("FifoQueue", "true");
    }
    if (!name.equals(pair[1]) && random.nextInt(3) > 0) {
      attributes.put("RedrivePolicy", policy(pair[1]));
    }
    if (name.startsWith("short")) {
      attributes.put("MessageRetentionPeriod", "60");
    }
    Command create =
        new Command.CreateQueue(
            new QueueName(ACCOUNT, name), attributes, new TreeMap<>(), random.nextInt(2) * 5_000L);
    ask(
        PartitionId.CATALOGUE,
        create,
        (_, reply) -> {
          if (reply instanceof Reply.DefinitionTaken taken) {
            Known known = new Known(taken.queue(), taken.partition(), name, pair[1]);
            if (!acknowledged.queues.contains(known)) {
              acknowledged.queues.add(known);
            }
          }
        });
  }

  private void send(Known known) {
    long delayMillis = random.nextInt(5) == 0 ? random.nextInt(10_000) : 0;
    long number = acknowledged.contents++;
    Bytes content = Bytes.of(Long.toString(number).getBytes(UTF_8));
    boolean once = random.nextInt(6) > 0;
    long key = once ? 100 + number : random.nextInt(4);
    Command send =
        known.isFifo()
            ? new Command.SendMessage(
                known.queue(),
                Command.QUEUE_DEFAULT,
                GROUPS[random.nextInt(GROUPS.length)],
                new Deduplication(7, key, new MessageId(7, number)),
                content)
            : new Command.SendMessage(known.queue(), delayMillis, "", null, content);
    ask(
        known.partition(),
        send,
        (_, reply) -> {
          if (reply instanceof Reply.MessageAccepted accepted) {
            acknowledged.sent.add(new Acknowledged.Sent(known.queue(), accepted.number(), content));
          } else if (reply instanceof Reply.MessageRepeated repeated) {
            acknowledged.repeated++;
            if (once) {
              acknowledged.sent.add(
                  new Acknowledged.Sent(known.queue(), repeated.number(), content));
            }
          }
        });
  }

  private void receive(Known known) {
    long visibilityMillis = random.nextInt(6) == 0 ? 0 : 500 + random.nextInt(8_000);
    ask(
        known.partition(),
        new Command.ReceiveMessages(
            known.queue(),
            1 + random.nextInt(10),
            visibilityMillis,
            known.isFifo() && random.nextBoolean() ? "attempt-" + acknowledged.attempts++ : ""),
        (_, reply) -> {
          if (reply instanceof Reply.MessagesReceived received) {
            for (Delivery delivery : received.deliveries()) {
              acknowledged.received++;
              receipts.add(new Receipt(known, delivery.number(), delivery.receiveCount()));
            }
          }
        });
  }

  /** Deletes, extends, returns or abandons one of the messages received, not always the last. */
  private void settle() {
    if (receipts.isEmpty()) {
      timer.after((long) pace * (1 + random.nextInt(100)), this::next);
      return;
    }
    Receipt receipt = receipts.remove(random.nextInt(receipts.size()));
    QueueId queue = receipt.where().queue();
    int choice = random.nextInt(10);
    Command command =
        choice < 6
            ? new Command.DeleteMessage(queue, receipt.number(), receipt.count())
            : new Command.ChangeVisibility(
                queue, receipt.number(), receipt.count(), choice < 8 ? 0 : random.nextInt(9_000));
    if (choice >= 6) {
      receipts.add(receipt);
    }
    ask(receipt.where().partition(), command, Client::nothing);
  }

  private void ask(PartitionId partition, Command command, BiConsumer<Command, Reply> told) {
    conversation.ask(partition, command, told);
  }

  private static void nothing(Command command, Reply reply) {}
}
