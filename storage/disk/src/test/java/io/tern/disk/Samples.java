package io.tern.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.state.Arrival;
import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.EntryTime;
import io.tern.state.MessageId;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.catalogue.ClusterSettings;
import io.tern.state.catalogue.MembershipImage;
import io.tern.state.catalogue.NodeAddresses;
import io.tern.state.catalogue.NodeDefinition;
import io.tern.state.catalogue.NodeState;
import io.tern.state.catalogue.PeerId;
import io.tern.state.catalogue.Placement;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.catalogue.ReplicaMove;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.CrossingImage;
import io.tern.state.crossing.MoveReason;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.Deduplication;
import io.tern.state.queue.QueueImage;
import io.tern.state.topic.TopicsImage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Small values that the tests of this package share. */
final class Samples {
  static final QueueId ORDERS = new QueueId(7);
  static final QueueId PAYMENTS = new QueueId(8);
  static final PartitionId ELSEWHERE = new PartitionId(4);
  static final QueueName NAME = new QueueName("000000000000", "orders");
  static final QueueSettings SETTINGS =
      new QueueSettings(NAME, 30_000, 0, 345_600_000, false, null);
  static final QueueSettings FIFO = new QueueSettings(NAME, 30_000, 0, 345_600_000, true, null);

  static AppliedIndex at(long index) {
    return new AppliedIndex(3, index);
  }

  static Bytes text(String text) {
    return Bytes.of(text.getBytes(UTF_8));
  }

  static Change.MessageStored stored(QueueId queue, long number, String content) {
    return new Change.MessageStored(queue, number, 0, 1_000 + number, 5, "", text(content));
  }

  static StoredMessage message(long number, String content) {
    return new StoredMessage(number, 1_000 + number, "", null, text(content));
  }

  static Change.MessageParked parked(QueueId queue, long number, long outboxNumber) {
    return new Change.MessageParked(
        queue, number, ELSEWHERE, outboxNumber, crossing(queue, MoveReason.DEAD_LETTER));
  }

  static Crossing.ParkedMessage crossing(QueueId source, MoveReason reason) {
    return new Crossing.ParkedMessage(PAYMENTS, source, reason, "", new Arrival(NAME, 3, 17));
  }

  static Change.DeduplicationRemembered remembered(QueueId queue, long number) {
    return new Change.DeduplicationRemembered(queue, number, deduplication(number), 100 + number);
  }

  static Deduplication deduplication(long number) {
    return new Deduplication(-number, number, new MessageId(7 * number, Long.MIN_VALUE));
  }

  static Change.MessageHidden hidden(QueueId queue, long number) {
    return new Change.MessageHidden(queue, number, 40_000, 1, 10_000, 1_700_000_000_000L);
  }

  static PartitionImage emptyImage() {
    return new PartitionImage(
        EntryTime.ZERO, 0, 0, List.of(), TopicsImage.EMPTY, CrossingImage.EMPTY);
  }

  static PartitionImage image(QueueImage... queues) {
    return new PartitionImage(
        new EntryTime(40, 50), 60, -70, List.of(queues), TopicsImage.EMPTY, CrossingImage.EMPTY);
  }

  static QueueImage queueImage(QueueId queue, long messages) {
    List<QueueImage.MessageRange> ready =
        messages == 0 ? List.of() : List.of(new QueueImage.MessageRange(1, messages));
    return queueImage(queue, messages + 1, ready, List.of(), List.of());
  }

  /** A standard queue without groups. */
  static QueueImage queueImage(
      QueueId queue,
      long nextNumber,
      List<QueueImage.MessageRange> ready,
      List<QueueImage.TouchedMessage> touched,
      List<QueueImage.SentMark> marks) {
    return new QueueImage(
        queue,
        9,
        SETTINGS,
        nextNumber,
        QueueImage.NEVER,
        ready,
        touched,
        marks,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** A FIFO queue in which nothing is remembered. */
  static QueueImage fifoImage(
      QueueId queue,
      long nextNumber,
      List<QueueImage.TouchedMessage> touched,
      List<QueueImage.GroupImage> groups) {
    return new QueueImage(
        queue,
        2,
        FIFO,
        nextNumber,
        QueueImage.NEVER,
        List.of(),
        touched,
        List.of(),
        groups,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  static QueueDefinition definition(long queue, String name) {
    TreeMap<String, String> attributes = new TreeMap<>();
    attributes.put("DelaySeconds", "5");
    TreeMap<String, String> tags = new TreeMap<>();
    tags.put("team", "blue");
    return new QueueDefinition(
        new QueueId(queue),
        new QueueName("000000000000", name),
        3,
        List.of(new PartitionId(2)),
        attributes,
        tags,
        11,
        12);
  }

  /** Nodes and placements of every kind. */
  static MembershipImage membership() {
    PeerId a = new PeerId("a");
    PeerId b = new PeerId("b-1");
    NodeAddresses addresses = new NodeAddresses("host:1", "host:2", "");
    List<NodeDefinition> nodes = new ArrayList<>();
    List<Placement> placements = new ArrayList<>();
    for (NodeState state : NodeState.values()) {
      PeerId peer = new PeerId("n" + nodes.size());
      nodes.add(new NodeDefinition(peer, "n", "z", addresses, 1, state, 5 + nodes.size()));
    }
    for (ReplicaMove.Step step : ReplicaMove.Step.values()) {
      placements.add(
          new Placement(
              new PartitionId(placements.size()),
              7,
              List.of(a, b),
              new ReplicaMove(step, a, null)));
    }
    placements.add(new Placement(new PartitionId(9), 1, List.of(b), null));
    return new MembershipImage(nodes, placements, new ClusterSettings(5, "z"), 3);
  }

  private Samples() {}
}
