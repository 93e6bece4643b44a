package io.tern.state.model;

import io.tern.state.MessageId;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.crossing.MoveReason;
import io.tern.state.model.NaiveMessage.NaivePast;
import io.tern.state.queue.MoveTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

  /** Something on its way. */
  sealed interface Waiting {
    long number();

    /** The sends that it brings, if they are taken. */
    List<Long> sends();
  }

  /** One of the queues that a published message goes to, and where it goes instead. */
  record Share(
      QueueId queue, @Nullable Share instead, int key, MessageId id, String group, long send) {}

  /** A published message on its way, for several queues. */
  record Fanned(long number, QueueId topic, List<Share> shares) implements Waiting {
    @Override
    public List<Long> sends() {
      return shares.stream().map(Share::send).toList();
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
      long sentMillis)
      implements Waiting {
    @Override
    public List<Long> sends() {
      return List.of(send);
    }
  }

  private final Map<QueueId, NaiveQueue> queues;
  private final Function<QueueId, PartitionId> places;
  private final TreeMap<Pair, List<Waiting>> waiting = new TreeMap<>();
  private final TreeMap<Pair, Long> numbers = new TreeMap<>();
  private final TreeMap<Pair, Long> taken = new TreeMap<>();

  NaiveCrossings(Map<QueueId, NaiveQueue> queues, Function<QueueId, PartitionId> places) {
    this.queues = queues;
    this.places = places;
  }

  List<Waiting> waiting(Pair pair) {
    return waiting.computeIfAbsent(pair, _ -> new ArrayList<>());
  }

  long taken(Pair pair) {
    return taken.getOrDefault(pair, 0L);
  }

  /** The sends that are on their way and not yet taken. */
  List<Long> sendsUnderway() {
    List<Long> sends = new ArrayList<>();
    waiting.forEach((pair, all) ->
        all.stream()
            .filter(m -> m.number() > taken(pair))
            .map(Waiting::sends)
            .forEach(sends::addAll));
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

  void giveUp(NaiveQueue queue, NaiveMessage message, PartitionId from, MoveTarget target) {
    leave(queue, message, from, target, MoveReason.UNDELIVERED, "", NaivePast.NONE);
  }

  /** A replayed message for a queue that is not in the topic's home. */
  void replay(PartitionId from, QueueId topic, Share share, long wall) {
    Pair pair = new Pair(from, places.apply(share.queue()));
    waiting(pair)
        .add(
            new Moved(
                numbers.merge(pair, 1L, Long::sum),
                share.queue(),
                topic,
                MoveReason.UNDELIVERED,
                "",
                NaivePast.NONE,
                share.group(),
                share.send(),
                wall));
  }

  /** Hands out a published message in a partition; what is for others goes on its way. */
  void fanOut(PartitionId here, QueueId topic, List<Share> shares, boolean arrived, Clocks clocks) {
    TreeMap<PartitionId, List<Share>> elsewhere = new TreeMap<>();
    for (Share share : shares) {
      Share next = arrived && isGone(share, here) ? share.instead() : share;
      boolean late = next != null && !arrived && overtakes(here, next.queue(), topic);
      if (next != null && !late && !isGone(next, here)) {
        store(next, clocks);
      } else if (next != null) {
        elsewhere.computeIfAbsent(places.apply(next.queue()), _ -> new ArrayList<>()).add(next);
      }
    }
    elsewhere.forEach((to, some) -> {
      Pair pair = new Pair(here, to);
      waiting(pair).add(new Fanned(numbers.merge(pair, 1L, Long::sum), topic, some));
    });
  }

  /** Whether something for the FIFO queue still waits to come from here to here. */
  boolean overtakes(PartitionId here, QueueId id, QueueId topic) {
    NaiveQueue queue = queues.get(id);
    return queue != null
        && queue.settings.fifo()
        && waiting(new Pair(here, places.apply(id))).stream()
            .anyMatch(waits ->
                switch (waits) {
                  case Moved moved -> moved.target.equals(id);
                  case Fanned fanned -> fanned.topic.equals(topic);
                });
  }

  /** What the clocks of a partition show. */
  record Clocks(long now, long wall, long retention) {}

  private boolean isGone(Share share, PartitionId here) {
    return !queues.containsKey(share.queue()) || !places.apply(share.queue()).equals(here);
  }

  private void store(Share share, Clocks clocks) {
    NaiveQueue queue = Objects.requireNonNull(queues.get(share.queue()));
    boolean fifo = queue.settings.fifo();
    if (fifo && queue.repeated(share.key(), clocks.now).isPresent()) {
      return;
    }
    NaiveMessage message =
        queue.store(
            share.group(),
            share.send(),
            queue.settings.delayMillis(),
            clocks.wall,
            clocks.retention,
            clocks.now,
            NaivePast.NONE);
    if (fifo) {
      queue.remember(new NaiveQueue.Send(share.key(), message.number, share.id(), clocks.now));
    }
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
    waiting(pair).removeIf(moved -> moved.number() <= upTo);
  }

  /** Takes the oldest so many that wait, as far as they were not taken before. */
  void deliver(Pair pair, int count, long now, long wall, long retention) {
    for (Waiting waits : List.copyOf(waiting(pair)).stream().limit(count).toList()) {
      if (waits.number() == taken(pair) + 1) {
        switch (waits) {
          case Moved moved -> take(pair, moved, now, wall, retention);
          case Fanned fanned ->
              fanOut(
                  pair.to, fanned.topic(), fanned.shares(), true, new Clocks(now, wall, retention));
        }
        taken.put(pair, waits.number());
      }
    }
  }

  private void take(Pair pair, Moved moved, long now, long wall, long retention) {
    NaiveQueue queue = queues.get(moved.target);
    if (queue == null) {
      if (moved.reason != MoveReason.RETURN && moved.reason != MoveReason.UNDELIVERED) {
        sendBack(pair.back(), moved);
      }
      return;
    }
    if (moved.reason == MoveReason.REDRIVE || moved.reason == MoveReason.UNDELIVERED) {
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
