package io.tern.node.api;

import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.catalogue.QueueDefinition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Queues that tests send to and receive from. */
final class Queues {
  static final String ACCOUNT = "000000000000";

  private Queues() {}

  static QueueDefinition standard(Map<String, String> attributes) {
    return queue("orders", attributes);
  }

  static QueueDefinition fifo(Map<String, String> attributes) {
    Map<String, String> all = new TreeMap<>(attributes);
    all.put("FifoQueue", "true");
    return queue("orders.fifo", all);
  }

  private static QueueDefinition queue(String name, Map<String, String> attributes) {
    return new QueueDefinition(
        new QueueId(7),
        new QueueName(ACCOUNT, name),
        1,
        List.of(new PartitionId(1)),
        new TreeMap<>(attributes),
        new TreeMap<>(),
        0,
        0);
  }
}
