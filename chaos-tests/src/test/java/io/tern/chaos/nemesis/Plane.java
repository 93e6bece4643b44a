package io.tern.chaos.nemesis;

/** What a fault hurts. Mixtures take at most one of each, and never one that is alone. */
public enum Plane {
  PROCESS,
  LINKS,
  FLUSHES,
  CLOCKS,
  /**
   * It alters what a node made durable, which Raft promises to survive on one of three nodes, or it
   * ends a node in its own way: nothing else happens until the node is whole again.
   */
  ALONE
}
