package io.tern.chaos.workload;

import java.util.List;

/**
 * Messages that die: they are received and mostly left until they are in the dead-letter queue,
 * which is read, and moved back now and then.
 */
final class DeadLetterWorkload implements LoadedWorkload {
  private static final int RECEIVERS = 3;
  private static final int GROUPS = 8;
  private static final int LEAVE_PERCENT = 80;

  private final Load load;

  DeadLetterWorkload(WorkloadContext context) {
    this.load = new Load("dead-letter", context);
  }

  @Override
  public Load load() {
    return load;
  }

  @Override
  public void prepare() {
    LoadQueue dead = load.queue(load.standardQueue("dead").visibility(3));
    LoadQueue fifoDead = load.queue(load.fifoQueue("dead").visibility(3));
    LoadQueue source = load.queue(load.standardQueue("source").visibility(2).deadLetters(dead, 2));
    LoadQueue fifoSource =
        load.queue(load.fifoQueue("source").visibility(2).deadLetters(fifoDead, 3));
    load.client("send-0", new Send(List.of(source), Send::small));
    load.client("send-fifo-0", new SendInOrder(List.of(fifoSource), GROUPS, Send::small));
    for (int i = 0; i < RECEIVERS; i++) {
      load.client(
          "receive-" + i, new ReceiveAndDelete(List.of(source, fifoSource), 1, LEAVE_PERCENT));
    }
    List<LoadQueue> deadLetters = List.of(dead, fifoDead);
    load.client(
        "dead-0",
        new Choice(
            new Choice.Option(20, new ReceiveAndDelete(deadLetters, 1, 25)),
            new Choice.Option(2, c -> c.sqs().startMove(c.oneOf(deadLetters)))));
  }
}
