package io.tern.chaos.workload;

import java.util.ArrayList;
import java.util.List;

/** One FIFO topic with FIFO queues; what is not acknowledged is published again, the same. */
final class FifoTopicWorkload implements LoadedWorkload {
  private static final int PUBLISHERS = 2;
  private static final int RECEIVERS = 5;
  private static final int GROUPS = 6;

  private static final List<Subscribing> SUBSCRIPTIONS =
      List.of(
          Subscribing.toAll(true),
          Subscribing.toAll(false),
          new Subscribing(true, "{\"kind\":[\"order\"]}"),
          Subscribing.toAll(true),
          new Subscribing(false, "{\"price\":[{\"numeric\":[\">=\",100]}]}"));

  private final Load load;

  FifoTopicWorkload(WorkloadContext context) {
    this.load = new Load("fifo-topic", context);
  }

  @Override
  public Load load() {
    return load;
  }

  @Override
  public void prepare() {
    LoadTopic topic = load.fifoTopic("topic");
    List<LoadQueue> queues = new ArrayList<>();
    for (Subscribing how : SUBSCRIPTIONS) {
      LoadQueue queue = load.queue(load.fifoQueue("q" + queues.size()).visibility(4));
      queues.add(load.subscribe(topic, queue, how));
    }
    for (int i = 0; i < PUBLISHERS; i++) {
      load.client("publish-" + i, new SendInOrder(List.of(topic), GROUPS, FanOutWorkload::message));
    }
    for (int i = 0; i < RECEIVERS; i++) {
      load.client("receive-" + i, new ReceiveAndDelete(queues, 1, 8));
    }
  }
}
