package io.tern.node.raft;

import io.tern.disk.DamagedCheckpoint;
import io.tern.disk.DiskFault;
import io.tern.disk.StorageFailure;
import io.tern.state.PartitionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.ratis.protocol.RaftPeer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all files of a partition before Ratis does, and opens the replica if they are sound: its
 * vote, its checkpoints, its log. Asked by {@link RaftNode} at start and after healing.
 */
final class PartitionExam {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionExam.class);

  /** What came of it. */
  sealed interface Finding {

    /** Ready for Ratis. */
    record Sound(Replica replica) implements Finding {}

    /** Must not take part; the message of the reason names file and place. */
    record Damaged(RuntimeException reason) implements Finding {}
  }

  /** Makes a replica from its folder. */
  @FunctionalInterface
  interface Opening {
    Replica open(PartitionId partition, Path folder);
  }

  private final RaftSettings settings;
  private final Set<RaftPeer> members;
  private final Opening opening;
  private final LogDoctor doctor = new LogDoctor(RaftSettings.APPEND_BYTES);

  PartitionExam(RaftSettings settings, List<RaftPeer> members, Opening opening) {
    this.settings = settings;
    this.members = Set.copyOf(members);
    this.opening = opening;
  }

  /** Examines and opens. Changes nothing that is not understood. */
  Finding examine(PartitionId partition) throws IOException {
    PartitionMarks marks = new PartitionMarks(settings.partitionFolder(partition.number()));
    Optional<String> unfinished = marks.find(PartitionMarks.Mark.HEALING);
    if (unfinished.isPresent()) {
      String told = String.join(": ", unfinished.get().lines().toList());
      return new Finding.Damaged(
          new IllegalStateException(
              told.isEmpty()
                  ? "it was marked to be healed"
                  : "its healing was interrupted (" + told + ")"));
    }
    try {
      Replica replica = open(partition);
      if (marks.find(PartitionMarks.Mark.SUSPECT).isPresent()) {
        LOG.warn("Partition {} was suspect; all its files are sound", partition.number());
        marks.clear(PartitionMarks.Mark.SUSPECT);
      }
      return new Finding.Sound(replica);
    } catch (LogDamaged | DamagedCheckpoint | VoteLost damaged) {
      return new Finding.Damaged(damaged);
    } catch (StorageFailure failure) {
      if (DiskFault.of(failure).orElse(null) == DiskFault.DAMAGED) {
        return new Finding.Damaged(failure);
      }
      throw failure;
    }
  }

  private Replica open(PartitionId partition) throws IOException {
    Path current = settings.logFolder(partition);
    Replica replica = opening.open(partition, settings.partitionFolder(partition.number()));
    try {
      boolean hasLog = LogDoctor.hasSegments(current);
      checkVote(new VoteFile(current), hasLog || replica.hasCheckpoints());
      if (!hasLog && replica.newestCheckpoint().isNone() && replica.hasCheckpoints()) {
        throw new LogDamaged(current, 0, 0, "there is no log, and no checkpoint is sound");
      }
      doctor.examine(current, replica.newestCheckpoint().index());
      MembersFile.check(current, members);
      return replica;
    } catch (RuntimeException | IOException failure) {
      replica.closeStore();
      throw failure;
    }
  }

  private static void checkVote(VoteFile vote, boolean partitionIsOld) {
    if (vote.exists()) {
      vote.damage()
          .ifPresent(damage -> {
            throw new VoteLost(vote.path(), damage);
          });
    } else if (partitionIsOld) {
      throw new VoteLost(vote.path(), "it is missing");
    }
  }
}
