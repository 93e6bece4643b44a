package io.tern.simulator;

import io.tern.node.config.WallClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One node of {@link ClusterSimulation}, in a zone of its own: it may crash or stand still, and its
 * clocks are its own. Whatever it planned or was sent before a crash never happens.
 */
final class SimulatedNode implements Timer, WallClock {
  private static final long WALL_START_MILLIS = 1_767_225_600_000L;
  private static final long NANOS = 1_000_000;

  /** How fast or slow the monotonic clock of a machine may be. */
  static final long MOST_DRIFT_PPM = 200;

  private final int number;
  private final Agenda agenda;
  private final List<Runnable> held = new ArrayList<>();
  private boolean up = true;
  private boolean paused;
  private int life;
  private long skewMillis;
  private long driftPpm;
  private long countedFromMillis;
  private long countedNanos;

  SimulatedNode(int number, Agenda agenda, Random random) {
    this.number = number;
    this.agenda = agenda;
    this.countedNanos = random.nextInt(1_000_000_000);
    drift(random);
    jump(random, 300_000);
  }

  int number() {
    return number;
  }

  boolean isUp() {
    return up;
  }

  /** Neither down nor standing still. */
  boolean isRunning() {
    return up && !paused;
  }

  @Override
  public long nowMillis() {
    return agenda.nowMillis();
  }

  @Override
  public void after(long delayMillis, Runnable action) {
    int born = life;
    agenda.after(
        delayMillis,
        () -> {
          if (born == life) {
            receive(action);
          }
        });
  }

  /** Does it now; when the node goes on, if it stands still; never, if it is down. */
  void receive(Runnable action) {
    if (!up) {
      return;
    }
    if (paused) {
      held.add(action);
    } else {
      action.run();
    }
  }

  void crash() {
    up = false;
    paused = false;
    life++;
    held.clear();
  }

  void restart() {
    up = true;
  }

  void pause() {
    paused = true;
  }

  /** All that came meanwhile happens at once. */
  void resume() {
    paused = false;
    List<Runnable> late = List.copyOf(held);
    held.clear();
    for (Runnable action : late) {
      receive(action);
    }
  }

  /** The wall clock is set to something else. */
  void jump(Random random, long mostMillis) {
    skewMillis = random.nextLong(2 * mostMillis) - mostMillis;
  }

  /** The monotonic clock goes on at another speed. */
  void drift(Random random) {
    countedNanos = monotonicNanos();
    countedFromMillis = agenda.nowMillis();
    driftPpm = random.nextLong(2 * MOST_DRIFT_PPM + 1) - MOST_DRIFT_PPM;
  }

  @Override
  public long wallMillis() {
    return WALL_START_MILLIS + agenda.nowMillis() + skewMillis;
  }

  @Override
  public long monotonicNanos() {
    return countedNanos + (agenda.nowMillis() - countedFromMillis) * (NANOS + driftPpm);
  }
}
