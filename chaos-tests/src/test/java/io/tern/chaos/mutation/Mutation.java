package io.tern.chaos.mutation;

import java.util.List;

/** A bug that a checker must find. Each names the words of the product that it changes. */
public enum Mutation {
  /**
   * After a start from a checkpoint nothing is remembered of the last five minutes' sends; and
   * checkpoints come so often that a short run has some.
   */
  DEDUPLICATION_NOT_IN_CHECKPOINTS(
      List.of(
          new Edit(
              "broker-server/node/src/main/java/io/tern/node/raft/RaftCaretaker.java",
              "checkpointIsDue(settings.snapshotLogBytes(), intervalOver)",
              "checkpointIsDue(32_768, intervalOver)"),
          new Edit(
              "storage/disk/src/main/java/io/tern/disk/ImageReader.java",
              "requireCount(\"deduplication rows of \" + id, row.getDeduplication(), sends.size());",
              ""),
          new Edit(
              "storage/disk/src/main/java/io/tern/disk/ImageReader.java",
              "          sends,\n          attempts,",
              "          List.of(),\n          attempts,"))),

  /** What a courier brings is taken whatever was taken before. */
  INBOX_WITHOUT_NUMBERS(
      List.of(
          new Edit(
              "storage/state-machine/src/main/java/io/tern/state/crossing/Inbox.java",
              "if (previous > taken) {",
              "if (previous < 0) {"),
          new Edit(
              "storage/state-machine/src/main/java/io/tern/state/crossing/Inbox.java",
              "if (entry.number() == last + 1) {",
              "if (entry.number() >= 0) {"))),

  /** Leases run on the leader's wall clock, wherever it jumps. */
  CLOCK_NOT_CLAMPED(
      List.of(
          new Edit(
              "broker-server/node/src/main/java/io/tern/node/leader/EntryClock.java",
              "return firstQueueMillis + TimeUnit.NANOSECONDS.toMillis(clock.monotonicNanos() - firstNanos);",
              "return clock.wallMillis() + 0 * (firstQueueMillis + TimeUnit.NANOSECONDS.toMillis(firstNanos));"),
          new Edit(
              "storage/state-machine/src/main/java/io/tern/state/ClockRules.java",
              "Math.max(last.queueMillis(), time.queueMillis())",
              "time.queueMillis()")));

  /**
   * @param source from the root of the repository
   * @param original must be there exactly once
   */
  record Edit(String source, String original, String mutant) {}

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
  private final List<Edit> edits;

  Mutation(List<Edit> edits) {
    this.edits = edits;
  }

  List<Edit> edits() {
    return edits;
  }
}
