package io.tern.chaos.workload;

import java.util.List;

/** Everything that the others do and purges too, by each client in turn, on names of its own. */
final class MixedWorkload implements LoadedWorkload {
  private static final int CLIENTS = 6;
  private static final int GROUPS = 5;

  private final Load load;

  MixedWorkload(WorkloadContext context) {
    this.load = new Load("mixed", context);
  }

  @Override
  public Load load() {
    return load;
  }

  @Override
  public void prepare() {
    LoadQueue dead = load.queue(load.standardQueue("dead").visibility(3));
    LoadQueue purged = load.queue(load.standardQueue("purged").visibility(3));
    LoadQueue delayed = load.queue(load.standardQueue("delayed").visibility(3).delay(2));
    LoadQueue dying = load.queue(load.standardQueue("dying").visibility(2).deadLetters(dead, 3));
    LoadQueue fifo = load.queue(load.fifoQueue("ordered").visibility(3));
    LoadTopic topic = load.topic("topic");
    LoadTopic fifoTopic = load.fifoTopic("topic");
    LoadQueue raw = subscribed(topic, "raw", new Subscribing(true, null));
    LoadQueue filtered =
        subscribed(topic, "filtered", new Subscribing(false, "{\"kind\":[\"order\"]}"));
    LoadQueue ordered =
        load.subscribe(
            fifoTopic,
            load.queue(load.fifoQueue("published").visibility(3)),
            Subscribing.toAll(true));
    List<LoadQueue> all = List.of(dead, purged, delayed, dying, fifo, raw, filtered, ordered);
    Administer administer = new Administer(List.of(load.name("a0")), List.of(load.name("a1")));
    for (int i = 0; i < CLIENTS; i++) {
      load.client(
          "client-" + i,
          new Choice(
              new Choice.Option(
                  120, new Send(List.of(purged, delayed, dying), DelaysWorkload::message)),
              new Choice.Option(60, new SendInOrder(List.of(fifo), GROUPS, Send::small)),
              new Choice.Option(40, new Send(List.of(topic), FanOutWorkload::message)),
              new Choice.Option(
                  30, new SendInOrder(List.of(fifoTopic), GROUPS, FanOutWorkload::message)),
              new Choice.Option(400, new ReceiveAndDelete(all, 1, 15)),
              new Choice.Option(60, new ReceiveAndHold(List.of(purged, dying, fifo, raw))),
              new Choice.Option(100, administer),
              new Choice.Option(15, c -> c.sqs().startMove(dead)),
              new Choice.Option(10, c -> c.sqs().purge(purged))));
    }
  }

  private LoadQueue subscribed(LoadTopic topic, String suffix, Subscribing how) {
    return load.subscribe(topic, load.queue(load.standardQueue(suffix).visibility(3)), how);
  }
}
