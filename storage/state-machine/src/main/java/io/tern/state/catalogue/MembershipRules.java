package io.tern.state.catalogue;

import io.tern.state.Change;
import io.tern.state.Command.AdvanceLogic;
import io.tern.state.Decision;
import io.tern.state.Logic;
import io.tern.state.LogicRules;
import io.tern.state.MembershipChange.NodeDefined;
import io.tern.state.MembershipChange.NodeForgotten;
import io.tern.state.MembershipChange.PartitionsAdded;
import io.tern.state.MembershipChange.PlacementRecorded;
import io.tern.state.MembershipChange.SettingsChanged;
import io.tern.state.MembershipCommand;
import io.tern.state.MembershipCommand.AddPartitions;
import io.tern.state.MembershipCommand.ChangeSettings;
import io.tern.state.MembershipCommand.RecordPlacement;
import io.tern.state.MembershipCommand.RegisterNode;
import io.tern.state.MembershipCommand.SetNodeState;
import io.tern.state.Rejections;
import io.tern.state.Reply;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decides what becomes of nodes, placements and the cluster's settings; called by its machine. */
final class MembershipRules {
  private MembershipRules() {}

  static Decision decide(CatalogueView state, MembershipCommand command) {
    return switch (command) {
      case RegisterNode c -> register(state, c);
      case SetNodeState c -> set(state, c);
      case AddPartitions c -> add(state, c);
      case RecordPlacement c -> record(state, c.placement());
      case ChangeSettings c -> change(state, c.settings());
    };
  }

  /** The catalogue's level bounds those of all partitions, so every node must know it. */
  static Decision advance(CatalogueView state, AdvanceLogic command) {
    return command.level() > Math.max(state.logic(), LogicGate.knownToAll(state.membership()))
        ? refused("A node of the cluster does not know logic level " + command.level() + ".")
        : LogicRules.advance(state.logic(), command);
  }

  private static Decision register(CatalogueView state, RegisterNode command) {
    NodeDefinition known = state.membership().node(command.peer());
    NodeState standing = known == null ? NodeState.ACTIVE : known.state();
    if (!isWellFormed(command)) {
      return refused("A node has a name, a zone and addresses of at most 255 characters.");
    }
    if (command.knownLogic() < state.logic()) {
      return refused("The cluster is at logic level " + state.logic() + ": start a newer version.");
    }
    if (standing == NodeState.LOST || (known != null && !known.name().equals(command.name()))) {
      return refused("The peer " + command.peer().text() + " is not that node any more.");
    }
    long changedMillis = known == null ? state.clock().queueMillis() : known.changedMillis();
    NodeDefinition node =
        new NodeDefinition(
            command.peer(),
            command.name(),
            command.zone(),
            command.addresses(),
            command.knownLogic(),
            standing,
            changedMillis);
    if (node.equals(known)) {
      return Decision.reply(new Reply.Done());
    }
    return known == null ? join(state, node) : Decision.done(List.of(new NodeDefined(node)));
  }

  private static Decision join(CatalogueView state, NodeDefinition node) {
    List<Change> changes = new ArrayList<>();
    List<NodeDefinition> gone = new ArrayList<>();
    for (NodeDefinition other : state.membership().nodes()) {
      if (other.name().equals(node.name()) && !other.state().isGone()) {
        changes.add(new NodeDefined(other.in(NodeState.LOST, state.clock().queueMillis())));
      } else if (other.state().isGone() && !state.membership().isPlaced(other.peer())) {
        gone.add(other);
      }
    }
    if (gone.size() >= Limits.GONE_NODES) {
      gone.sort(
          Comparator.comparingLong(NodeDefinition::changedMillis)
              .thenComparing(NodeDefinition::peer));
      changes.add(new NodeForgotten(gone.getFirst().peer()));
    }
    changes.add(new NodeDefined(node));
    return state.membership().nodes().size() >= Limits.NODES
        ? Rejections.of(ErrorCode.THROTTLED, "The cluster has as many nodes as it can.")
        : Decision.done(changes);
  }

  private static boolean isWellFormed(RegisterNode command) {
    NodeAddresses addresses = command.addresses();
    return isText(command.peer().text())
        && isText(command.name())
        && isText(command.zone())
        && isText(addresses.peer())
        && isText(addresses.raft())
        && addresses.grpc().length() <= Limits.NODE_TEXT_CHARACTERS;
  }

  private static boolean isText(String text) {
    return !text.isEmpty() && text.length() <= Limits.NODE_TEXT_CHARACTERS;
  }

  private static Decision set(CatalogueView state, SetNodeState command) {
    NodeDefinition node = state.membership().node(command.peer());
    if (node == null) {
      return refused("There is no peer " + command.peer().text() + ".");
    }
    if (node.state() == command.state()) {
      return Decision.reply(new Reply.Done());
    }
    if (node.state().isGone() || command.state() == NodeState.LOST) {
      return refused("The peer " + command.peer().text() + " cannot become " + command.state());
    }
    boolean last =
        state.membership().nodes().stream()
            .noneMatch(other -> !other.state().isGone() && !other.peer().equals(node.peer()));
    return last && command.state().isGone()
        ? refused("The last node cannot be removed.")
        : Decision.done(
            List.of(new NodeDefined(node.in(command.state(), state.clock().queueMillis()))));
  }

  private static Decision add(CatalogueView state, AddPartitions command) {
    if (state.dataPartitions() == 0 || !Logic.MOVING_REPLICAS.in(state.logic())) {
      return closed();
    }
    int partitions = state.dataPartitions() + state.membership().addedPartitions();
    if (command.total() < partitions || command.total() > Limits.PARTITIONS) {
      return refused(
          "The number of partitions may rise from " + partitions + " to " + Limits.PARTITIONS);
    }
    return command.total() == partitions
        ? Decision.reply(new Reply.Done())
        : Decision.done(List.of(new PartitionsAdded(command.total())));
  }

  private static Decision record(CatalogueView state, Placement next) {
    if (!Logic.MOVING_REPLICAS.in(state.logic())) {
      return closed();
    }
    Placement now = state.membership().placement(next.partition());
    if (now.equals(next)) {
      return Decision.reply(new Reply.Done());
    }
    if (next.version() != now.version() + 1) {
      return Decision.reply(new Reply.Outdated());
    }
    return isAllowed(state, now, next)
        ? Decision.done(List.of(new PlacementRecorded(next)))
        : refused("Partition " + next.partition().number() + " cannot be placed so now.");
  }

  private static boolean isAllowed(CatalogueView state, Placement now, Placement next) {
    int number = next.partition().number();
    int partitions = state.dataPartitions() + state.membership().addedPartitions();
    // A new partition is created, an older one has members since the first start.
    boolean begunRightly =
        now.version() > 0 || next.isBeingCreated() == (number > state.dataPartitions());
    return number >= 0
        && number <= partitions
        && !next.replicas().isEmpty()
        && next.target().stream().allMatch(peer -> state.membership().node(peer) != null)
        && begunRightly
        && now.mayBecome(next);
  }

  private static Decision change(CatalogueView state, ClusterSettings settings) {
    if (settings.replicas() % 2 != 1
        || settings.replicas() < 1
        || settings.replicas() > Limits.REPLICAS
        || settings.leaderZone().length() > Limits.NODE_TEXT_CHARACTERS) {
      return refused("A partition has an odd number of replicas, at most " + Limits.REPLICAS);
    }
    return settings.equals(state.membership().settings())
        ? Decision.reply(new Reply.Done())
        : Decision.done(List.of(new SettingsChanged(settings)));
  }

  private static Decision closed() {
    return refused("Not every node of the cluster is known to look for its replicas here.");
  }

  private static Decision refused(String why) {
    return Rejections.of(ErrorCode.INVALID_PARAMETER_VALUE, why);
  }
}
