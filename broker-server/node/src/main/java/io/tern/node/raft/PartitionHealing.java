package io.tern.node.raft;

import io.tern.disk.AppliedIndex;
import io.tern.node.config.WallClock;
import io.tern.node.raft.PartitionMarks.Mark;
import io.tern.state.PartitionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one damaged replica back from the others while Ratis does not know of it here, so that it
 * neither votes nor acknowledges meanwhile. {@link RaftNode} runs it on a thread of its own. Why it
 * may forget what it had is in docs/decisions/0033-healing.md.
 */
final class PartitionHealing {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionHealing.class);

  /** A leader makes a checkpoint in that time, or is asked again. */
  private static final long ASK_MILLIS = 70_000;

  private static final long FETCH_MINUTES = 60;
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;
  private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final PartitionId partition;
  private final List<String> others;
  private final RaftPorts ports;
  private final String self;
  private final PartitionMarks marks;
  private final DamagedFiles files;
  private final Path current;
  private final VoteFile vote;
  private final CheckpointShelf shelf;
  private final WallClock clock;
  private final CountDownLatch closing;

  PartitionHealing(
      PartitionId partition,
      RaftSettings settings,
      String self,
      List<String> others,
      RaftPorts ports,
      CountDownLatch closing) {
    Path folder = settings.partitionFolder(partition.number());
    this.partition = partition;
    this.self = self;
    this.others = others;
    this.ports = ports;
    this.closing = closing;
    this.clock = ports.clock();
    this.marks = new PartitionMarks(folder);
    this.files = new DamagedFiles(settings, partition);
    this.current = settings.logFolder(partition);
    this.vote = new VoteFile(current);
    this.shelf = new CheckpointShelf(partition, folder, ports);
  }

  /** Returns true when the replica may be opened again, false when the node closes meanwhile. */
  boolean heal(String damage) throws IOException, InterruptedException {
    long startNanos = clock.monotonicNanos();
    begin(damage);
    boolean voteKept = vote.exists() && vote.damage().isEmpty();
    Optional<AppliedIndex> fetched = fetch(voteKept);
    if (fetched.isEmpty()) {
      return false;
    }
    FileTrees.force(current);
    marks.clear(Mark.SUSPECT);
    marks.clear(Mark.HEALING);
    LOG.info(
        "Partition {} is healed: it goes on from entry {}, after {} ms",
        partition.number(),
        fetched.get().index(),
        TimeUnit.NANOSECONDS.toMillis(clock.monotonicNanos() - startNanos));
    return true;
  }

  /** From here on the replica is nothing but what will be fetched, through any crash. */
  private void begin(String damage) throws IOException {
    Optional<String> begun = marks.find(Mark.HEALING);
    Path aside = files.folder(clock.wallMillis());
    if (begun.isPresent()) {
      String name = begun.get().lines().findFirst().orElse("");
      aside = name.startsWith("damaged-") ? aside.resolveSibling(name) : aside;
    } else {
      marks.set(Mark.HEALING, aside.getFileName() + "\n" + damage + "\n");
    }
    LOG.error(
        "Partition {} is damaged, takes no part, and is healed from the other replicas; its files"
            + " are kept in {}: {}",
        partition.number(),
        aside,
        damage);
    files.putAside(aside);
    Files.createDirectories(current);
  }

  private Optional<AppliedIndex> fetch(boolean voteKept) throws IOException, InterruptedException {
    long toldNanos = clock.monotonicNanos();
    long pauseMillis = FIRST_PAUSE_MILLIS;
    while (!closing.await(pauseMillis, TimeUnit.MILLISECONDS)) {
      Map<String, Standing> answers = ask(voteKept);
      Optional<AppliedIndex> fetched = fetch(answers, voteKept);
      if (fetched.isPresent()) {
        return fetched;
      }
      pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
      if (clock.monotonicNanos() - toldNanos > TELL_NANOS) {
        toldNanos = clock.monotonicNanos();
        LOG.warn(
            "Partition {} waits to be healed: of the other nodes {} answer {}, and one must lead it"
                + "{}. Start the others, or look why they have no majority",
            partition.number(),
            answers.size(),
            answers.keySet(),
            voteKept ? "" : " and all must answer, since the vote is lost");
      }
    }
    return Optional.empty();
  }

  private Optional<AppliedIndex> fetch(Map<String, Standing> answers, boolean voteKept)
      throws IOException, InterruptedException {
    Optional<Map.Entry<String, Standing>> leader =
        answers.entrySet().stream().filter(answer -> answer.getValue().leads()).findFirst();
    if (leader.isEmpty() || !(voteKept || answers.size() == others.size())) {
      return Optional.empty();
    }
    try {
      AppliedIndex fetched =
          shelf
              .fetch(leader.get().getKey(), leader.get().getValue().index())
              .get(FETCH_MINUTES, TimeUnit.MINUTES);
      if (!voteKept) {
        long term = answers.values().stream().mapToLong(Standing::term).max().orElse(0);
        // A vote for itself: in this term it can be given to nobody else any more.
        vote.write(term, self);
      }
      return Optional.of(fetched);
    } catch (ExecutionException | TimeoutException failure) {
      // The shelf has said so; the next round may find another leader.
      return Optional.empty();
    }
  }

  /** Asks all others at once; returns when enough have answered, or all that will. */
  private Map<String, Standing> ask(boolean voteKept) throws InterruptedException {
    Map<String, Standing> answers = new ConcurrentHashMap<>();
    CompletableFuture<Void> enough = new CompletableFuture<>();
    CompletableFuture<?>[] asking =
        others.stream()
            .map(node -> ask(node, answers, voteKept, enough))
            .toArray(CompletableFuture<?>[]::new);
    var _ = CompletableFuture.allOf(asking).whenComplete((_, _) -> enough.complete(null));
    try {
      enough.get(ASK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException slow) {
      LOG.debug("not all nodes answered", slow);
    }
    return Map.copyOf(answers);
  }

  private CompletableFuture<Void> ask(
      String node,
      Map<String, Standing> answers,
      boolean voteKept,
      CompletableFuture<Void> enough) {
    return ports
        .fetcher()
        .prepare(partition, node)
        .handle((standing, failure) -> {
          if (failure == null) {
            answers.put(node, standing);
            if (standing.leads() && voteKept) {
              enough.complete(null);
            }
          } else {
            LOG.debug("{} does not say where it stands", node, failure);
          }
          return null;
        });
  }
}
