package io.tern.node.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaftNodeTest {
  @TempDir Path folder;

  @Test
  void a_node_alone_applies_and_remembers() throws Exception {
    try (TestCluster cluster = TestCluster.of(folder, 1).startAll()) {
      TestNode node = cluster.leader();
      node.installQueue().get(10, TimeUnit.SECONDS);
      for (int i = 1; i <= 100; i++) {
        assertThat(node.send(new byte[100]).get(10, TimeUnit.SECONDS).replies())
            .containsExactly(new Reply.MessageAccepted(i));
      }
      long hash = node.hash();
      cluster.stop(node);

      TestNode again = cluster.start("n0");
      TestCluster.until(again::leads);
      assertThat(again.hash()).isEqualTo(hash);
      assertThat(again.fatal).isEmpty();
    }
  }

  @Test
  void three_nodes_agree_and_a_barrier_reads_at_each() throws Exception {
    try (TestCluster cluster = TestCluster.of(folder, 3).startAll()) {
      TestNode leader = cluster.leader();
      leader.installQueue().get(10, TimeUnit.SECONDS);
      for (int i = 0; i < 50; i++) {
        leader.send(new byte[100]).get(10, TimeUnit.SECONDS);
        for (TestNode node : List.copyOf(cluster.nodes())) {
          long before = leader.applied();
          node.raft().barrier(TestNode.PARTITION).get(10, TimeUnit.SECONDS);
          assertThat(node.applied()).isGreaterThanOrEqualTo(before);
        }
      }
      cluster.untilEqual();
      assertThat(cluster.nodes()).allSatisfy(node -> assertThat(node.fatal).isEmpty());
    }
  }
}
