package io.tern.chaos.run;

import io.tern.chaos.nemesis.Nemesis;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Faults that are there together for a while, and the calm after them.
 *
 * @param nemeses injected in this order, healed in the other
 * @param holdMillis how long they last after the last was injected
 * @param calmMillis how long all is well before the next step
 */
record Step(List<Nemesis> nemeses, int holdMillis, int calmMillis) {
  @Override
  public String toString() {
    return nemeses.stream().map(Nemesis::name).collect(Collectors.joining("+"));
  }
}
