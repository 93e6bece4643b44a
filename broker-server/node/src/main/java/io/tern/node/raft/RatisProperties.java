package io.tern.node.raft;

import io.tern.state.limits.Limits;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.RaftServerConfigKeys.Read;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** Every Ratis option we rely on, said out loud. Made once by {@link RaftNode}. */
final class RatisProperties {
  private static final long MEBIBYTE = 1024 * 1024;

  /** Entries of ours that may wait in Ratis for one partition; the batcher keeps far below. */
  private static final int WAITING_ENTRIES = 64;

  /** Appends to one follower that wait for its answer. */
  private static final int OUTSTANDING_APPENDS = 16;

  /** A longer pause of the JVM ends a leadership; a shorter one is a garbage collection. */
  private static final TimeDuration STEP_DOWN = millis(2_000);

  private RatisProperties() {}

  static RaftProperties of(RaftSettings settings, Peer self, int partitions) {
    RaftProperties p = new RaftProperties();
    storageFolder(p, settings.raftFolder());
    RaftConfigKeys.Rpc.setType(p, new PeerAppender.Type());
    GrpcConfigKeys.Server.setPort(p, self.raftPort());
    GrpcConfigKeys.setMessageSizeMax(p, bytes(4L * RaftSettings.APPEND_BYTES));
    GrpcConfigKeys.setFlowControlWindow(p, bytes(4 * MEBIBYTE));
    GrpcConfigKeys.Server.setLeaderOutstandingAppendsMax(p, OUTSTANDING_APPENDS);
    elections(p, settings);
    log(p, settings.segmentBytes(partitions));
    purge(p);
    reads(p);
    writes(p);
    return p;
  }

  /** Where Ratis looks for its groups, and where it makes them. */
  static void storageFolder(RaftProperties p, Path folder) {
    RaftServerConfigKeys.setStorageDir(p, List.of(new File(folder.toString())));
  }

  private static void elections(RaftProperties p, RaftSettings settings) {
    RaftServerConfigKeys.Rpc.setTimeoutMin(p, millis(settings.electionMinMillis()));
    RaftServerConfigKeys.Rpc.setTimeoutMax(p, millis(settings.electionMaxMillis()));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(
        p, millis(settings.firstElectionMinMillis()));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(
        p, millis(settings.firstElectionMaxMillis()));
    RaftServerConfigKeys.Rpc.setRequestTimeout(p, millis(3_000));
    RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(p, STEP_DOWN);
    RaftServerConfigKeys.LeaderElection.setPreVote(p, true);
    RaftServerConfigKeys.setSleepDeviationThreshold(p, millis(1_000));
    // A node that slept for long only loses its leaderships; it need not end.
    RaftServerConfigKeys.setCloseThreshold(p, TimeDuration.valueOf(365, TimeUnit.DAYS));
  }

  private static void log(RaftProperties p, long segmentBytes) {
    Log.setUseMemory(p, false);
    Log.setCorruptionPolicy(p, Log.CorruptionPolicy.EXCEPTION);
    Log.setUnsafeFlushEnabled(p, false);
    Log.setAsyncFlushEnabled(p, false);
    Log.setLogMetadataEnabled(p, false);
    Log.setAppendEntriesComposeEnabled(p, false);
    Log.setSegmentSizeMax(p, bytes(segmentBytes));
    Log.setSegmentCacheNumMax(p, RaftSettings.CACHED_SEGMENTS);
    Log.setSegmentCacheSizeMax(p, bytes(segmentBytes * (RaftSettings.CACHED_SEGMENTS + 1)));
    Log.setPreallocatedSize(p, bytes(MEBIBYTE));
    Log.setForceSyncNum(p, WAITING_ENTRIES);
    Log.setQueueElementLimit(p, 16 * WAITING_ENTRIES);
    Log.setQueueByteLimit(p, bytes(16L * RaftSettings.APPEND_BYTES));
    Log.setWriteBufferSize(
        p, bytes(RaftSettings.APPEND_BYTES + RaftSettings.WRITE_BUFFER_EXTRA_BYTES));
    Log.Appender.setBufferByteLimit(p, bytes(RaftSettings.APPEND_BYTES));
    Log.Appender.setWaitTimeMin(p, millis(0));
    Log.Appender.setInstallSnapshotEnabled(p, false);
    // A node that comes back is heard of by then; by default it might wait for five seconds.
    Log.Appender.setRetryPolicy(p, "1ms,10, 100ms,20, 500ms,1000000");
  }

  private static void purge(RaftProperties p) {
    Log.setPurgeUptoSnapshotIndex(p, true);
    // What takeSnapshot returns is the checkpoint before the newest: followers that lag a little
    // and a node whose newest checkpoint is damaged still find their entries.
    Log.setPurgePreservationLogNum(p, 0);
    Log.setPurgeGap(p, 1);
    RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(p, false);
    RaftServerConfigKeys.Snapshot.setCreationGap(p, 1);
  }

  private static void reads(RaftProperties p) {
    Read.setOption(p, Read.Option.LINEARIZABLE);
    Read.setLeaderLeaseEnabled(p, true);
    Read.setTimeout(p, millis(5_000));
  }

  private static void writes(RaftProperties p) {
    RaftServerConfigKeys.Write.setElementLimit(p, WAITING_ENTRIES);
    RaftServerConfigKeys.Write.setByteLimit(
        p, bytes(Math.max(Limits.WAITING_BYTES, 16L * RaftSettings.APPEND_BYTES)));
    RaftServerConfigKeys.RetryCache.setExpiryTime(p, millis(5_000));
  }

  private static TimeDuration millis(long millis) {
    return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
  }

  private static SizeInBytes bytes(long bytes) {
    return SizeInBytes.valueOf(bytes);
  }
}
