package io.tern.chaos.workload;

import java.util.List;

/** FIFO queues with every kind of deduplication, repeated sends, and receivers in order. */
final class FifoWorkload implements LoadedWorkload {
  private static final int SENDERS = 3;
  private static final int RECEIVERS = 3;
  private static final int GROUPS = 5;

  private final Load load;

  FifoWorkload(WorkloadContext context) {
    this.load = new Load("fifo", context);
  }

  @Override
  public Load load() {
    return load;
  }

  @Override
  public void prepare() {
    List<LoadQueue> queues =
        List.of(
            load.queue(load.fifoQueue("explicit").visibility(4)),
            load.queue(load.fifoQueue("content").visibility(4).byContent()),
            load.queue(load.fifoQueue("grouped").visibility(4).byGroup()),
            load.queue(load.fifoQueue("grouped-content").visibility(4).byGroup().byContent()));
    for (int i = 0; i < SENDERS; i++) {
      load.client("send-" + i, new SendInOrder(queues, GROUPS, Send::small));
    }
    for (int i = 0; i < RECEIVERS; i++) {
      load.client("receive-" + i, new ReceiveAndDelete(queues, 2, 10));
    }
  }
}
