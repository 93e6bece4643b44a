package io.tern.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The network between nodes, and from clients to them: each direction of a pair can be cut. Calls
 * of clients go astray more often than those of nodes.
 */
final class Links {
  private final Agenda agenda;
  private final Random random;
  private final List<SimulatedNode> nodes;
  private final boolean[][] cut;
  private boolean troubled = true;

  Links(Agenda agenda, Random random, List<SimulatedNode> nodes) {
    this.agenda = agenda;
    this.random = random;
    this.nodes = nodes;
    this.cut = new boolean[nodes.size() + 1][nodes.size() + 1];
  }

  /** Where clients are. */
  int outside() {
    return nodes.size();
  }

  boolean isOpen(int from, int to) {
    return !cut[from][to];
  }

  boolean isOpenBothWays(int one, int other) {
    return isOpen(one, other) && isOpen(other, one);
  }

  void cut(int from, int to) {
    cut[from][to] = true;
  }

  /** Nothing is cut any more. */
  void mend() {
    for (boolean[] row : cut) {
      Arrays.fill(row, false);
    }
  }

  /** From now on nothing goes astray. */
  void heal() {
    mend();
    troubled = false;
  }

  boolean isTroubled() {
    return troubled;
  }

  void carry(int from, int to, Runnable call) {
    if (from == to) {
      deliver(from, to, 0, call);
      return;
    }
    boolean client = from == outside() || to == outside();
    int fate = troubled ? random.nextInt(100) : 50;
    if (fate >= (client ? 5 : 2)) {
      deliver(from, to, delayMillis(client), call);
    }
    if (fate >= 98) {
      deliver(from, to, delayMillis(client), call);
    }
  }

  private void deliver(int from, int to, long delayMillis, Runnable call) {
    if (cut[from][to]) {
      return;
    }
    agenda.after(
        delayMillis,
        () -> {
          if (cut[from][to]) {
            return;
          }
          if (to == outside()) {
            call.run();
          } else {
            nodes.get(to).receive(call);
          }
        });
  }

  private long delayMillis(boolean client) {
    if (!troubled) {
      return 1L + random.nextInt(3);
    }
    return random.nextInt(client ? 20 : 60) == 0
        ? random.nextInt(4_000)
        : 1 + random.nextInt(client ? 20 : 8);
  }
}
