package io.tern.node.raft;

import java.nio.file.Path;

/**
 * The file of the term and the vote is missing or altered, so this replica no longer knows whom it
 * voted for. Thrown by {@link PartitionExam}.
 */
final class VoteLost extends RuntimeException {
  private static final long serialVersionUID = 1;

  VoteLost(Path file, String what) {
    super("Vote file " + file + ": " + what);
  }
}
