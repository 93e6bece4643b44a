package io.tern.disk;

import io.tern.state.Arrival;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.Delivery;
import io.tern.state.EntryTime;
import io.tern.state.MessageId;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.MoveReason;
import io.tern.state.crossing.MoveRoute;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.Deduplication;
import io.tern.state.queue.MoveTask;
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
      Arbitraries.bytes()
          .array(byte[].class)
          .ofMaxSize(300)
          // Else it would be taken for a notification.
          .filter(bytes -> bytes.length == 0 || bytes[0] != 8)
          .map(Bytes::of);
  static final Arbitrary<SortedMap<String, String>> PAIRS =
      Arbitraries.maps(TEXTS, TEXTS).ofMaxSize(5).map(TreeMap::new);
  static final Arbitrary<QueueName> NAMES = Combinators.combine(TEXTS, TEXTS).as(QueueName::new);
  static final Arbitrary<MoveTarget> TARGETS =
      Combinators.combine(QUEUES, PARTITIONS, NAMES).as(MoveTarget::new);
  static final Arbitrary<QueueSettings> SETTINGS =
      Combinators.combine(
              NAMES,
              LONGS,
              LONGS,
              LONGS,
              Arbitraries.of(true, false),
              Combinators.combine(TARGETS, INTEGERS).as(QueueSettings.Redrive::new).injectNull(0.5))
          .as(QueueSettings::new);
  static final Arbitrary<MessageId> IDS = Combinators.combine(LONGS, LONGS).as(MessageId::new);
  static final Arbitrary<Deduplication> DEDUPLICATIONS =
      Combinators.combine(LONGS, LONGS, IDS).as(Deduplication::new);
  static final Arbitrary<Arrival> ARRIVALS =
      Combinators.combine(NAMES.injectNull(0.3), INTEGERS, LONGS).as(Arrival::new);
  private static final Arbitrary<Crossing.ParkedMessage> PARKED =
      Combinators.combine(QUEUES, QUEUES, Arbitraries.of(MoveReason.class), TEXTS, ARRIVALS)
          .as(Crossing.ParkedMessage::new);
  static final Arbitrary<Crossing.MovedMessage> MOVED =
      Combinators.combine(PARKED, LONGS, TEXTS, BYTES).as(Crossing.MovedMessage::new);
  private static final Arbitrary<MoveRoute> ROUTES =
      Combinators.combine(NAMES, TARGETS.injectNull(0.3)).as(MoveRoute::new);

  private static Arbitrary<MoveTask> tasks() {
    Arbitrary<MoveTask> running =
        Combinators.combine(
                TEXTS,
                TARGETS.injectNull(0.5),
                INTEGERS,
                Arbitraries.of(MoveTask.Status.class),
                LONGS,
                LONGS,
                LONGS,
                LONGS)
            .as((id, target, perSecond, status, moved, toMove, last, started) ->
                new MoveTask(id, target, perSecond, status, moved, toMove, last, started, ""));
    return Combinators.combine(running, Arbitraries.of(MoveTask.Status.class), TEXTS)
        .as(MoveTask::ended);
  }

  static List<Arbitrary<? extends Crossing>> crossings() {
    return joined(
        List.of(
            Combinators.combine(QUEUES, LONGS, SETTINGS).as(Crossing.InstallQueue::new),
            QUEUES.map(Crossing.RemoveQueue::new),
            PARKED,
            MOVED),
        TopicArbitraries.crossings());
  }

  private static Arbitrary<OutboxEntry> outboxEntries() {
    return Combinators.combine(LONGS, oneOf(crossings())).as(OutboxEntry::new);
  }

  static List<Arbitrary<? extends Command>> commands() {
    return joined(
        queueCommands(),
        joined(
            MembershipArbitraries.commands(),
            joined(TopicArbitraries.commands(), TopicArbitraries.definitionCommands())));
  }

  private static List<Arbitrary<? extends Command>> queueCommands() {
    return List.of(
        Combinators.combine(QUEUES, LONGS, TEXTS, DEDUPLICATIONS.injectNull(0.5), BYTES)
            .as(Command.SendMessage::new),
        Combinators.combine(QUEUES, INTEGERS, LONGS, TEXTS).as(Command.ReceiveMessages::new),
        Combinators.combine(QUEUES, LONGS, INTEGERS).as(Command.DeleteMessage::new),
        Combinators.combine(QUEUES, LONGS, INTEGERS, LONGS).as(Command.ChangeVisibility::new),
        Combinators.combine(QUEUES, LONGS).as(Command.PurgeQueue::new),
        Combinators.combine(QUEUES, TEXTS, TARGETS.injectNull(0.5), INTEGERS)
            .as(Command.StartMoveTask::new),
        Combinators.combine(QUEUES, TEXTS, INTEGERS, ROUTES.list().ofMaxSize(5))
            .as(Command.AdvanceMoveTask::new),
        Combinators.combine(QUEUES, TEXTS).as(Command.CancelMoveTask::new),
        Combinators.combine(NAMES, PAIRS, PAIRS, LONGS).as(Command.CreateQueue::new),
        QUEUES.map(Command.DeleteQueue::new),
        Combinators.combine(QUEUES, PAIRS).as(Command.SetQueueAttributes::new),
        Combinators.combine(QUEUES, PAIRS).as(Command.TagQueue::new),
        Combinators.combine(QUEUES, TEXTS.list().ofMaxSize(5)).as(Command.UntagQueue::new),
        Combinators.combine(QUEUES, TEXTS, TEXTS).as(Command.ReplacePolicy::new),
        Combinators.combine(BYTES, INTEGERS).as(Command.InitializeCluster::new),
        Combinators.combine(PARTITIONS, LONGS, outboxEntries().list().ofMaxSize(5))
            .as(Command.AcceptDeliveries::new),
        Combinators.combine(PARTITIONS, LONGS).as(Command.SettleOutbox::new),
        Arbitraries.just(new Command.Tick()));
  }

  static List<Arbitrary<? extends Reply>> replies() {
    return joined(queueReplies(), TopicArbitraries.replies());
  }

  private static List<Arbitrary<? extends Reply>> queueReplies() {
    Arbitrary<Delivery> deliveries = Combinators.combine(LONGS, INTEGERS, LONGS).as(Delivery::new);
    return List.of(
        Arbitraries.just(new Reply.Done()),
        LONGS.map(Reply.MessageAccepted::new),
        Combinators.combine(LONGS, IDS).as(Reply.MessageRepeated::new),
        Combinators.combine(tasks(), NAMES.list().ofMaxSize(3)).as(Reply.MoveTaskStands::new),
        Arbitraries.just(new Reply.Outdated()),
        deliveries.list().ofMaxSize(10).map(Reply.MessagesReceived::new),
        Combinators.combine(QUEUES, PARTITIONS, LONGS).as(Reply.DefinitionTaken::new),
        LONGS.map(Reply.DeliveriesTaken::new),
        Combinators.combine(Arbitraries.of(ErrorCode.class), TEXTS).as(Reply.Rejected::new));
  }

  private static <T> List<T> joined(List<? extends T> some, List<? extends T> others) {
    List<T> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
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
