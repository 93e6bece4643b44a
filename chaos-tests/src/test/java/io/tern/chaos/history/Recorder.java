package io.tern.chaos.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Takes the operations of all clients of a run, from any thread. Workloads and nemeses fill it. */
public final class Recorder {
  /** A longer history would be a longer run: end it and begin the next seed. */
  private static final int MAX_OPERATIONS = 5_000_000;

  private final AtomicLong ids = new AtomicLong();
  private final AtomicInteger count = new AtomicInteger();
  private final ConcurrentLinkedQueue<Operation> operations = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<QueueFact> queues = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<SubscriptionFact> subscriptions =
      new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<FaultEvent> faults = new ConcurrentLinkedQueue<>();

  /** A call that has begun and not ended. */
  public final class Begun {
    private final long id = ids.incrementAndGet();
    private final long invokedNanos = System.nanoTime();
    private final String workload;
    private final String client;
    private final String node;

    private Begun(String workload, String client, String node) {
      this.workload = workload;
      this.client = client;
      this.node = node;
    }

    public Operation ok(Call call, Answer answer) {
      return end(Outcome.OK, null, call, answer);
    }

    public Operation notOk(Outcome outcome, String error, Call call) {
      return end(outcome, error, call, new Answer.Nothing());
    }

    private Operation end(Outcome outcome, @Nullable String error, Call call, Answer answer) {
      Operation operation =
          new Operation(
              id,
              workload,
              client,
              node,
              invokedNanos,
              System.nanoTime(),
              outcome,
              error,
              call,
              answer);
      if (count.incrementAndGet() > MAX_OPERATIONS) {
        throw new IllegalStateException("more than " + MAX_OPERATIONS + " operations");
      }
      operations.add(operation);
      return operation;
    }
  }

  /** To be called just before the request is sent. */
  public Begun begin(String workload, String client, String node) {
    return new Begun(workload, client, node);
  }

  public void queue(QueueFact queue) {
    queues.add(queue);
  }

  public void subscription(SubscriptionFact subscription) {
    subscriptions.add(subscription);
  }

  public void fault(FaultEvent fault) {
    faults.add(fault);
  }

  /** Everything that has ended so far. */
  public History history() {
    List<Operation> sorted = new ArrayList<>(operations);
    sorted.sort(Comparator.comparingLong(Operation::id));
    return new History(
        sorted, List.copyOf(queues), List.copyOf(subscriptions), List.copyOf(faults));
  }
}
