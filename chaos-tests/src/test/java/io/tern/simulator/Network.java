package io.tern.simulator;

import java.util.Random;

/** Carries calls: while it is troubled they are lost, repeated, delayed and so overtake. */
final class Network {
  private final Agenda agenda;
  private final Random random;
  private boolean troubled = true;

  Network(Agenda agenda, Random random) {
    this.agenda = agenda;
    this.random = random;
  }

  void heal() {
    troubled = false;
  }

  boolean isTroubled() {
    return troubled;
  }

  void carry(Runnable call) {
    if (!troubled) {
      agenda.after(1 + random.nextInt(3), call);
      return;
    }
    int fate = random.nextInt(100);
    if (fate >= 8) {
      agenda.after(delayMillis(), call);
    }
    if (fate >= 90) {
      agenda.after(delayMillis(), call);
    }
  }

  private long delayMillis() {
    return random.nextInt(12) == 0 ? random.nextInt(4_000) : 1 + random.nextInt(20);
  }
}
