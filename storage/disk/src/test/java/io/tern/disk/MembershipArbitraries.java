package io.tern.disk;

import io.tern.state.Command;
import io.tern.state.MembershipCommand;
import io.tern.state.PartitionId;
import io.tern.state.catalogue.ClusterSettings;
import io.tern.state.catalogue.NodeAddresses;
import io.tern.state.catalogue.NodeState;
import io.tern.state.catalogue.PeerId;
import io.tern.state.catalogue.Placement;
import io.tern.state.catalogue.ReplicaMove;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random commands about nodes and placements; a part of {@link CodecArbitraries}. */
final class MembershipArbitraries {
  private static final Arbitrary<Long> LONGS = Arbitraries.longs();
  private static final Arbitrary<Integer> INTEGERS = Arbitraries.integers();
  private static final Arbitrary<String> TEXTS = Arbitraries.strings().ofMaxLength(20);
  private static final Arbitrary<PeerId> PEERS = TEXTS.map(PeerId::new);

  static List<Arbitrary<? extends Command>> commands() {
    Arbitrary<ReplicaMove> moves =
        Combinators.combine(
                Arbitraries.of(ReplicaMove.Step.class),
                PEERS.injectNull(0.3),
                PEERS.injectNull(0.3))
            .as(ReplicaMove::new);
    Arbitrary<Placement> placements =
        Combinators.combine(
                INTEGERS.map(PartitionId::new),
                LONGS,
                PEERS.list().ofMaxSize(5),
                moves.injectNull(0.3))
            .as(Placement::new);
    return List.of(
        Combinators.combine(
                PEERS,
                TEXTS,
                TEXTS,
                Combinators.combine(TEXTS, TEXTS, TEXTS).as(NodeAddresses::new),
                INTEGERS)
            .as(MembershipCommand.RegisterNode::new),
        Combinators.combine(PEERS, Arbitraries.of(NodeState.class))
            .as(MembershipCommand.SetNodeState::new),
        INTEGERS.map(MembershipCommand.AddPartitions::new),
        placements.map(MembershipCommand.RecordPlacement::new),
        Combinators.combine(INTEGERS, TEXTS)
            .as(ClusterSettings::new)
            .map(MembershipCommand.ChangeSettings::new),
        INTEGERS.map(Command.AdvanceLogic::new));
  }

  private MembershipArbitraries() {}
}
