package io.tern.chaos.workload;

import io.tern.chaos.history.QueueFact;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * What every workload is made of: queues, topics, clients that repeat a step, and the drain. A
 * workload says which.
 */
final class Load {
  private final String workload;
  private final WorkloadContext context;
  private final List<NodeClients> nodes;
  private final Pace pace;
  private final Workers workers = new Workers();
  private final Setup setup;
  private final List<LoadQueue> queues = new ArrayList<>();

  Load(String workload, WorkloadContext context) {
    this.workload = workload;
    this.context = context;
    this.nodes =
        context.endpoints().entrySet().stream()
            .map(node -> NodeClients.of(node.getKey(), node.getValue()))
            .toList();
    this.pace = new Pace(context.operationsPerSecond());
    this.setup = new Setup(workload, context.recorder(), nodes);
  }

  String workload() {
    return workload;
  }

  /** A name that no other run on the same cluster has. */
  String name(String suffix) {
    return workload
        + "-"
        + Long.toUnsignedString(context.seed(), Character.MAX_RADIX)
        + "-"
        + suffix;
  }

  QueuePlan standardQueue(String suffix) {
    return QueuePlan.standard(workload, name(suffix));
  }

  QueuePlan fifoQueue(String suffix) {
    return QueuePlan.fifo(workload, name(suffix) + ".fifo");
  }

  /** Makes a queue, tells the recorder of it, and drains it in the end. */
  LoadQueue queue(QueuePlan plan) {
    QueueFact fact = plan.fact();
    LoadQueue queue = setup.createQueue(fact);
    queues.add(queue);
    return queue;
  }

  LoadTopic topic(String suffix) {
    return setup.createTopic(name(suffix), false);
  }

  LoadTopic fifoTopic(String suffix) {
    return setup.createTopic(name(suffix) + ".fifo", true);
  }

  LoadQueue subscribe(LoadTopic topic, LoadQueue queue, Subscribing how) {
    setup.subscribe(topic, queue, how);
    return queue;
  }

  /** One more client; it repeats the step from start to stop. */
  void client(String suffix, Step step) {
    Client client = newClient(suffix, pace);
    workers.add(workload + "-" + suffix, () -> step.run(client));
  }

  void start() {
    workers.start();
  }

  void stop() {
    workers.stop();
  }

  /** Empties all queues. */
  void drain() {
    try {
      new Drain(queues, suffix -> newClient(suffix, Pace.unlimited()), setup).run();
    } finally {
      close();
    }
  }

  /** For a workload that has something else to do after the faults. */
  Client lastClient(String suffix) {
    return newClient(suffix, Pace.unlimited());
  }

  /** When the last call was made. */
  void close() {
    nodes.forEach(NodeClients::close);
  }

  /** The chance of a client. Neighbours in seed or name have nothing in common. */
  static Random random(long seed, String client) {
    return new Random(new SplittableRandom(seed ^ ((long) client.hashCode() << 32)).nextLong());
  }

  private Client newClient(String suffix, Pace itsPace) {
    String client = workload + "-" + suffix;
    Random random = random(context.seed(), client);
    ClientCalls calls =
        new ClientCalls(context.recorder(), workload, client, nodes, itsPace, random);
    return new Client(client, random, calls, workers::stopped);
  }
}
