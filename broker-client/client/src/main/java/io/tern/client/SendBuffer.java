package io.tern.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The messages of a producer that wait to be sent, and the rule which of them form the next batch.
 * {@link ProduceFlow} owns it and holds a lock whenever it calls.
 *
 * <p>Of a FIFO queue each group is a line of its own, and a line that has messages in a batch on
 * its way waits for the answer: otherwise a batch that fails could be overtaken by the next one.
 * Batches of other groups are on their way meanwhile. A standard queue is one line that never
 * waits.
 */
final class SendBuffer {
  private final boolean ordered;
  private final int batchMessages;
  private final int batchBytes;
  private final long lingerMillis;
  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final TreeSet<Line> ready = new TreeSet<>(Comparator.comparingLong(Line::head));
  private int readyMessages;
  private long readyBytes;

  SendBuffer(boolean ordered, int batchMessages, int batchBytes, long lingerMillis) {
    this.ordered = ordered;
    this.batchMessages = batchMessages;
    this.batchBytes = batchBytes;
    this.lingerMillis = lingerMillis;
  }

  /** Messages of one group in their order, and whether some of them are on their way. */
  private static final class Line {
    final String group;
    final ArrayDeque<PendingMessage> waiting = new ArrayDeque<>();
    long bytes;
    boolean blocked;

    Line(String group) {
      this.group = group;
    }

    long head() {
      return waiting.getFirst().sequence();
    }
  }

  /** Takes a message in, behind those of its group. */
  void add(PendingMessage message) {
    Line line = lineOf(message);
    withdraw(line);
    line.waiting.addLast(message);
    line.bytes += message.bytes();
    offer(line);
  }

  /** Whether a batch could be formed, had it waited long enough. */
  boolean hasReady() {
    return !ready.isEmpty();
  }

  /** Whether a batch can be formed that has no room for more. */
  boolean hasFullBatch() {
    return readyMessages >= batchMessages || readyBytes >= batchBytes;
  }

  /**
   * When the next batch is due, {@code Long.MAX_VALUE} when nothing may be sent now. A message that
   * was held back by its group or by a failure has waited enough.
   */
  long dueAtMillis() {
    return ready.isEmpty()
        ? Long.MAX_VALUE
        : ready.first().waiting.getFirst().sentAtMillis() + lingerMillis;
  }

  /**
   * The next batch, oldest messages first; empty while it may still grow, unless there is a hurry.
   * A message larger than a batch travels alone.
   */
  List<PendingMessage> nextBatch(long nowMillis, boolean hurry) {
    if (ready.isEmpty() || !(hurry || hasFullBatch() || dueAtMillis() <= nowMillis)) {
      return List.of();
    }
    List<PendingMessage> batch = new ArrayList<>();
    Set<Line> used = new LinkedHashSet<>();
    long bytes = 0;
    while (batch.size() < batchMessages && !ready.isEmpty()) {
      Line line = ready.first();
      PendingMessage next = line.waiting.getFirst();
      if (!batch.isEmpty() && bytes + next.bytes() > batchBytes) {
        break;
      }
      withdraw(line);
      line.waiting.removeFirst();
      line.bytes -= next.bytes();
      offer(line);
      used.add(line);
      batch.add(next);
      bytes += next.bytes();
    }
    used.forEach(this::sent);
    return batch;
  }

  /** A batch is no longer on its way; these messages of it are to be sent again, before others. */
  void returned(List<PendingMessage> batch, List<PendingMessage> again) {
    for (int i = again.size() - 1; i >= 0; i--) {
      PendingMessage message = again.get(i);
      Line line = lineOf(message);
      withdraw(line);
      line.waiting.addFirst(message);
      line.bytes += message.bytes();
      offer(line);
    }
    if (ordered) {
      batch.forEach(this::unblock);
    }
  }

  /** Takes out what waits beyond its time. */
  List<PendingMessage> takeExpired(long nowMillis) {
    return take(message -> message.endMillis() <= nowMillis);
  }

  /** Takes out all that waits. */
  List<PendingMessage> takeAll() {
    return take(message -> true);
  }

  private List<PendingMessage> take(Predicate<PendingMessage> wanted) {
    List<PendingMessage> taken = new ArrayList<>();
    for (Line line : List.copyOf(lines.values())) {
      withdraw(line);
      Iterator<PendingMessage> oldestFirst = line.waiting.iterator();
      while (oldestFirst.hasNext()) {
        PendingMessage message = oldestFirst.next();
        if (!wanted.test(message)) {
          break;
        }
        oldestFirst.remove();
        line.bytes -= message.bytes();
        taken.add(message);
      }
      offer(line);
      forgetIfIdle(line);
    }
    return taken;
  }

  private Line lineOf(PendingMessage message) {
    String group = ordered ? message.entry().getMessageGroupId() : "";
    return lines.computeIfAbsent(group, Line::new);
  }

  private void sent(Line line) {
    if (ordered) {
      withdraw(line);
      line.blocked = true;
    } else {
      forgetIfIdle(line);
    }
  }

  private void unblock(PendingMessage message) {
    Line line = lineOf(message);
    if (line.blocked) {
      line.blocked = false;
      offer(line);
    }
    forgetIfIdle(line);
  }

  private void forgetIfIdle(Line line) {
    if (line.waiting.isEmpty() && !line.blocked) {
      lines.remove(line.group);
    }
  }

  /** A line's place among the ready ones depends on its head, so it leaves before that changes. */
  private void withdraw(Line line) {
    if (!line.waiting.isEmpty() && !line.blocked && ready.remove(line)) {
      readyMessages -= line.waiting.size();
      readyBytes -= line.bytes;
    }
  }

  private void offer(Line line) {
    if (!line.waiting.isEmpty() && !line.blocked) {
      ready.add(line);
      readyMessages += line.waiting.size();
      readyBytes += line.bytes;
    }
  }
}
