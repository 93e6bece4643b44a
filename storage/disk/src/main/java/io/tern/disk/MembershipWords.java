package io.tern.disk;

import io.tern.proto.log.AddPartitions;
import io.tern.proto.log.ChangeSettings;
import io.tern.proto.log.LoggedCommand;
import io.tern.proto.log.RecordPlacement;
import io.tern.proto.log.RegisterNode;
import io.tern.proto.log.ReplicaMoveStep;
import io.tern.proto.log.SetNodeState;
import io.tern.proto.rows.MembershipHead;
import io.tern.proto.rows.NodeImage;
import io.tern.state.MembershipCommand;
import io.tern.state.PartitionId;
import io.tern.state.catalogue.ClusterSettings;
import io.tern.state.catalogue.MembershipImage;
import io.tern.state.catalogue.NodeAddresses;
import io.tern.state.catalogue.NodeDefinition;
import io.tern.state.catalogue.NodeState;
import io.tern.state.catalogue.PeerId;
import io.tern.state.catalogue.Placement;
import io.tern.state.catalogue.ReplicaMove;

/**
 * Nodes and placements to and from Protobuf, in commands and in the catalogue's image. Used by
 * {@link CommandWords}, {@link IndexImage} and {@link ImageReader}.
 */
final class MembershipWords {

  static void put(MembershipCommand command, LoggedCommand.Builder words) {
    switch (command) {
      case MembershipCommand.RegisterNode register ->
          words.setRegisterNode(
              RegisterNode.newBuilder()
                  .setPeer(register.peer().text())
                  .setName(register.name())
                  .setZone(register.zone())
                  .setAddresses(addresses(register.addresses()))
                  .setKnownLogic(register.knownLogic())
                  .build());
      case MembershipCommand.SetNodeState set ->
          words.setSetNodeState(
              SetNodeState.newBuilder()
                  .setPeer(set.peer().text())
                  .setState(state(set.state()))
                  .build());
      case MembershipCommand.AddPartitions add ->
          words.setAddPartitions(AddPartitions.newBuilder().setTotal(add.total()).build());
      case MembershipCommand.RecordPlacement record ->
          words.setRecordPlacement(
              RecordPlacement.newBuilder().setPlacement(placement(record.placement())).build());
      case MembershipCommand.ChangeSettings change ->
          words.setChangeSettings(
              ChangeSettings.newBuilder().setSettings(settings(change.settings())).build());
    }
  }

  static MembershipCommand register(RegisterNode words) {
    return new MembershipCommand.RegisterNode(
        new PeerId(words.getPeer()),
        words.getName(),
        words.getZone(),
        addresses(words.getAddresses()),
        words.getKnownLogic());
  }

  static MembershipCommand set(SetNodeState words) {
    return new MembershipCommand.SetNodeState(new PeerId(words.getPeer()), state(words.getState()));
  }

  static MembershipCommand add(AddPartitions words) {
    return new MembershipCommand.AddPartitions(words.getTotal());
  }

  static MembershipCommand record(RecordPlacement words) {
    return new MembershipCommand.RecordPlacement(placement(words.getPlacement()));
  }

  static MembershipCommand change(ChangeSettings words) {
    return new MembershipCommand.ChangeSettings(settings(words.getSettings()));
  }

  static MembershipHead head(MembershipImage image) {
    MembershipHead.Builder head =
        MembershipHead.newBuilder()
            .setSettings(settings(image.settings()))
            .setAddedPartitions(image.addedPartitions());
    for (NodeDefinition node : image.nodes()) {
      head.addNodes(
          NodeImage.newBuilder()
              .setPeer(node.peer().text())
              .setName(node.name())
              .setZone(node.zone())
              .setAddresses(addresses(node.addresses()))
              .setKnownLogic(node.knownLogic())
              .setState(state(node.state()))
              .setChangedMillis(node.changedMillis()));
    }
    for (Placement placement : image.placements()) {
      head.addPlacements(placement(placement));
    }
    return head.build();
  }

  static MembershipImage image(MembershipHead head) {
    return new MembershipImage(
        head.getNodesList().stream().map(MembershipWords::node).toList(),
        head.getPlacementsList().stream().map(MembershipWords::placement).toList(),
        settings(head.getSettings()),
        head.getAddedPartitions());
  }

  private static NodeDefinition node(NodeImage words) {
    return new NodeDefinition(
        new PeerId(words.getPeer()),
        words.getName(),
        words.getZone(),
        addresses(words.getAddresses()),
        words.getKnownLogic(),
        state(words.getState()),
        words.getChangedMillis());
  }

  private static io.tern.proto.log.NodeAddresses addresses(NodeAddresses addresses) {
    return io.tern.proto.log.NodeAddresses.newBuilder()
        .setPeer(addresses.peer())
        .setRaft(addresses.raft())
        .setGrpc(addresses.grpc())
        .build();
  }

  private static NodeAddresses addresses(io.tern.proto.log.NodeAddresses words) {
    Known.all(words);
    return new NodeAddresses(words.getPeer(), words.getRaft(), words.getGrpc());
  }

  private static io.tern.proto.log.NodeState state(NodeState state) {
    return switch (state) {
      case ACTIVE -> io.tern.proto.log.NodeState.NODE_STATE_ACTIVE;
      case DRAINING -> io.tern.proto.log.NodeState.NODE_STATE_DRAINING;
      case REMOVED -> io.tern.proto.log.NodeState.NODE_STATE_REMOVED;
      case LOST -> io.tern.proto.log.NodeState.NODE_STATE_LOST;
    };
  }

  private static NodeState state(io.tern.proto.log.NodeState words) {
    return switch (words) {
      case NODE_STATE_ACTIVE -> NodeState.ACTIVE;
      case NODE_STATE_DRAINING -> NodeState.DRAINING;
      case NODE_STATE_REMOVED -> NodeState.REMOVED;
      case NODE_STATE_LOST -> NodeState.LOST;
      case NODE_STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new UnreadableBytes("A node in an unknown state.");
    };
  }

  private static io.tern.proto.log.Placement placement(Placement placement) {
    io.tern.proto.log.Placement.Builder words =
        io.tern.proto.log.Placement.newBuilder()
            .setPartition(placement.partition().number())
            .setVersion(placement.version());
    placement.replicas().forEach(peer -> words.addReplicas(peer.text()));
    ReplicaMove move = placement.move();
    if (move != null) {
      io.tern.proto.log.ReplicaMove.Builder moving =
          io.tern.proto.log.ReplicaMove.newBuilder().setStep(step(move.step()));
      PeerId adding = move.adding();
      PeerId removing = move.removing();
      if (adding != null) {
        moving.setAdding(adding.text());
      }
      if (removing != null) {
        moving.setRemoving(removing.text());
      }
      words.setMove(moving);
    }
    return words.build();
  }

  private static Placement placement(io.tern.proto.log.Placement words) {
    Known.all(words);
    return new Placement(
        new PartitionId(words.getPartition()),
        words.getVersion(),
        words.getReplicasList().stream().map(PeerId::new).toList(),
        words.hasMove() ? move(Known.all(words.getMove())) : null);
  }

  private static ReplicaMove move(io.tern.proto.log.ReplicaMove words) {
    return new ReplicaMove(
        step(words.getStep()),
        words.hasAdding() ? new PeerId(words.getAdding()) : null,
        words.hasRemoving() ? new PeerId(words.getRemoving()) : null);
  }

  private static ReplicaMoveStep step(ReplicaMove.Step step) {
    return switch (step) {
      case CREATING -> ReplicaMoveStep.REPLICA_MOVE_STEP_CREATING;
      case ADDING -> ReplicaMoveStep.REPLICA_MOVE_STEP_ADDING;
      case REMOVING -> ReplicaMoveStep.REPLICA_MOVE_STEP_REMOVING;
      case CLEANING -> ReplicaMoveStep.REPLICA_MOVE_STEP_CLEANING;
    };
  }

  private static ReplicaMove.Step step(ReplicaMoveStep words) {
    return switch (words) {
      case REPLICA_MOVE_STEP_CREATING -> ReplicaMove.Step.CREATING;
      case REPLICA_MOVE_STEP_ADDING -> ReplicaMove.Step.ADDING;
      case REPLICA_MOVE_STEP_REMOVING -> ReplicaMove.Step.REMOVING;
      case REPLICA_MOVE_STEP_CLEANING -> ReplicaMove.Step.CLEANING;
      case REPLICA_MOVE_STEP_UNSPECIFIED, UNRECOGNIZED ->
          throw new UnreadableBytes("A move at an unknown step.");
    };
  }

  private static io.tern.proto.log.ClusterSettings settings(ClusterSettings settings) {
    return io.tern.proto.log.ClusterSettings.newBuilder()
        .setReplicas(settings.replicas())
        .setLeaderZone(settings.leaderZone())
        .build();
  }

  private static ClusterSettings settings(io.tern.proto.log.ClusterSettings words) {
    Known.all(words);
    return new ClusterSettings(words.getReplicas(), words.getLeaderZone());
  }

  private MembershipWords() {}
}
