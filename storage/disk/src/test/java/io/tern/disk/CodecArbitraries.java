package io.tern.disk;

import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.Delivery;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.QueueSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Random commands and replies, one generator for each record. The lists are compared with the
 * sealed types, so a record without a generator fails a test.
 */
final class CodecArbitraries {
  private static final Arbitrary<Long> LONGS = Arbitraries.longs();
  private static final Arbitrary<Integer> INTEGERS = Arbitraries.integers();
  private static final Arbitrary<String> TEXTS = Arbitraries.strings().ofMaxLength(30);
  static final Arbitrary<QueueId> QUEUES = LONGS.map(QueueId::new);
  private static final Arbitrary<PartitionId> PARTITIONS = INTEGERS.map(PartitionId::new);
  static final Arbitrary<EntryTime> TIMES = Combinators.combine(LONGS, LONGS).as(EntryTime::new);
  static final Arbitrary<Bytes> BYTES =
      Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Bytes::of);
  private static final Arbitrary<SortedMap<String, String>> PAIRS =
      Arbitraries.maps(TEXTS, TEXTS).ofMaxSize(5).map(TreeMap::new);
  static final Arbitrary<QueueName> NAMES = Combinators.combine(TEXTS, TEXTS).as(QueueName::new);
  static final Arbitrary<QueueSettings> SETTINGS =
      Combinators.combine(LONGS, LONGS, LONGS, Arbitraries.of(true, false)).as(QueueSettings::new);

  static List<Arbitrary<? extends Crossing>> crossings() {
    return List.of(
        Combinators.combine(QUEUES, LONGS, SETTINGS).as(Crossing.InstallQueue::new),
        QUEUES.map(Crossing.RemoveQueue::new));
  }

  private static Arbitrary<OutboxEntry> outboxEntries() {
    return Combinators.combine(LONGS, oneOf(crossings())).as(OutboxEntry::new);
  }

  static List<Arbitrary<? extends Command>> commands() {
    return List.of(
        Combinators.combine(QUEUES, LONGS, BYTES).as(Command.SendMessage::new),
        Combinators.combine(QUEUES, INTEGERS, LONGS).as(Command.ReceiveMessages::new),
        Combinators.combine(QUEUES, LONGS, INTEGERS).as(Command.DeleteMessage::new),
        Combinators.combine(QUEUES, LONGS, INTEGERS, LONGS).as(Command.ChangeVisibility::new),
        Combinators.combine(QUEUES, LONGS).as(Command.PurgeQueue::new),
        Combinators.combine(NAMES, PAIRS, PAIRS, LONGS).as(Command.CreateQueue::new),
        QUEUES.map(Command.DeleteQueue::new),
        Combinators.combine(QUEUES, PAIRS).as(Command.SetQueueAttributes::new),
        Combinators.combine(BYTES, INTEGERS).as(Command.InitializeCluster::new),
        Combinators.combine(PARTITIONS, LONGS, outboxEntries().list().ofMaxSize(5))
            .as(Command.AcceptDeliveries::new),
        Combinators.combine(PARTITIONS, LONGS).as(Command.SettleOutbox::new),
        Arbitraries.just(new Command.Tick()));
  }

  static List<Arbitrary<? extends Reply>> replies() {
    Arbitrary<Delivery> deliveries = Combinators.combine(LONGS, INTEGERS, LONGS).as(Delivery::new);
    return List.of(
        Arbitraries.just(new Reply.Done()),
        LONGS.map(Reply.MessageAccepted::new),
        deliveries.list().ofMaxSize(10).map(Reply.MessagesReceived::new),
        Combinators.combine(QUEUES, PARTITIONS, LONGS).as(Reply.DefinitionTaken::new),
        LONGS.map(Reply.DeliveriesTaken::new),
        Combinators.combine(Arbitraries.of(ErrorCode.class), TEXTS).as(Reply.Rejected::new));
  }

  /** Any of them, each kind as likely as the others. */
  static <T> Arbitrary<T> oneOf(List<Arbitrary<? extends T>> kinds) {
    List<Arbitrary<T>> same = new ArrayList<>();
    for (Arbitrary<? extends T> kind : kinds) {
      same.add(kind.map(value -> value));
    }
    return Arbitraries.oneOf(same);
  }

  private CodecArbitraries() {}
}
