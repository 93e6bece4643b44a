package io.tern.state.model;

import io.tern.state.MoveTarget;
import io.tern.state.queue.MoveTask;
import org.jspecify.annotations.Nullable;

/** A move task as the model keeps it. */
final class NaiveTask {
  final String id;
  final @Nullable MoveTarget destination;
  final long toMove;
  final long lastNumber;
  MoveTask.Status status = MoveTask.Status.RUNNING;
  String reason = "";
  long moved;

  NaiveTask(String id, @Nullable MoveTarget destination, long toMove, long lastNumber) {
    this.id = id;
    this.destination = destination;
    this.toMove = toMove;
    this.lastNumber = lastNumber;
  }

  boolean isRunning() {
    return status == MoveTask.Status.RUNNING;
  }

  void end(MoveTask.Status end, String why) {
    status = end;
    reason = why;
  }
}
