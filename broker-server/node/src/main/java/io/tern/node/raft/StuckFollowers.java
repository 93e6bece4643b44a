package io.tern.node.raft;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ratis.grpc.metrics.GrpcServerMetrics;
import org.apache.ratis.metrics.MetricRegistries;
import org.apache.ratis.metrics.MetricRegistryInfo;
import org.apache.ratis.metrics.RatisMetricRegistry;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/**
 * Notices, at the leader of one partition, a follower that contradicts it and comes no further: one
 * that has less of the log than it once acknowledged, or was healed from a later entry than that.
 * The leader believes the old acknowledgement for the rest of its term; the next leader begins
 * afresh. Asked by {@link RaftCaretaker} once a second.
 */
final class StuckFollowers {

  /** Contradictions in so many rounds in a row are no passing disorder. */
  private static final int ROUNDS = 3;

  /** Rounds in which nothing is done again: a change of leader must have time to help. */
  private static final int PATIENCE_ROUNDS = 60;

  /** Part of the name by which Ratis keeps the counters of its appenders. */
  private static final String DESCRIPTION = "Metrics for Ratis Grpc Log Appender";

  /** What the last round saw of a follower. */
  private record Sighting(long match, long contradictions, int rounds) {}

  private final Map<String, Sighting> sightings = new HashMap<>();
  private int patience;

  /** A follower that only another leader can help, if there is one. */
  Optional<String> look(RaftServer.Division division) {
    if (patience > 0) {
      patience--;
      return Optional.empty();
    }
    if (!division.getInfo().isLeader()) {
      sightings.clear();
      return Optional.empty();
    }
    List<ServerRpcProto> followers =
        division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList();
    long[] matches = division.getInfo().getFollowerMatchIndices();
    if (matches == null || matches.length != followers.size()) {
      return Optional.empty();
    }
    Optional<RatisMetricRegistry> metrics = metrics(division.getMemberId());
    if (metrics.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> stuck = Optional.empty();
    for (int i = 0; i < matches.length; i++) {
      String follower = followers.get(i).getId().getId().toStringUtf8();
      long contradictions = contradictions(metrics.get(), follower);
      Sighting before = sightings.get(follower);
      Sighting now = compare(before, matches[i], contradictions);
      sightings.put(follower, now);
      // Behind the purged log a follower is brought a checkpoint instead, and contradicts too.
      boolean hasItsNextEntry = matches[i] + 1 >= division.getRaftLog().getStartIndex();
      if (now.rounds() >= ROUNDS && hasItsNextEntry) {
        stuck = Optional.of(follower);
      }
    }
    return stuck;
  }

  /** After something was done about it. */
  void forget() {
    sightings.clear();
    patience = PATIENCE_ROUNDS;
  }

  private static Sighting compare(@Nullable Sighting before, long match, long contradictions) {
    if (before == null || before.match() != match || contradictions == before.contradictions()) {
      return new Sighting(match, contradictions, 0);
    }
    return new Sighting(match, contradictions, before.rounds() + 1);
  }

  /** What Ratis counts of a leader's appenders, over all its terms. */
  static Optional<RatisMetricRegistry> metrics(RaftGroupMemberId leader) {
    return MetricRegistries.global()
        .get(new MetricRegistryInfo(leader.toString(), "ratis_grpc", "log_appender", DESCRIPTION));
  }

  static long contradictions(RatisMetricRegistry metrics, String follower) {
    return metrics
        .counter(
            GrpcServerMetrics.RATIS_GRPC_METRICS_LOG_APPENDER_INCONSISTENCY.formatted(follower))
        .getCount();
  }
}
