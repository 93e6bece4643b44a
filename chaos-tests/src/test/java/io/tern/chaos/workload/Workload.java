package io.tern.chaos.workload;

/** One kind of load. Used in this order: prepare, start, stop, drain; each once. */
public interface Workload {
  /** As in reports: standard, fifo, delays, ... */
  String name();

  /** Makes queues and topics while the cluster is well, and records them as facts. */
  void prepare();

  /** Starts the clients and returns. They go on through any fault until they are stopped. */
  void start();

  /** No new calls but receives and deletes; returns when the calls under way have ended. */
  void stop();

  /** After all faults are healed: receives and deletes until nothing has come for long enough. */
  void drain();
}
