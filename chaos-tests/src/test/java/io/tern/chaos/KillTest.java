package io.tern.chaos;

import org.junit.jupiter.api.Test;

/**
 * kill -9 under load from three SDKs: every acknowledged message is received, none is invented,
 * none altered. The number of kills is -Dtern.chaos.kills.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("tern.chaos.kills", 10);

  @Test
  void eachOfThreeNodesInTurn() {
    try (TernCluster cluster = TernCluster.start(ClusterSpec.ofNodes("kill-three", 3).relaxed());
        FaultRun run = FaultRun.start(cluster)) {
      for (int i = 0; i < KILLS; i++) {
        NodeProcess node = cluster.node(i % cluster.nodes().size());
        run.kill(node);
        run.awaitSends();
        node.start();
        node.awaitReady();
        run.awaitSends();
      }
      run.finish("three nodes");
    }
  }

  @Test
  void theOnlyNode() {
    try (TernCluster cluster = TernCluster.start(ClusterSpec.ofNodes("kill-one", 1).relaxed());
        FaultRun run = FaultRun.start(cluster)) {
      for (int i = 0; i < KILLS; i++) {
        NodeProcess node = cluster.node(0);
        run.kill(node);
        node.start();
        node.awaitReady();
        run.awaitSends();
      }
      run.finish("one node");
    }
  }
}
