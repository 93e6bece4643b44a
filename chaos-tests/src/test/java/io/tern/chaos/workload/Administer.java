package io.tern.chaos.workload;

import io.tern.chaos.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A step that makes, changes, reads and deletes queues and topics of few names, shared by all
 * clients of a workload. Two attributes of a queue are its registers: each value is written once,
 * so that a read tells which write it saw.
 */
final class Administer implements Step {
  /** What a judge of linearizability can still think through, per name. */
  private static final int OPERATIONS_PER_NAME = 3_000;

  private static final String VISIBILITY = "VisibilityTimeout";
  private static final int VISIBILITY_VALUES = 43_200;
  private static final String SIZE = "MaximumMessageSize";
  private static final int LEAST_SIZE = 1_024;

  private final List<String> queues;
  private final List<String> topics;
  private final AtomicInteger values = new AtomicInteger();
  private final AtomicInteger operations = new AtomicInteger();

  Administer(List<String> queues, List<String> topics) {
    this.queues = List.copyOf(queues);
    this.topics = List.copyOf(topics);
  }

  @Override
  public void run(Client client) {
    int names = queues.size() + topics.size();
    int at = client.random().nextInt(names);
    if (operations.incrementAndGet() > OPERATIONS_PER_NAME * names) {
      client.rest();
    } else if (at < queues.size()) {
      queue(client.administration(), queues.get(at), client.random().nextInt(100));
    } else {
      topic(client.administration(), topics.get(at - queues.size()), client.random().nextInt(100));
    }
  }

  /** Reads everything once more. */
  List<Operation> readAll(Client client) {
    List<Operation> reads = new ArrayList<>();
    for (String queue : queues) {
      reads.add(client.administration().getQueueAttribute(queue, VISIBILITY));
      reads.add(client.administration().getQueueAttribute(queue, SIZE));
    }
    topics.forEach(topic -> reads.add(client.administration().getTopic(topic)));
    return reads;
  }

  private void queue(RecordingAdministration calls, String name, int chance) {
    if (chance < 20) {
      int value = nextValue();
      Map<String, String> attributes = new TreeMap<>();
      attributes.put(VISIBILITY, visibility(value));
      attributes.put(SIZE, size(value));
      calls.createQueue(name, attributes);
    } else if (chance < 32) {
      calls.deleteQueue(name);
    } else if (chance < 47) {
      calls.setQueueAttribute(name, VISIBILITY, visibility(nextValue()));
    } else if (chance < 60) {
      calls.setQueueAttribute(name, SIZE, size(nextValue()));
    } else {
      calls.getQueueAttribute(name, chance < 80 ? VISIBILITY : SIZE);
    }
  }

  private static void topic(RecordingAdministration calls, String name, int chance) {
    if (chance < 30) {
      calls.createTopic(name);
    } else if (chance < 55) {
      calls.deleteTopic(name);
    } else {
      calls.getTopic(name);
    }
  }

  /** Begins again after more than any run writes. */
  private int nextValue() {
    return values.incrementAndGet() % VISIBILITY_VALUES;
  }

  private static String visibility(int value) {
    return Integer.toString(value);
  }

  private static String size(int value) {
    return Integer.toString(LEAST_SIZE + value);
  }
}
