package io.tern.state.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.crossing.Crossing.ParkedMessage;
import io.tern.state.crossing.CrossingImage.OutboxImage;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.crossing.TopicCrossing.FanOut;
import io.tern.state.model.NaiveCrossings.Fanned;
import io.tern.state.model.NaiveCrossings.Moved;
import io.tern.state.model.NaiveCrossings.Pair;
import io.tern.state.model.NaiveCrossings.Share;
import io.tern.state.model.NaiveCrossings.Waiting;
import io.tern.state.queue.QueueGauge;
import io.tern.state.queue.QueueImage;
import io.tern.state.topic.FanOutTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Machines, their twins that never restart, rows and model agree; each message is in one place. */
final class StateComparison {
  private final ModelRun run;

  StateComparison(ModelRun run) {
    this.run = run;
  }

  void compare() {
    TreeMap<Rows.Key, Rows.Row> rows = new TreeMap<>();
    for (Partition partition : run.partitions) {
      partition.assertReplicasAgree();
      rows.putAll(partition.rows.messages);
      for (QueueImage image : partition.machine().image().queues()) {
        compareQueue(partition, image);
      }
      for (OutboxImage outbox : partition.machine().image().crossing().outboxes()) {
        compareOutbox(partition, outbox);
      }
    }
    assertThat(run.partitions.stream().mapToLong(p -> p.machine().image().queues().size()).sum())
        .isEqualTo(run.model.size());
    TreeMap<Rows.Key, Rows.Row> expected = new TreeMap<>();
    List<Long> places = run.crossings.sendsUnderway();
    for (NaiveQueue queue : run.model.values()) {
      for (NaiveMessage message : queue.messages) {
        places.add(message.send);
        expected.put(
            new Rows.Key(queue.id, message.number),
            new Rows.Row(message.sentMillis, message.group, run.sends.content(message.send)));
      }
    }
    assertThat(rows).isEqualTo(expected);
    assertThat(places)
        .as("each message in one place")
        .containsExactlyInAnyOrderElementsOf(run.alive);
  }

  private void compareQueue(Partition partition, QueueImage image) {
    NaiveQueue queue = run.model.get(image.queue());
    QueueGauge gauge = partition.machine().gauge(image.queue());
    assertThat(queue).isNotNull();
    assertThat(gauge).isNotNull();
    if (queue == null || gauge == null) {
      return;
    }
    assertThat(gauge.visible()).as("visible").isEqualTo(queue.visible(run.now));
    assertThat(gauge.inFlight()).as("in flight").isEqualTo(queue.inFlight(run.now));
    assertThat(gauge.delayed()).as("delayed").isEqualTo(queue.delayed(run.now));
    assertThat(numbers(image, run.now))
        .as("places of messages of %s", image.queue())
        .containsExactlyElementsOf(queue.messages.stream().map(m -> m.number).toList());
    assertThat(image.tasks()).hasSameSizeAs(queue.tasks);
    for (int i = 0; i < queue.tasks.size(); i++) {
      MoveTaskSteps.assertSame(image.tasks().get(i), queue.tasks.get(i));
    }
    boolean runs = queue.tasks.stream().anyMatch(NaiveTask::isRunning);
    assertThat(partition.machine().runningMoveTasks().stream().map(r -> r.queue()).toList())
        .as("queues with a running task")
        .matches(queues -> queues.contains(image.queue()) == runs);
    for (NaiveMessage message : queue.messages) {
      image.touched().stream()
          .filter(t -> t.number() == message.number && message.receiveCount > 0)
          .forEach(t -> assertThat(t.receiveCount()).isEqualTo(message.receiveCount));
    }
  }

  /** Every place in the index where a message is; the same message in two is twice in the list. */
  private static List<Long> numbers(QueueImage image, long now) {
    List<Long> numbers = new ArrayList<>();
    for (QueueImage.MessageRange range : image.ready()) {
      for (long number = range.first(); number <= range.last(); number++) {
        numbers.add(number);
      }
    }
    for (QueueImage.GroupImage group : image.groups()) {
      for (int i = 0; i < group.numbers().size(); i++) {
        numbers.add(group.numbers().get(i));
      }
    }
    if (!image.settings().fifo()) {
      image.touched().stream()
          .filter(t -> t.visibleAtMillis() > now)
          .forEach(t -> numbers.add(t.number()));
    }
    numbers.sort(null);
    return numbers;
  }

  private void compareOutbox(Partition partition, OutboxImage outbox) {
    List<Waiting> expected = run.crossings.waiting(new Pair(partition.id, outbox.destination()));
    assertThat(outbox.waiting()).hasSameSizeAs(expected);
    assertThat(partition.rows.outbox(outbox.destination()).size())
        .isEqualTo((int) expected.stream().filter(Moved.class::isInstance).count());
    for (int i = 0; i < expected.size(); i++) {
      OutboxEntry entry = outbox.waiting().get(i);
      assertThat(entry.number()).isEqualTo(expected.get(i).number());
      switch (expected.get(i)) {
        case Moved moved -> compareMoved(partition, outbox, entry, moved);
        case Fanned fanned ->
            assertThat(entry.crossing())
                .isInstanceOfSatisfying(FanOut.class, fanOut -> assertSame(fanOut, fanned));
      }
    }
  }

  private void compareMoved(
      Partition partition, OutboxImage outbox, OutboxEntry entry, Moved moved) {
    assertThat(entry.crossing())
        .isInstanceOfSatisfying(ParkedMessage.class, parked -> assertSame(parked, moved));
    assertThat(partition.rows.outbox(outbox.destination()))
        .containsEntry(
            moved.number(),
            new Rows.Row(moved.sentMillis(), moved.group(), run.sends.content(moved.send())));
  }

  private static void assertSame(FanOut fanOut, Fanned fanned) {
    assertThat(fanOut.targets())
        .extracting(FanOutTarget::queue)
        .containsExactlyElementsOf(fanned.shares().stream().map(Share::queue).toList());
  }

  private static void assertSame(ParkedMessage parked, Moved moved) {
    assertThat(parked.target()).isEqualTo(moved.target());
    assertThat(parked.source()).isEqualTo(moved.home());
    assertThat(parked.reason()).isEqualTo(moved.reason());
    assertThat(parked.arrival().receiveCount()).isEqualTo(moved.past().receives());
    assertThat(parked.arrival().firstReceivedMillis())
        .isEqualTo(moved.past().firstReceivedMillis());
    assertThat(parked.arrival().deadLetterSource()).isEqualTo(moved.past().deadLetterSource());
  }
}
