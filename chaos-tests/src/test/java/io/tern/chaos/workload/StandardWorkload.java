package io.tern.chaos.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Standard queues in several partitions: messages of every size, alone and in batches. */
final class StandardWorkload implements LoadedWorkload {
  private static final int QUEUES = 4;
  private static final int SENDERS = 3;
  private static final int RECEIVERS = 4;
  private static final int SHORT_PERCENT = 5;
  private static final int LONG_PERCENT = 5;
  private static final int LONG_BYTES = 65_536;
  private static final int ATTRIBUTES_PERCENT = 30;

  /** One message of so many is longer than a quarter of what is allowed. */
  private static final int LONGEST_ONE_OF = 200;

  private static final int LEAST_LONGEST_BYTES = 262_144;
  private static final int LONGEST_BYTES = 1_048_576;

  private final Load load;
  private final Bodies.Shortest shortest = new Bodies.Shortest();

  StandardWorkload(WorkloadContext context) {
    this.load = new Load("standard", context);
  }

  @Override
  public Load load() {
    return load;
  }

  @Override
  public void prepare() {
    List<LoadQueue> queues = new ArrayList<>();
    for (int i = 0; i < QUEUES; i++) {
      queues.add(load.queue(load.standardQueue("q" + i)));
    }
    for (int i = 0; i < SENDERS; i++) {
      load.client("send-" + i, new Send(queues, this::message));
    }
    for (int i = 0; i < RECEIVERS; i++) {
      load.client("receive-" + i, new ReceiveAndDelete(queues, 2, 4));
    }
  }

  private Outgoing message(Client client, Destination queue) {
    if (client.happens(SHORT_PERCENT)) {
      return Outgoing.of(shortest.next());
    }
    if (client.random().nextInt(LONGEST_ONE_OF) == 0) {
      return ofBytes(
          client, queue, client.random().nextInt(LEAST_LONGEST_BYTES, LONGEST_BYTES + 1));
    }
    if (client.happens(LONG_PERCENT)) {
      return ofBytes(client, queue, LONG_BYTES);
    }
    Outgoing small = Send.small(client, queue);
    return client.happens(ATTRIBUTES_PERCENT)
        ? small.with(
            Map.of(
                "key",
                small.body().substring(0, small.body().indexOf(":" + queue.name())),
                "bytes",
                Integer.toString(Bodies.bytes(small.body()))))
        : small;
  }

  private static Outgoing ofBytes(Client client, Destination queue, int bytes) {
    return Outgoing.of(Bodies.create(client.nextKey(), queue.name(), bytes, client.random()));
  }
}
