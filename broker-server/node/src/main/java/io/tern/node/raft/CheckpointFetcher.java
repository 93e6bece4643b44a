package io.tern.node.raft;

import io.tern.state.PartitionId;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Brings a checkpoint from another node. Replication asks, the peer calls answer. */
public interface CheckpointFetcher {

  /**
   * Fetches the newest checkpoint of a partition.
   *
   * @param leader the node that has it; it gives it out by {@link RaftNode#pinCheckpoint}
   * @param into an empty folder; the checkpoint becomes a folder in it, named as at the leader
   * @return that folder, when all its files are there; making them durable is left to replication
   */
  CompletableFuture<Path> fetch(PartitionId partition, String leader, Path into);

  /**
   * Asks a node where its replica stands. If it leads, it first commits an entry and makes a
   * checkpoint that holds it: what it then has is all that was acknowledged before the question.
   */
  CompletableFuture<Standing> prepare(PartitionId partition, String node);
}
