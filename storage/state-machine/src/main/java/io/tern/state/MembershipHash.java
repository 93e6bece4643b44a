package io.tern.state;

import io.tern.state.catalogue.NodeDefinition;
import io.tern.state.catalogue.PeerId;
import io.tern.state.catalogue.Placement;
import io.tern.state.catalogue.ReplicaMove;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Mixes the catalogue's changes about nodes and placements field by field; a part of {@link
 * ChangeHash}.
 *
 * @param mix takes the next field
 */
record MembershipHash(LongConsumer mix) {

  void add(MembershipChange change) {
    switch (change) {
      case MembershipChange.NodeDefined c -> {
        mix.accept(70);
        node(c.node());
      }
      case MembershipChange.NodeForgotten c -> {
        mix.accept(71);
        text(c.peer().text());
      }
      case MembershipChange.PartitionsAdded c -> {
        mix.accept(72);
        mix.accept(c.total());
      }
      case MembershipChange.PlacementRecorded c -> {
        mix.accept(73);
        placement(c.placement());
      }
      case MembershipChange.SettingsChanged c -> {
        mix.accept(74);
        mix.accept(c.settings().replicas());
        text(c.settings().leaderZone());
      }
    }
  }

  private void node(NodeDefinition node) {
    text(node.peer().text());
    text(node.name());
    text(node.zone());
    text(node.addresses().peer());
    text(node.addresses().raft());
    text(node.addresses().grpc());
    mix.accept(node.knownLogic());
    text(node.state().name());
    mix.accept(node.changedMillis());
  }

  private void placement(Placement placement) {
    mix.accept(placement.partition().number());
    mix.accept(placement.version());
    mix.accept(placement.replicas().size());
    for (PeerId replica : placement.replicas()) {
      text(replica.text());
    }
    ReplicaMove move = placement.move();
    if (move != null) {
      text(move.step().name());
      peer(move.adding());
      peer(move.removing());
    }
  }

  private void peer(@Nullable PeerId peer) {
    mix.accept(peer == null ? 0 : 1);
    if (peer != null) {
      text(peer.text());
    }
  }

  private void text(String text) {
    mix.accept(text.hashCode());
  }
}
