package io.tern.simulator;

import io.tern.state.Decision;
import io.tern.state.Entry;
import io.tern.state.PartitionId;
import java.util.List;

/** Told of each entry once, with what it came to; throws what is wrong with that. */
@FunctionalInterface
interface Judge {
  void applied(PartitionId partition, Entry entry, List<Decision> decisions);
}
