package io.tern.chaos;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Load from three SDKs on a cluster, and the ledger over it. The kill tests drive it. */
final class FaultRun implements AutoCloseable {
  private static final Duration SENDS_AGAIN_WITHIN = Duration.ofSeconds(60);
  private static final int JAVA_THREADS = 3;
  private static final long PAUSE_MILLIS = 20;
  private static final int MAX_PAD_BYTES = 500;
  private static final long ENOUGH_SENDS = 15;

  private final Ledger ledger = new Ledger();
  private final SendGaps gaps = new SendGaps();
  private final List<LoadClient> clients = new ArrayList<>();
  private final Receiver receiver;

  private FaultRun(List<String> queues, List<URI> endpoints) {
    receiver = Receiver.start(queues, endpoints, ledger);
    clients.add(
        JavaLoad.start(
            new JavaLoad.Plan("java", JAVA_THREADS, queues.get(0), PAUSE_MILLIS, MAX_PAD_BYTES),
            endpoints,
            ledger));
    clients.add(ScriptLoad.javaScript(queues.get(1), PAUSE_MILLIS, endpoints, ledger));
    clients.add(ScriptLoad.python(queues.get(2), PAUSE_MILLIS, endpoints, ledger));
  }

  /** One queue per client, so that the queues may live in different partitions. */
  static FaultRun start(TernCluster cluster) {
    List<String> queues = List.of("load-java", "load-js", "load-py");
    try (SqsClient sqs = SdkClient.of(cluster.endpoints().getFirst())) {
      for (String queue : queues) {
        sqs.createQueue(r ->
            r.queueName(queue)
                // Short, so that what a killed receiver held is soon received again.
                .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "5")));
      }
    }
    FaultRun run = new FaultRun(queues, cluster.endpoints());
    run.awaitSends();
    return run;
  }

  /** Waits until every client has had some more successful sends. */
  void awaitSends() {
    for (LoadClient client : clients) {
      long wanted = ledger.acknowledgedBy(client.name()) + ENOUGH_SENDS;
      await(client.name() + " sends")
          .atMost(SENDS_AGAIN_WITHIN)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> ledger.acknowledgedBy(client.name()) >= wanted);
    }
  }

  void kill(NodeProcess node) {
    gaps.killed(node.address().nodeId());
    node.kill();
  }

  /** Ends the load, drains the queues, prints the gaps and judges. */
  void finish(String title) {
    String report = gaps.report(ledger, clients.stream().map(LoadClient::name).toList());
    clients.forEach(LoadClient::close);
    receiver.drain();
    System.out.println(
        "%s: %d acknowledged, %d received%n%s"
            .formatted(title, ledger.acknowledgedCount(), ledger.receivedCount(), report));
    ledger.judge();
  }

  @Override
  public void close() {
    clients.forEach(LoadClient::close);
    receiver.close();
  }
}
