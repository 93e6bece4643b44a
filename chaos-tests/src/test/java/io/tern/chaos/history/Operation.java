package io.tern.chaos.history;

import org.jspecify.annotations.Nullable;

/**
 * One call of one client, with its end. All times are of the one clock of the recording JVM.
 *
 * @param id counts up in the order of invocation
 * @param workload which workload made the call
 * @param client one thread of it, which has one call at a time
 * @param node where it was sent
 * @param error what the server or the connection said when it is not OK
 */
public record Operation(
    long id,
    String workload,
    String client,
    String node,
    long invokedNanos,
    long endedNanos,
    Outcome outcome,
    @Nullable String error,
    Call call,
    Answer answer) {
  public boolean isOk() {
    return outcome == Outcome.OK;
  }

  /** Whether it may have changed something, now or later. */
  public boolean mayHaveHappened() {
    return outcome != Outcome.FAIL;
  }
}
