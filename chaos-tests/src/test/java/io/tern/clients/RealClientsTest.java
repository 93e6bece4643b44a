package io.tern.clients;

import java.net.URI;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Each client does half of its main job, the leader is killed with kill -9, and the client does the
 * rest while the other two nodes go on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealClientsTest {
  private final ClientCluster cluster = ClientCluster.start();

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void jms() throws Exception {
    run(JmsJob::standard);
  }

  @Test
  void jmsOnFifo() throws Exception {
    run(JmsJob::fifo);
  }

  @Test
  void extendedClient() throws Exception {
    run(ExtendedClientJob::new);
  }

  @Test
  void temporaryQueues() throws Exception {
    run(TemporaryQueuesJob::new);
  }

  @Test
  void springListenerContainer() throws Exception {
    run(SpringJob::standard);
  }

  @Test
  void springListenerContainerOnFifo() throws Exception {
    run(SpringJob::fifo);
  }

  @Test
  void springTopicTemplateOnFifo() throws Exception {
    run(SpringTopicJob::new);
  }

  @Test
  void sqsConsumerOnNode() throws Exception {
    run(ScriptJob::sqsConsumer);
  }

  @Test
  void celery() throws Exception {
    run(ScriptJob::celery);
  }

  private void run(Function<URI, ClientJob> client) throws Exception {
    cluster.heal();
    try (ClientJob job = client.apply(cluster.endpoint())) {
      job.firstHalf();
      cluster.killLeader();
      job.secondHalf();
      // While the client ends: some take their time.
      cluster.restart();
    }
  }
}
