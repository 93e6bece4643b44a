package io.tern.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Bytes;
import io.tern.state.PartitionId;
import io.tern.state.TopicChange.BodyStored;
import io.tern.state.TopicId;
import io.tern.state.topic.Notification;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The bodies of published messages as the log brought them; the histories look them up. */
final class PublishedBodies {
  private record Place(PartitionId partition, TopicId topic, long number) {}

  private final Map<Place, Bytes> bodies = new HashMap<>();

  void stored(PartitionId partition, BodyStored c) {
    Bytes before = bodies.put(new Place(partition, c.topic(), c.number()), c.content());
    assertThat(before).as("number of a body used twice").isNull();
  }

  Bytes of(PartitionId partition, Notification refers) {
    Place place = new Place(partition, refers.topic(), refers.body());
    return Objects.requireNonNull(bodies.get(place), "a body");
  }
}
