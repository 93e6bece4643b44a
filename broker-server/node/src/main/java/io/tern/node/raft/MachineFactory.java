package io.tern.node.raft;

import io.tern.state.CatalogueImage;
import io.tern.state.MachineImage;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.ReplicatedMachine;
import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.partition.PartitionMachine;
import org.jspecify.annotations.Nullable;

/** Makes the machine of a partition when its replica opens. */
@FunctionalInterface
public interface MachineFactory {

  /**
   * As the image has it, or at the beginning of its log.
   *
   * @param image null when there is no checkpoint
   */
  ReplicatedMachine make(PartitionId partition, @Nullable MachineImage image);

  /** The machines of the state-machine module. */
  static ReplicatedMachine real(PartitionId partition, @Nullable MachineImage image) {
    return switch (image) {
      case null -> partition.isCatalogue() ? CatalogueMachine.empty() : PartitionMachine.empty();
      case CatalogueImage catalogue -> CatalogueMachine.of(catalogue);
      case PartitionImage data -> PartitionMachine.of(data);
    };
  }
}
