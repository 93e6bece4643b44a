package io.tern.disk;

import io.tern.state.Command;
import io.tern.state.MembershipCommand;
import io.tern.state.PartitionId;
import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.catalogue.ClusterHealth;
import io.tern.state.catalogue.ClusterSettings;
import io.tern.state.catalogue.ClusterView;
import io.tern.state.catalogue.NodeAddresses;
import io.tern.state.catalogue.NodeDefinition;
import io.tern.state.catalogue.NodeState;
import io.tern.state.catalogue.PeerId;
import io.tern.state.catalogue.Placement;
import io.tern.state.catalogue.PlacementLimits;
import io.tern.state.catalogue.PlacementPlanner;
import io.tern.state.catalogue.PlacementStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a controller and operators ask of the catalogue in the course of a random history. */
final class RandomMembership {
  private static final List<NodeState> STATES = List.of(NodeState.values());

  private RandomMembership() {}

  static Command command(Random random, CatalogueMachine machine) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> register(random);
      case 3 ->
          new MembershipCommand.SetNodeState(
              peer(random), STATES.get(random.nextInt(STATES.size())));
      case 4 -> new MembershipCommand.AddPartitions(3 + random.nextInt(3));
      case 5 ->
          new MembershipCommand.ChangeSettings(
              new ClusterSettings(1 + random.nextInt(4), random.nextBoolean() ? "" : "a"));
      case 6 -> new Command.AdvanceLogic(random.nextInt(2));
      default -> place(random, machine);
    };
  }

  /** Most peers are soon lost, as others come under their names. */
  private static Command register(Random random) {
    PeerId peer = peer(random);
    return new MembershipCommand.RegisterNode(
        peer,
        peer.text().substring(0, 1),
        "z" + random.nextInt(3),
        new NodeAddresses("host:1", "host:2", ""),
        1);
  }

  private static PeerId peer(Random random) {
    return new PeerId("abcd".charAt(random.nextInt(4)) + "-" + random.nextInt(200));
  }

  private static Command place(Random random, CatalogueMachine machine) {
    TreeMap<PeerId, Long> away = new TreeMap<>();
    List<PeerId> present = new ArrayList<>();
    for (NodeDefinition node : machine.membership().nodes()) {
      away.put(node.peer(), 0L);
      if (!node.state().isGone()) {
        present.add(node.peer());
      }
    }
    PartitionId partition = new PartitionId(random.nextInt(4));
    Placement recorded = machine.membership().placement(partition);
    if (recorded.version() == 0 && !present.isEmpty() && partition.number() <= 3) {
      return new MembershipCommand.RecordPlacement(recorded.configured(present));
    }
    List<PlacementStep> plan =
        PlacementPlanner.plan(
            new ClusterView(
                List.copyOf(machine.membership().nodes()),
                List.copyOf(machine.membership().placements()),
                machine.membership().settings(),
                new ClusterHealth(away, new TreeSet<>())),
            PlacementLimits.DEFAULT);
    return plan.isEmpty()
        ? new Command.Tick()
        : new MembershipCommand.RecordPlacement(plan.getFirst().after());
  }
}
