package io.tern.simulator;

import java.util.List;
import java.util.Random;

/**
 * What all parts of one {@link ClusterSimulation} share: time, chance, nodes and the network.
 *
 * @param pace how many times slower than usual it all goes
 */
record SimulatedWorld(
    Agenda agenda, Random random, List<SimulatedNode> nodes, Links links, Trace trace, int pace) {

  static SimulatedWorld of(Agenda agenda, Random random, Trace trace, int nodes, int pace) {
    List<SimulatedNode> all = new java.util.ArrayList<>();
    for (int number = 0; number < nodes; number++) {
      all.add(new SimulatedNode(number, agenda, random));
    }
    return new SimulatedWorld(
        agenda, random, List.copyOf(all), new Links(agenda, random, all), trace, pace);
  }
}
