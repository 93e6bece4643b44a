package io.tern.state;

/**
 * The gates of the rules: behaviour that all replicas must begin with at the same entry. The level
 * of a partition is state, {@code AdvanceLogic} raises it once every node knows it, and a rule asks
 * {@link #in}. A gate may go when no supported version starts below it.
 */
public enum Logic {
  MOVING_REPLICAS(
      1,
      "2026-11-22",
      "Placements are recorded and partitions added: nodes look there for their replicas.");

  private final int level;
  private final String since;
  private final String reason;

  Logic(int level, String since, String reason) {
    this.level = level;
    this.since = since;
    this.reason = reason;
  }

  /** The highest level that this version knows. */
  public static int newest() {
    int newest = 0;
    for (Logic gate : values()) {
      newest = Math.max(newest, gate.level);
    }
    return newest;
  }

  /**
   * Refuses a level that this version does not know: going on without its rules would make this
   * replica differ from the others.
   *
   * @throws IllegalStateException naming both levels
   */
  public static void require(int level) {
    if (level > newest()) {
      throw new IllegalStateException(
          "The data is of logic level "
              + level
              + ", this version knows "
              + newest()
              + ": start a newer version.");
    }
  }

  /** Whether the gate is open at that level. */
  public boolean in(int current) {
    return current >= level;
  }

  public int level() {
    return level;
  }

  /** The date on which the gate was written, as year-month-day. */
  public String since() {
    return since;
  }

  /** What is different behind the gate. */
  public String reason() {
    return reason;
  }
}
