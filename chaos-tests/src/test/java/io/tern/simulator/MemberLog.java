package io.tern.simulator;

import java.util.ArrayList;
import java.util.List;

/** The log on one node's disk: from after a checkpoint to the newest entry, synced or not yet. */
final class MemberLog {
  private final List<Logged> entries = new ArrayList<>();
  private int first = 1;
  private long termBefore;
  private int synced;

  int firstIndex() {
    return first;
  }

  int lastIndex() {
    return first + entries.size() - 1;
  }

  long lastTerm() {
    return termAt(lastIndex());
  }

  /** Whether the term at that index is known. */
  boolean reaches(int index) {
    return index >= first - 1 && index <= lastIndex();
  }

  long termAt(int index) {
    return index == first - 1 ? termBefore : get(index).term();
  }

  Logged get(int index) {
    return entries.get(index - first);
  }

  /** At most so many entries from that index on. */
  List<Logged> from(int index, int limit) {
    int start = index - first;
    return List.copyOf(entries.subList(start, Math.min(entries.size(), start + limit)));
  }

  void append(Logged logged) {
    entries.add(logged);
  }

  void sync() {
    synced = lastIndex();
  }

  void cutFrom(int index) {
    entries.subList(index - first, entries.size()).clear();
    synced = Math.min(synced, lastIndex());
  }

  void purgeUpTo(int index) {
    if (index >= first) {
      termBefore = termAt(index);
      entries.subList(0, index - first + 1).clear();
      first = index + 1;
    }
  }

  /** Begins anew behind a checkpoint. */
  void restart(int index, long term) {
    entries.clear();
    first = index + 1;
    termBefore = term;
    synced = index;
  }

  /** What a power cut does to what was not synced. */
  void losePower() {
    cutFrom(Math.max(synced, first - 1) + 1);
  }
}
