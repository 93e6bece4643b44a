package io.tern.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of a producer or a consumer. What its steps owe to code of callers runs after the lock
 * is free and on threads for it, so that such code can wait for nobody but itself.
 */
final class Guard {
  private final Connections connections;
  private final ReentrantLock lock = new ReentrantLock();
  private List<Runnable> owed = new ArrayList<>();

  Guard(Connections connections) {
    this.connections = connections;
  }

  Condition newCondition() {
    return lock.newCondition();
  }

  void enter() {
    lock.lock();
  }

  /** Frees the lock, then sees to what is owed. */
  void leave() {
    List<Runnable> due = List.of();
    if (lock.getHoldCount() == 1 && !owed.isEmpty()) {
      due = owed;
      owed = new ArrayList<>();
    }
    lock.unlock();
    if (!due.isEmpty()) {
      List<Runnable> all = due;
      connections.callBack(() -> all.forEach(Runnable::run));
    }
  }

  /** Runs a step under the lock. */
  void run(Runnable step) {
    enter();
    try {
      step.run();
    } finally {
      leave();
    }
  }

  /** Runs this after the lock is free. Only to be called under the lock. */
  void owe(Runnable code) {
    owed.add(code);
  }
}
