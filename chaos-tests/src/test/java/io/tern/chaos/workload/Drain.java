package io.tern.chaos.workload;

import io.tern.chaos.history.Delivery;
import io.tern.chaos.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Receives and deletes what is left in the queues of a workload, all at once. Ends when for a full
 * visibility timeout no queue gave anything and all of them count nothing: until then a message may
 * come back, or come from another queue. For {@link Load}.
 */
final class Drain {
  static final long WITHIN_MILLIS = 60_000;
  private static final long SLACK_MILLIS = 500;
  private static final int MESSAGES = 10;

  private final List<LoadQueue> queues;
  private final List<Client> clients;
  private final Setup setup;
  private final long startedNanos = System.nanoTime();

  Drain(List<LoadQueue> queues, Function<String, Client> clients, Setup setup) {
    this.queues = List.copyOf(queues);
    this.clients = queues.stream().map(queue -> clients.apply("drain-" + queue.name())).toList();
    this.setup = setup;
  }

  /** Fails, saying what is left, when it takes too long. */
  void run() {
    long quietNanos =
        TimeUnit.MILLISECONDS.toNanos(
            SLACK_MILLIS
                + 1_000L
                    * queues.stream()
                        .mapToInt(queue -> queue.fact().visibilitySeconds())
                        .max()
                        .orElse(0));
    try (ExecutorService threads = Executors.newFixedThreadPool(queues.size())) {
      long quietSince = System.nanoTime();
      for (boolean quiet = false; !quiet; ) {
        long roundNanos = System.nanoTime();
        if (round(threads)) {
          quietSince = System.nanoTime();
        } else {
          quiet = roundNanos - quietSince > quietNanos && left().isEmpty();
        }
        if (late() && !quiet) {
          throw new IllegalStateException("not drained in time, still there: " + left());
        }
      }
    }
  }

  /** Tells whether any queue gave something, or did not say. */
  private boolean round(ExecutorService threads) {
    List<Future<Boolean>> ends = new ArrayList<>();
    for (int i = 0; i < queues.size(); i++) {
      LoadQueue queue = queues.get(i);
      Client client = clients.get(i);
      ends.add(threads.submit(() -> takeAll(client, queue)));
    }
    boolean any = false;
    try {
      for (Future<Boolean> end : ends) {
        any |= end.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException failure) {
      throw new IllegalStateException("a queue could not be drained", failure.getCause());
    }
    return any;
  }

  private boolean takeAll(Client client, LoadQueue queue) {
    boolean any = false;
    while (!late()) {
      Operation receive = client.sqs().receive(queue, MESSAGES, 1);
      List<Delivery> deliveries = RecordingSqs.deliveries(receive);
      if (receive.isOk() && deliveries.isEmpty()) {
        return any;
      }
      any = true;
      if (!deliveries.isEmpty()) {
        client.sqs().deleteBatch(queue, deliveries);
      }
    }
    return true;
  }

  private List<String> left() {
    List<String> left = new ArrayList<>();
    for (LoadQueue queue : queues) {
      OptionalLong count = setup.count(queue);
      if (count.isEmpty()) {
        left.add(queue.name() + ": not known");
      } else if (count.getAsLong() > 0) {
        left.add(queue.name() + ": " + count.getAsLong());
      }
    }
    return left;
  }

  private boolean late() {
    return System.nanoTime() - startedNanos > TimeUnit.MILLISECONDS.toNanos(WITHIN_MILLIS);
  }
}
