package io.tern.chaos.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One topic with ten queues over the partitions, with filters and without, raw and in envelopes.
 * What a queue without raw delivery got is in the history with its envelope. The attribute {@code
 * price} is a Number, {@code kind} and {@code colour} are Strings; each may be absent.
 */
final class FanOutWorkload implements LoadedWorkload {
  private static final int PUBLISHERS = 1;
  private static final int RECEIVERS = 6;
  private static final int MAX_PRICE = 200;

  private static final List<Subscribing> SUBSCRIPTIONS =
      List.of(
          Subscribing.toAll(true),
          Subscribing.toAll(false),
          new Subscribing(true, "{\"kind\":[\"order\"]}"),
          new Subscribing(false, "{\"kind\":[\"order\",\"refund\"]}"),
          new Subscribing(true, "{\"kind\":[{\"prefix\":\"re\"}]}"),
          new Subscribing(true, "{\"kind\":[{\"anything-but\":[\"order\"]}]}"),
          new Subscribing(true, "{\"price\":[{\"numeric\":[\">=\",100]}]}"),
          new Subscribing(
              false, "{\"kind\":[\"order\",\"return\"],\"price\":[{\"numeric\":[\"<\",50]}]}"),
          new Subscribing(false, "{\"colour\":[{\"exists\":true}]}"),
          new Subscribing(true, "{\"colour\":[{\"exists\":false}]}"));

  private final Load load;

  FanOutWorkload(WorkloadContext context) {
    this.load = new Load("fan-out", context);
  }

  @Override
  public Load load() {
    return load;
  }

  @Override
  public void prepare() {
    LoadTopic topic = load.topic("topic");
    List<LoadQueue> queues = new ArrayList<>();
    for (Subscribing how : SUBSCRIPTIONS) {
      LoadQueue queue = load.queue(load.standardQueue("q" + queues.size()).visibility(4));
      queues.add(load.subscribe(topic, queue, how));
    }
    for (int i = 0; i < PUBLISHERS; i++) {
      load.client("publish-" + i, new Send(List.of(topic), FanOutWorkload::message));
    }
    for (int i = 0; i < RECEIVERS; i++) {
      load.client("receive-" + i, new ReceiveAndDelete(queues, 1, 3));
    }
  }

  /** With attributes that the filters of {@link #SUBSCRIPTIONS} look at. */
  static Outgoing message(Client client, Destination topic) {
    Map<String, String> attributes = new TreeMap<>();
    if (client.happens(90)) {
      attributes.put("kind", client.oneOf(List.of("order", "refund", "return", "invoice")));
    }
    if (client.happens(50)) {
      attributes.put("colour", client.oneOf(List.of("red", "green", "blue")));
    }
    if (client.happens(60)) {
      attributes.put("price", Integer.toString(client.random().nextInt(MAX_PRICE)));
    }
    return Send.small(client, topic).with(attributes);
  }
}
