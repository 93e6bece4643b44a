package io.tern.chaos.nemesis;

import io.tern.chaos.container.Machine;
import java.util.List;

/** All nemeses, by name; which of them this machine can do. */
public final class Nemeses {
  private Nemeses() {}

  public static List<Nemesis> all() {
    return List.of(
        new Kill(),
        new KillLeader(),
        new KillAll(),
        new Stop(),
        new Pause(),
        new Partition(Partition.Shape.ONE),
        new Partition(Partition.Shape.MINORITY),
        new Partition(Partition.Shape.ONE_WAY),
        new Partition(Partition.Shape.BRIDGE),
        new BadLinks(BadLinks.Kind.DELAY),
        new BadLinks(BadLinks.Kind.LOSS),
        new BadLinks(BadLinks.Kind.REORDER),
        new SlowDisk(),
        new FullDisk(),
        new FailingFsync(),
        new PowerCut(false),
        new PowerCut(true),
        new TornEntry(),
        new FlippedBit(FlippedBit.Where.LOG),
        new FlippedBit(FlippedBit.Where.SNAPSHOT),
        new FlippedBit(FlippedBit.Where.TABLE),
        new ClockFault(true),
        new ClockFault(false),
        new ZoneDown(),
        new RollingRestart());
  }

  public static List<Nemesis> possible(Machine machine) {
    return all().stream().filter(n -> machine.capabilities().containsAll(n.needs())).toList();
  }
}
