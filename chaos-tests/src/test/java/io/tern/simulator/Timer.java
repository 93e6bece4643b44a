package io.tern.simulator;

/** Lets something happen later: the agenda of all, or one node's part of it, which may stop. */
interface Timer {
  /** The true time, which no node knows. */
  long nowMillis();

  void after(long delayMillis, Runnable action);
}
