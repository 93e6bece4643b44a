package io.tern.state.queue;

import io.tern.state.limits.Limits;

/** The messages of one group of a standard queue, and how much of its consumers the group uses. */
final class FairGroup {
  private final String name;
  private final NumberList ready;
  private int inFlight;
  private long usedMillis;
  private long usedSlice;

  FairGroup(String name, NumberList ready, long usedMillis, long usedSlice) {
    this.name = name;
    this.ready = ready;
    this.usedMillis = usedMillis;
    this.usedSlice = usedSlice;
  }

  String name() {
    return name;
  }

  NumberList ready() {
    return ready;
  }

  int inFlight() {
    return inFlight;
  }

  void fly(int by) {
    inFlight += by;
  }

  long usedSlice() {
    return usedSlice;
  }

  long usedMillis() {
    return usedMillis;
  }

  /** Consumer time used lately: what was used earlier counts half for each slice since. */
  long usedMillis(long nowMillis) {
    long slices = nowMillis / Limits.FAIR_SLICE_MILLIS - usedSlice;
    return slices >= Long.SIZE ? 0 : usedMillis >> Math.max(0, slices);
  }

  void use(long millis, long nowMillis) {
    usedMillis = usedMillis(nowMillis) + Math.max(0, millis);
    usedSlice = Math.max(usedSlice, nowMillis / Limits.FAIR_SLICE_MILLIS);
  }
}
