package io.tern.node.raft;

import io.tern.state.PartitionId;
import io.tern.state.limits.Limits;
import java.nio.file.Path;

/**
 * What may be set about replication, checked at start. The configuration makes it, {@link RaftNode}
 * takes it.
 *
 * @param data the node's data folder; below it lie {@code raft/} and {@code partitions/<n>/}
 * @param logMemoryBytes what all partitions of this node together may use for log buffers and for
 *     entries kept in memory
 * @param electionMinMillis a follower that heard nothing for so long at least stands for election
 * @param electionMaxMillis and for so long at most
 * @param firstElectionMinMillis the same before the first election after a start
 * @param firstElectionMaxMillis the same before the first election after a start
 * @param snapshotLogBytes a checkpoint is taken when the log grew by this much
 * @param snapshotIntervalMillis and when it grew at all in this time
 */
public record RaftSettings(
    Path data,
    long logMemoryBytes,
    int electionMinMillis,
    int electionMaxMillis,
    int firstElectionMinMillis,
    int firstElectionMaxMillis,
    long snapshotLogBytes,
    long snapshotIntervalMillis) {

  private static final long MEBIBYTE = 1024 * 1024;

  /** Closed segments whose entries stay in memory; the open one always does. */
  static final int CACHED_SEGMENTS = 1;

  private static final long LARGEST_SEGMENT_BYTES = 16 * MEBIBYTE;
  private static final long SMALLEST_SEGMENT_BYTES = 4 * MEBIBYTE;

  /**
   * Ratis refuses a larger entry and deposes the leader. An entry of ours is at most {@link
   * Limits#ENTRY_BYTES}, and Ratis adds less than the difference.
   */
  static final int APPEND_BYTES = (int) (3 * MEBIBYTE);

  /** What Ratis adds to an entry: term, index, client and call. */
  static final int ENTRY_OVERHEAD_BYTES = 1_024;

  /** Around a write buffer: what Ratis itself asks for. */
  static final int WRITE_BUFFER_EXTRA_BYTES = 8;

  public RaftSettings {
    check(electionMinMillis > 0 && electionMinMillis < electionMaxMillis, "election timeouts");
    check(
        firstElectionMinMillis > 0 && firstElectionMinMillis < firstElectionMaxMillis,
        "timeouts of the first election");
    check(snapshotLogBytes >= MEBIBYTE, "log bytes between checkpoints, at least 1 MiB");
    check(snapshotIntervalMillis >= 1_000, "time between checkpoints, at least 1 s");
  }

  /** A node alone: its first election need not wait for anybody. */
  public static RaftSettings single(Path data) {
    return new RaftSettings(data, 256 * MEBIBYTE, 500, 1_000, 10, 20, 64 * MEBIBYTE, 600_000);
  }

  /** One of several nodes. */
  public static RaftSettings clustered(Path data) {
    return new RaftSettings(data, 256 * MEBIBYTE, 500, 1_000, 500, 1_000, 64 * MEBIBYTE, 600_000);
  }

  /** The same with another amount of log between checkpoints. */
  public RaftSettings withSnapshotLogBytes(long bytes) {
    return new RaftSettings(
        data,
        logMemoryBytes,
        electionMinMillis,
        electionMaxMillis,
        firstElectionMinMillis,
        firstElectionMaxMillis,
        bytes,
        snapshotIntervalMillis);
  }

  /** Refuses limits that contradict each other or Ratis. */
  void check(int partitions) {
    check(
        Limits.ENTRY_BYTES + ENTRY_OVERHEAD_BYTES <= APPEND_BYTES,
        "Limits.ENTRY_BYTES, which Ratis must be able to append");
    long least = partitionBytes(SMALLEST_SEGMENT_BYTES) * partitions;
    check(
        least <= logMemoryBytes,
        "memory for the log: " + partitions + " partitions need " + least + " bytes");
  }

  /** The budget divided: the open segment, the cached ones, the write and the append buffers. */
  long segmentBytes(int partitions) {
    long share = logMemoryBytes / partitions - partitionBytes(0);
    return Math.clamp(share / (CACHED_SEGMENTS + 1), SMALLEST_SEGMENT_BYTES, LARGEST_SEGMENT_BYTES);
  }

  private static long partitionBytes(long segmentBytes) {
    return 2L * APPEND_BYTES + (CACHED_SEGMENTS + 1) * segmentBytes;
  }

  Path raftFolder() {
    return data.resolve("raft");
  }

  /** The folder of a partition's segments and of its vote. */
  Path logFolder(PartitionId partition) {
    return raftFolder()
        .resolve(RatisNames.group(partition).getUuid().toString())
        .resolve("current");
  }

  Path partitionFolder(int number) {
    return data.resolve("partitions").resolve(Integer.toString(number));
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("These settings cannot be: " + what);
    }
  }
}
