package io.tern.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.Delivery;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Someone who uses queues: one request after the other, each repeated when no answer comes. What it
 * was told goes to the book of acknowledgements.
 */
final class Client {
  private static final long PATIENCE_MILLIS = 1_200;
  private static final int ATTEMPTS = 4;
  private static final String[] NAMES = {"orders", "billing", "mail", "short-lived"};

  /** A queue as clients know it. */
  record Known(QueueId queue, PartitionId partition) {}

  private record Receipt(Known where, long number, int count) {}

  /** What clients were told; shared by them, as they share queues. */
  static final class Acknowledged {
    record Sent(QueueId queue, long number, Bytes content) {}

    final List<Known> queues = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    int received;
    long contents;
  }

  private final Cluster cluster;
  private final Agenda agenda;
  private final Random random;
  private final Acknowledged acknowledged;
  private final List<Receipt> receipts = new ArrayList<>();
  private long asked;

  Client(Cluster cluster, Agenda agenda, Random random, Acknowledged acknowledged) {
    this.cluster = cluster;
    this.agenda = agenda;
    this.random = random;
    this.acknowledged = acknowledged;
  }

  /** Goes on until the trouble ends. */
  void start() {
    agenda.after(random.nextInt(500), this::next);
  }

  private void next() {
    if (!cluster.isTroubled()) {
      return;
    }
    List<Known> queues = acknowledged.queues;
    int choice = random.nextInt(100);
    if (queues.isEmpty() || choice < 6) {
      create();
      return;
    }
    Known known = queues.get(Math.max(0, queues.size() - 1 - random.nextInt(4)));
    if (choice < 7) {
      ask(PartitionId.CATALOGUE, new Command.DeleteQueue(known.queue()), Client::nothing);
    } else if (choice < 10) {
      TreeMap<String, String> attributes = new TreeMap<>();
      attributes.put("VisibilityTimeout", Integer.toString(1 + random.nextInt(60)));
      ask(
          PartitionId.CATALOGUE,
          new Command.SetQueueAttributes(known.queue(), attributes),
          Client::nothing);
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

  private void create() {
    String name = NAMES[random.nextInt(NAMES.length)];
    TreeMap<String, String> attributes = new TreeMap<>();
    if (name.startsWith("short")) {
      attributes.put("MessageRetentionPeriod", "60");
    }
    Command create =
        new Command.CreateQueue(
            new QueueName("a", name), attributes, new TreeMap<>(), random.nextInt(2) * 5_000L);
    ask(
        PartitionId.CATALOGUE,
        create,
        (_, reply) -> {
          if (reply instanceof Reply.DefinitionTaken taken) {
            Known known = new Known(taken.queue(), taken.partition());
            if (!acknowledged.queues.contains(known)) {
              acknowledged.queues.add(known);
            }
          }
        });
  }

  private void send(Known known) {
    long delayMillis = random.nextInt(5) == 0 ? random.nextInt(10_000) : 0;
    byte[] content = Long.toString(acknowledged.contents++).getBytes(UTF_8);
    ask(
        known.partition(),
        new Command.SendMessage(known.queue(), delayMillis, Bytes.of(content)),
        (command, reply) -> {
          if (reply instanceof Reply.MessageAccepted accepted) {
            Bytes sent = ((Command.SendMessage) command).content();
            acknowledged.sent.add(new Acknowledged.Sent(known.queue(), accepted.number(), sent));
          }
        });
  }

  private void receive(Known known) {
    long visibilityMillis = random.nextInt(6) == 0 ? 0 : 500 + random.nextInt(8_000);
    ask(
        known.partition(),
        new Command.ReceiveMessages(known.queue(), 1 + random.nextInt(10), visibilityMillis),
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
      agenda.after(random.nextInt(100), this::next);
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
    asked++;
    attempt(asked, 1, partition, command, told);
  }

  private void attempt(
      long request,
      int number,
      PartitionId partition,
      Command command,
      BiConsumer<Command, Reply> told) {
    cluster.ask(
        partition,
        command,
        reply -> {
          told.accept(command, reply);
          if (request == asked) {
            asked++;
            agenda.after(random.nextInt(150), this::next);
          }
        });
    agenda.after(
        PATIENCE_MILLIS,
        () -> {
          if (request == asked && number < ATTEMPTS) {
            attempt(request, number + 1, partition, command, told);
          } else if (request == asked) {
            asked++;
            next();
          }
        });
  }

  private static void nothing(Command command, Reply reply) {}
}
