package io.tern.simulator;

/** Mistakes built in on purpose, to prove that the checkers would see them. */
enum PlantedBug {
  NONE,

  /** Deliveries are taken whatever came before them. */
  DELIVERIES_WITHOUT_PREVIOUS_CHECK,

  /** Snapshots leave out delayed, in-flight and returned messages. */
  IMAGES_WITHOUT_TOUCHED_MESSAGES,

  /** A received message is visible again after half its time. */
  SHORT_LEASES,

  /** Some deletes are confirmed and not done. */
  FORGOTTEN_DELETES,

  /** Partitions keep messages for a tenth of the retention period. */
  EARLY_EXPIRY,

  /** A replica stamps messages with a clock of its own. */
  CLOCK_OF_THE_REPLICA,

  /** A dead letter goes to the outbox and stays in its queue too. */
  PARKED_AND_KEPT,

  /** A dead letter leaves its queue and goes nowhere. */
  PARKED_NOWHERE,

  /** A message whose destination is gone is taken and not sent back. */
  NOT_SENT_BACK,

  /** Snapshots leave out which sends must not be repeated. */
  DEDUPLICATION_FORGOTTEN_AT_RESTART,

  /** A repeated send is stored again. */
  DEDUPLICATION_IGNORED,

  /** Messages of one group do not hold each other up. */
  LOCK_IGNORED,

  /** Power takes what was acknowledged: entries are not synced before others hear of them. */
  FSYNC_OFF,

  /** Queue time is the leader's wall clock, and may go back. */
  CLOCK_NOT_CLAMPED,

  /** Of a published message, one queue less gets it. */
  TARGET_FORGOTTEN,

  /** What is for another partition is not handed over. */
  FAN_OUT_NOT_CARRIED,

  /** A repeated publish is delivered again. */
  PUBLISH_REPEATED,

  /** Bodies go one too many. */
  BODIES_FORGOTTEN_EARLY,

  /** Snapshots leave out which queues need bodies. */
  HOLDERS_FORGOTTEN_AT_RESTART,

  /** A subscription that replays gets new messages too. */
  REPLAY_BESIDE_NEW_MESSAGES,

  /** A replay is over before it came to the newest message. */
  REPLAY_ENDED_EARLY;

  /** Whether only a simulation of the whole cluster can show it. */
  boolean isOfCluster() {
    return this == FSYNC_OFF || this == CLOCK_NOT_CLAMPED;
  }

  /** Whether only a simulation with topics can show it. */
  boolean isOfTopics() {
    return compareTo(TARGET_FORGOTTEN) >= 0;
  }
}
