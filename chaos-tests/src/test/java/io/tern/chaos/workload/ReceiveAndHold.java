package io.tern.chaos.workload;

import io.tern.chaos.history.Delivery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * A step of one client that receives and then does with messages what visibility timeouts are for:
 * extends them, gives them back, lets them expire, and deletes some when it is too late.
 */
final class ReceiveAndHold implements Step {
  private static final int MESSAGES = 10;
  private static final int OWN_VISIBILITY_PERCENT = 60;
  private static final int BATCH_PERCENT = 50;
  private static final int LEAST_SECONDS = 2;
  private static final int MOST_SECONDS = 5;
  private static final int MAX_HELD = 100;

  private enum Then {
    EXTEND,
    DELETE
  }

  /** What is still to be done with a message, and when. */
  private record Held(LoadQueue queue, Delivery delivery, Then then, long dueNanos) {}

  private final List<LoadQueue> queues;
  private final PriorityQueue<Held> held =
      new PriorityQueue<>(Comparator.comparingLong(Held::dueNanos));

  ReceiveAndHold(List<LoadQueue> queues) {
    this.queues = List.copyOf(queues);
  }

  @Override
  public void run(Client client) {
    doWhatIsDue(client);
    if (held.size() > MAX_HELD || client.stopped()) {
      return;
    }
    LoadQueue queue = client.oneOf(queues);
    int visibilitySeconds =
        client.happens(OWN_VISIBILITY_PERCENT) ? queue.fact().visibilitySeconds() : seconds(client);
    // Not long, since messages are held meanwhile.
    int waitSeconds = held.isEmpty() ? client.random().nextInt(2) : 0;
    List<Delivery> received =
        RecordingSqs.deliveries(
            client.sqs().receive(queue, MESSAGES, waitSeconds, visibilitySeconds));
    List<Delivery> toExtend = new ArrayList<>();
    for (Delivery delivery : received) {
      if (client.stopped()) {
        return;
      }
      int chance = client.random().nextInt(100);
      if (chance < 45) {
        client.sqs().delete(queue, delivery);
      } else if (chance < 70) {
        toExtend.add(delivery);
      } else if (chance < 80) {
        client.sqs().changeVisibility(queue, delivery, 0);
      } else if (chance < 90) {
        hold(queue, delivery, Then.DELETE, visibilitySeconds * 1_000L + 1_500);
      }
      // The others expire.
    }
    extend(client, queue, toExtend);
  }

  private void extend(Client client, LoadQueue queue, List<Delivery> deliveries) {
    int seconds = seconds(client);
    if (deliveries.size() > 1 && client.happens(BATCH_PERCENT)) {
      client.sqs().changeVisibilityBatch(queue, deliveries, seconds);
    } else {
      for (Delivery delivery : deliveries) {
        if (client.stopped()) {
          return;
        }
        client.sqs().changeVisibility(queue, delivery, seconds);
      }
    }
    for (Delivery delivery : deliveries) {
      Then then = client.happens(30) ? Then.EXTEND : Then.DELETE;
      hold(queue, delivery, then, seconds * 600L);
    }
  }

  private void doWhatIsDue(Client client) {
    for (Held next = held.peek();
        next != null && next.dueNanos() - System.nanoTime() <= 0 && !client.stopped();
        next = held.peek()) {
      held.remove();
      switch (next.then()) {
        case DELETE -> client.sqs().delete(next.queue(), next.delivery());
        case EXTEND -> {
          int seconds = seconds(client);
          client.sqs().changeVisibility(next.queue(), next.delivery(), seconds);
          hold(next.queue(), next.delivery(), Then.DELETE, seconds * 600L);
        }
      }
    }
  }

  private void hold(LoadQueue queue, Delivery delivery, Then then, long millis) {
    held.add(
        new Held(queue, delivery, then, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis)));
  }

  private static int seconds(Client client) {
    return client.random().nextInt(LEAST_SECONDS, MOST_SECONDS + 1);
  }
}
