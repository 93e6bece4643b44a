package io.tern.chaos.workload;

import java.util.List;

/** Short visibility timeouts, extended, given back, expired, and receipts used too late. */
final class VisibilityWorkload implements LoadedWorkload {
  private static final int RECEIVERS = 5;
  private static final int GROUPS = 10;

  private final Load load;

  VisibilityWorkload(WorkloadContext context) {
    this.load = new Load("visibility", context);
  }

  @Override
  public Load load() {
    return load;
  }

  @Override
  public void prepare() {
    List<LoadQueue> standard =
        List.of(
            load.queue(load.standardQueue("two").visibility(2)),
            load.queue(load.standardQueue("three").visibility(3)),
            load.queue(load.standardQueue("five").visibility(5)));
    LoadQueue fifo = load.queue(load.fifoQueue("four").visibility(4));
    load.client("send-0", new Send(standard, Send::small));
    load.client("send-fifo-0", new SendInOrder(List.of(fifo), GROUPS, Send::small));
    List<LoadQueue> all = List.of(standard.get(0), standard.get(1), standard.get(2), fifo);
    for (int i = 0; i < RECEIVERS; i++) {
      load.client("receive-" + i, new ReceiveAndHold(all));
    }
  }
}
