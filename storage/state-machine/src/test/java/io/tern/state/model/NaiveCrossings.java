package io.tern.state.model;

import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.crossing.MoveReason;
import io.tern.state.crossing.MoveTask;
import io.tern.state.model.NaiveMessage.NaivePast;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the model has on its way between partitions, and what was taken there. */
final class NaiveCrossings {
  record Pair(PartitionId from, PartitionId to) implements Comparable<Pair> {
    Pair back() {
      return new Pair(to, from);
    }

    @Override
    public int compareTo(Pair other) {
      int first = from.compareTo(other.from);
      return first == 0 ? to.compareTo(other.to) : first;
    }
  }

  /** A message on its way. */
  record Moved(
      long number,
      QueueId target,
      QueueId home,
      MoveReason reason,
      String taskId,
      NaivePast past,
      String group,
      long send,
      long sentMillis) {}

  private final Map<QueueId, NaiveQueue> queues;
  private final TreeMap<Pair, List<Moved>> waiting = new TreeMap<>();
  private final TreeMap<Pair, Long> numbers = new TreeMap<>();
  private final TreeMap<Pair, Long> taken = new TreeMap<>();

  NaiveCrossings(Map<QueueId, NaiveQueue> queues) {
    this.queues = queues;
  }

  List<Moved> waiting(Pair pair) {
    return waiting.computeIfAbsent(pair, _ -> new ArrayList<>());
  }

  long taken(Pair pair) {
    return taken.getOrDefault(pair, 0L);
  }

  /** The sends that are on their way and not yet taken. */
  List<Long> sendsUnderway() {
    List<Long> sends = new ArrayList<>();
    waiting.forEach((pair, all) ->
        all.stream().filter(m -> m.number > taken(pair)).map(Moved::send).forEach(sends::add));
    return sends;
  }

  void deadLetter(NaiveQueue queue, NaiveMessage message, PartitionId from, MoveTarget target) {
    NaivePast past =
        new NaivePast(queue.settings.name(), message.receiveCount, message.firstReceivedMillis);
    leave(queue, message, from, target, MoveReason.DEAD_LETTER, "", past);
  }

  void redrive(
      NaiveQueue queue, NaiveMessage message, PartitionId from, MoveTarget target, String task) {
    NaivePast past =
        new NaivePast(message.deadLetterSource, message.receiveCount, message.firstReceivedMillis);
    leave(queue, message, from, target, MoveReason.REDRIVE, task, past);
  }

  private void leave(
      NaiveQueue queue,
      NaiveMessage message,
      PartitionId from,
      MoveTarget target,
      MoveReason reason,
      String task,
      NaivePast past) {
    queue.messages.remove(message);
    Pair pair = new Pair(from, target.partition());
    waiting(pair)
        .add(
            new Moved(
                numbers.merge(pair, 1L, Long::sum),
                target.queue(),
                queue.id,
                reason,
                task,
                past,
                message.group,
                message.send,
                message.sentMillis));
  }

  void settle(Pair pair, long upTo) {
    waiting(pair).removeIf(moved -> moved.number <= upTo);
  }

  /** Takes the oldest so many that wait, as far as they were not taken before. */
  void deliver(Pair pair, int count, long now, long wall, long retention) {
    for (Moved moved : List.copyOf(waiting(pair)).stream().limit(count).toList()) {
      if (moved.number == taken(pair) + 1) {
        take(pair, moved, now, wall, retention);
        taken.put(pair, moved.number);
      }
    }
  }

  private void take(Pair pair, Moved moved, long now, long wall, long retention) {
    NaiveQueue queue = queues.get(moved.target);
    if (queue == null) {
      if (moved.reason != MoveReason.RETURN) {
        sendBack(pair.back(), moved);
      }
      return;
    }
    if (moved.reason == MoveReason.REDRIVE) {
      queue.store(moved.group, moved.send, 0, wall, retention, now, NaivePast.NONE);
    } else if (queue.settings.fifo()) {
      queue.store(moved.group, moved.send, 0, wall, retention, now, moved.past);
    } else {
      long age = Math.max(0, wall - moved.sentMillis);
      queue.store(moved.group, moved.send, 0, moved.sentMillis, retention - age, now, moved.past);
    }
    if (moved.reason == MoveReason.RETURN) {
      queue.tasks.stream()
          .filter(task -> task.id.equals(moved.taskId))
          .forEach(NaiveCrossings::cameBack);
    }
  }

  private static void cameBack(NaiveTask task) {
    task.moved--;
    task.end(MoveTask.Status.FAILED, MoveTask.NO_DESTINATION);
  }

  private void sendBack(Pair pair, Moved moved) {
    NaivePast past =
        moved.reason == MoveReason.REDRIVE
            ? moved.past
            : new NaivePast(null, moved.past.receives(), moved.past.firstReceivedMillis());
    QueueId back = moved.home;
    QueueId away = moved.target;
    waiting(pair)
        .add(
            new Moved(
                numbers.merge(pair, 1L, Long::sum),
                back,
                away,
                MoveReason.RETURN,
                moved.taskId,
                past,
                moved.group,
                moved.send,
                moved.sentMillis));
  }
}
