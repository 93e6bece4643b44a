package io.tern.state.script;

import io.tern.state.Command;
import io.tern.state.MembershipChange;
import io.tern.state.MembershipCommand;
import io.tern.state.PartitionId;
import io.tern.state.catalogue.ClusterSettings;
import io.tern.state.catalogue.NodeAddresses;
import io.tern.state.catalogue.NodeDefinition;
import io.tern.state.catalogue.NodeState;
import io.tern.state.catalogue.PeerId;
import io.tern.state.catalogue.Placement;
import io.tern.state.catalogue.ReplicaMove;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Nodes and placements in the words of scripts; a part of {@link Commands} and {@link Telling}. */
final class MembershipScript {
  static final Set<String> WORDS =
      Set.of("register", "node", "add-partitions", "place", "settings", "advance-logic");

  private MembershipScript() {}

  static Command command(Line line) {
    return switch (line.word(0)) {
      case "register" ->
          new MembershipCommand.RegisterNode(
              new PeerId(line.word(1)),
              line.text("name", line.word(1)),
              line.text("zone", "a"),
              new NodeAddresses(line.text("peer", "host:1"), "host:2", ""),
              line.number("knows", 1));
      case "node" ->
          new MembershipCommand.SetNodeState(
              new PeerId(line.word(1)), NodeState.valueOf(line.word(2).toUpperCase(Locale.ROOT)));
      case "add-partitions" -> new MembershipCommand.AddPartitions(Integer.parseInt(line.word(1)));
      case "place" -> new MembershipCommand.RecordPlacement(placement(line));
      case "settings" ->
          new MembershipCommand.ChangeSettings(
              new ClusterSettings(line.number("replicas", 3), line.text("leaders", "")));
      case "advance-logic" -> new Command.AdvanceLogic(Integer.parseInt(line.word(1)));
      default -> throw new IllegalArgumentException("Not about nodes: " + line);
    };
  }

  /** Reads place 3 v2 a,b,c step=adding adding=d removing=a. */
  private static Placement placement(Line line) {
    String step = line.text("step", "");
    ReplicaMove move =
        step.isEmpty()
            ? null
            : new ReplicaMove(
                ReplicaMove.Step.valueOf(step.toUpperCase(Locale.ROOT)),
                peer(line.text("adding", "")),
                peer(line.text("removing", "")));
    return new Placement(
        new PartitionId(Integer.parseInt(line.word(1))),
        Long.parseLong(line.word(2).substring(1)),
        List.of(line.word(3).split(",", -1)).stream().map(PeerId::new).toList(),
        move);
  }

  private static @Nullable PeerId peer(String text) {
    return text.isEmpty() ? null : new PeerId(text);
  }

  static String change(MembershipChange change) {
    return switch (change) {
      case MembershipChange.NodeDefined c -> defined(c.node());
      case MembershipChange.NodeForgotten c -> "forgot the peer " + c.peer().text();
      case MembershipChange.PartitionsAdded c -> "partitions=" + c.total();
      case MembershipChange.PlacementRecorded c -> placed(c.placement());
      case MembershipChange.SettingsChanged c ->
          "settings replicas=" + c.settings().replicas() + " leaders=" + c.settings().leaderZone();
    };
  }

  private static String defined(NodeDefinition node) {
    return "node "
        + node.peer().text()
        + " name="
        + node.name()
        + " zone="
        + node.zone()
        + " knows="
        + node.knownLogic()
        + " "
        + node.state().name().toLowerCase(Locale.ROOT)
        + " since "
        + Line.duration(node.changedMillis());
  }

  private static String placed(Placement placement) {
    ReplicaMove move = placement.move();
    return "placed "
        + placement.partition().number()
        + " v"
        + placement.version()
        + placement.replicas().stream()
            .map(PeerId::text)
            .collect(Collectors.joining(",", " on ", ""))
        + (move == null
            ? ""
            : " "
                + move.step().name().toLowerCase(Locale.ROOT)
                + told(" +", move.adding())
                + told(" -", move.removing()));
  }

  private static String told(String sign, @Nullable PeerId peer) {
    return peer == null ? "" : sign + peer.text();
  }
}
