package io.tern.chaos.container;

/** What a machine may lack; a nemesis says which of them it needs. */
public enum Capability {
  /** A Docker daemon that answers. Without it there is no container chaos at all. */
  DOCKER,
  /** Rights and rules to drop packets between containers. */
  LINKS,
  /** Packets handed to a program of ours, for delay, loss and reordering. */
  PACKET_QUEUE,
  /** FUSE and loop devices, for disks that fail. */
  DISKS,
  /** A C compiler, for the clocks. */
  CLOCKS
}
