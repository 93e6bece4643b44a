package io.tern.state.limits;

/** Which limits must not contradict each other; {@link Limits#check()} asks at every start. */
final class LimitRelations {
  private LimitRelations() {}

  /** See {@link Limits#check()}. */
  static void check() {
    require(Limits.MESSAGE_BYTES + 4_096 <= Limits.ENTRY_BYTES, "a message must fit into an entry");
    require(Limits.ENTRY_BYTES <= Limits.WAITING_BYTES, "an entry must be allowed to wait");
    require(Limits.BATCH_ENTRIES <= Limits.ENTRY_COMMANDS, "a batch must fit into an entry");
    require(
        Limits.BATCH_ENTRIES * Limits.MESSAGE_BYTES < Limits.PEER_MESSAGE_BYTES,
        "a receive must fit into a call");
    require(Limits.MESSAGE_BYTES <= Limits.REQUEST_BYTES, "a message must fit into a request");
    require(
        GrpcLimits.PRODUCE_BATCH_BYTES < Limits.REQUEST_BYTES,
        "a producer's batch must fit into a request");
    require(
        Limits.REQUEST_BYTES <= Limits.REQUEST_BYTES_HELD, "a request must be allowed to be held");
    require(
        Limits.WAIT_MILLIS + Limits.CALL_MILLIS < Limits.EXCHANGE_MILLIS,
        "the longest poll must end in time");
    require(
        Limits.WAIT_MILLIS < 1_000L * Limits.IDLE_CONNECTION_SECONDS,
        "a poll must not count as idle");
    require(
        Limits.CROSSINGS_PER_CALL <= Limits.OUTBOX_ENTRIES, "a call must not exceed the outbox");
    require(
        Limits.CROSSING_BYTES_PER_CALL + 4_096 <= Limits.ENTRY_BYTES,
        "a call must fit into an entry");
    require(
        Limits.TOPIC_SUBSCRIPTIONS < Limits.OUTBOX_ENTRIES,
        "a topic's removal must fit into the outbox");
    require(
        Limits.MOVE_TASK_BACKLOG < Limits.OUTBOX_ENTRIES,
        "a move task must leave room in the outbox");
    require(
        Limits.IN_FLIGHT_MESSAGES < DeliveryLimits.DELIVERIES_WAITING,
        "of too many deliveries some must be visible, to be given up");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("Limits contradict each other: " + what);
    }
  }
}
