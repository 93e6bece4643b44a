package io.tern.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.simulator.SimulatedReplica.Snapshot;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.crossing.Crossing.ParkedMessage;
import io.tern.state.crossing.CrossingImage.OutboxImage;
import io.tern.state.queue.QueueImage;
import java.util.TreeSet;

/** Compares what an image says there is with the rows beside it; asked at each checkpoint. */
final class RowsOfImage {
  private RowsOfImage() {}

  /** Every message of the index has its row, and no row is without a message. */
  static void assertPair(PartitionId partition, Snapshot snapshot) {
    if (!(snapshot.image() instanceof PartitionImage image)) {
      return;
    }
    TreeSet<SimulatedRows.Key> messages = new TreeSet<>();
    for (QueueImage queue : image.queues()) {
      queue
          .ready()
          .forEach(range -> {
            for (long number = range.first(); number <= range.last(); number++) {
              messages.add(new SimulatedRows.Key(queue.queue(), number));
            }
          });
      queue
          .touched()
          .forEach(one -> messages.add(new SimulatedRows.Key(queue.queue(), one.number())));
      queue
          .delayed()
          .forEach(one -> messages.add(new SimulatedRows.Key(queue.queue(), one.number())));
      queue
          .groups()
          .forEach(group -> {
            for (int place = 0; place < group.numbers().size(); place++) {
              messages.add(new SimulatedRows.Key(queue.queue(), group.numbers().get(place)));
            }
          });
    }
    assertThat(snapshot.rows().keys())
        .as("rows and image of a checkpoint of %s", partition)
        .isEqualTo(messages);
    long parked = 0;
    for (OutboxImage outbox : image.crossing().outboxes()) {
      parked +=
          outbox.waiting().stream().filter(e -> e.crossing() instanceof ParkedMessage).count();
    }
    assertThat((long) snapshot.rows().parked())
        .as("rows and image of the outboxes of %s", partition)
        .isEqualTo(parked);
  }
}
