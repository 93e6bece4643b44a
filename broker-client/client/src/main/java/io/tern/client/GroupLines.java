package io.tern.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages that were delivered and wait to be taken, and the rule that those of one group are
 * handled one after another. {@link ConsumeFlow} owns it and holds a lock whenever it calls. It is
 * as large as the credit that the consumer gives.
 */
final class GroupLines {
  private final boolean sequenced;
  private final Map<String, ArrayDeque<ReceivedMessage>> waiting = new LinkedHashMap<>();
  private final ArrayDeque<String> ready = new ArrayDeque<>();
  private final Set<String> busy = new HashSet<>();
  private int size;

  /**
   * Lines of messages.
   *
   * @param sequenced whether a group waits until its message that was taken is finished; otherwise
   *     messages are taken in the order of their delivery
   */
  GroupLines(boolean sequenced) {
    this.sequenced = sequenced;
  }

  void add(ReceivedMessage message) {
    String group = lineOf(message);
    ArrayDeque<ReceivedMessage> line = waiting.computeIfAbsent(group, name -> new ArrayDeque<>());
    if (line.isEmpty() && !busy.contains(group)) {
      ready.addLast(group);
    }
    line.addLast(message);
    size++;
  }

  /** The next message that may be taken; null when there is none. */
  @Nullable ReceivedMessage take() {
    String group = ready.pollFirst();
    if (group == null) {
      return null;
    }
    ArrayDeque<ReceivedMessage> line = line(group);
    ReceivedMessage next = line.removeFirst();
    size--;
    if (sequenced) {
      busy.add(group);
    } else if (!line.isEmpty()) {
      ready.addFirst(group);
    }
    forgetIfEmpty(group);
    return next;
  }

  /** A message that was taken is finished, so the next one of its group may follow. */
  void finished(ReceivedMessage message) {
    String group = lineOf(message);
    if (busy.remove(group) && waiting.containsKey(group)) {
      ready.addLast(group);
    }
  }

  /** Takes out what waits of this message's group: it must not be handled before the message. */
  List<ReceivedMessage> takeFollowers(ReceivedMessage message) {
    String group = lineOf(message);
    ArrayDeque<ReceivedMessage> line = waiting.get(group);
    if (line == null) {
      return List.of();
    }
    List<ReceivedMessage> followers = new ArrayList<>();
    for (ReceivedMessage waits : List.copyOf(line)) {
      if (waits.group().equals(message.group())) {
        followers.add(waits);
      }
    }
    line.removeAll(followers);
    size -= followers.size();
    if (line.isEmpty()) {
      ready.remove(group);
    }
    forgetIfEmpty(group);
    return followers;
  }

  /** Takes out all that waits. */
  List<ReceivedMessage> takeAll() {
    List<ReceivedMessage> all = new ArrayList<>(size);
    waiting.values().forEach(all::addAll);
    waiting.clear();
    ready.clear();
    size = 0;
    return all;
  }

  private String lineOf(ReceivedMessage message) {
    return sequenced ? message.group() : "";
  }

  private ArrayDeque<ReceivedMessage> line(String group) {
    ArrayDeque<ReceivedMessage> line = waiting.get(group);
    if (line == null) {
      throw new IllegalStateException("a ready group has no messages");
    }
    return line;
  }

  private void forgetIfEmpty(String group) {
    if (line(group).isEmpty()) {
      waiting.remove(group);
    }
  }
}
