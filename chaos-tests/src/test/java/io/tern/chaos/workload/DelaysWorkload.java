package io.tern.chaos.workload;

import java.util.List;

/** Delays of messages and of queues up to eight seconds, and receivers with long polls. */
final class DelaysWorkload implements LoadedWorkload {
  private static final int SENDERS = 2;
  private static final int RECEIVERS = 5;
  private static final int GROUPS = 5;
  private static final int MAX_DELAY_SECONDS = 8;
  private static final int OWN_DELAY_PERCENT = 50;

  private final Load load;

  DelaysWorkload(WorkloadContext context) {
    this.load = new Load("delays", context);
  }

  @Override
  public Load load() {
    return load;
  }

  @Override
  public void prepare() {
    List<LoadQueue> standard =
        List.of(
            load.queue(load.standardQueue("none").visibility(4)),
            load.queue(load.standardQueue("three").visibility(4).delay(3)),
            load.queue(load.standardQueue("six").visibility(4).delay(6)));
    LoadQueue fifo = load.queue(load.fifoQueue("two").visibility(4).delay(2));
    for (int i = 0; i < SENDERS; i++) {
      load.client(
          "send-" + i,
          new Choice(
              new Choice.Option(3, new Send(standard, DelaysWorkload::message)),
              // Messages of a FIFO queue have the queue's delay only.
              new Choice.Option(1, new SendInOrder(List.of(fifo), GROUPS, Send::small))));
    }
    List<LoadQueue> all = List.of(standard.get(0), standard.get(1), standard.get(2), fifo);
    for (int i = 0; i < RECEIVERS; i++) {
      load.client("receive-" + i, new ReceiveAndDelete(all, NodeClients.MAX_WAIT_SECONDS, 4));
    }
  }

  /** Never with a delay of 0, which would be told from none on the wire only. */
  static Outgoing message(Client client, Destination queue) {
    Outgoing message = Send.small(client, queue);
    return client.happens(OWN_DELAY_PERCENT)
        ? message.delayed(client.random().nextInt(1, MAX_DELAY_SECONDS + 1))
        : message;
  }
}
