package io.tern.disk;

import io.tern.proto.log.AcceptDeliveries;
import io.tern.proto.log.AdvanceMoveTask;
import io.tern.proto.log.CancelMoveTask;
import io.tern.proto.log.ChangeVisibility;
import io.tern.proto.log.DeleteMessage;
import io.tern.proto.log.LoggedCommand;
import io.tern.proto.log.PurgeQueue;
import io.tern.proto.log.ReceiveMessages;
import io.tern.proto.log.SendMessage;
import io.tern.proto.log.SettleOutbox;
import io.tern.proto.log.StartMoveTask;
import io.tern.proto.log.Tick;
import io.tern.state.Command;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.crossing.MoveRoute;
import io.tern.state.crossing.OutboxEntry;
import java.util.ArrayList;
import java.util.List;

/** Each command to and from its Protobuf message. Used by {@link CommandCodec}. */
final class CommandWords {

  static LoggedCommand words(Command command) {
    LoggedCommand.Builder words = LoggedCommand.newBuilder();
    switch (command) {
      case Command.PartitionCommand ofPartition -> put(ofPartition, words);
      case Command.CatalogueCommand ofCatalogue -> CatalogueWords.put(ofCatalogue, words);
      case Command.CommonCommand common -> put(common, words);
    }
    return words.build();
  }

  private static void put(Command.PartitionCommand command, LoggedCommand.Builder words) {
    switch (command) {
      case Command.SendMessage send -> words.setSendMessage(send(send));
      case Command.ReceiveMessages receive ->
          words.setReceiveMessages(
              ReceiveMessages.newBuilder()
                  .setQueue(receive.queue().number())
                  .setMaxMessages(receive.maxMessages())
                  .setVisibilityMillis(receive.visibilityMillis())
                  .setAttemptId(receive.attemptId())
                  .build());
      case Command.DeleteMessage delete ->
          words.setDeleteMessage(
              DeleteMessage.newBuilder()
                  .setQueue(delete.queue().number())
                  .setNumber(delete.number())
                  .setReceiveCount(delete.receiveCount())
                  .build());
      case Command.ChangeVisibility change ->
          words.setChangeVisibility(
              ChangeVisibility.newBuilder()
                  .setQueue(change.queue().number())
                  .setNumber(change.number())
                  .setReceiveCount(change.receiveCount())
                  .setVisibilityMillis(change.visibilityMillis())
                  .build());
      case Command.PurgeQueue purge ->
          words.setPurgeQueue(
              PurgeQueue.newBuilder()
                  .setQueue(purge.queue().number())
                  .setMinimumIntervalMillis(purge.minimumIntervalMillis())
                  .build());
      case Command.StartMoveTask start -> words.setStartMoveTask(start(start));
      case Command.AdvanceMoveTask advance -> words.setAdvanceMoveTask(advance(advance));
      case Command.CancelMoveTask cancel ->
          words.setCancelMoveTask(
              CancelMoveTask.newBuilder()
                  .setQueue(cancel.queue().number())
                  .setTaskId(cancel.taskId())
                  .build());
    }
  }

  private static SendMessage send(Command.SendMessage send) {
    SendMessage.Builder words =
        SendMessage.newBuilder()
            .setQueue(send.queue().number())
            .setDelayMillis(send.delayMillis())
            .setContent(Words.bytes(send.content()))
            .setGroup(send.group());
    if (send.deduplication() != null) {
      words.setDeduplication(MoveWords.words(send.deduplication()));
    }
    return words.build();
  }

  private static StartMoveTask start(Command.StartMoveTask start) {
    StartMoveTask.Builder words =
        StartMoveTask.newBuilder()
            .setQueue(start.queue().number())
            .setTaskId(start.taskId())
            .setPerSecond(start.perSecond());
    if (start.destination() != null) {
      words.setDestination(MoveWords.words(start.destination()));
    }
    return words.build();
  }

  private static AdvanceMoveTask advance(Command.AdvanceMoveTask advance) {
    AdvanceMoveTask.Builder words =
        AdvanceMoveTask.newBuilder()
            .setQueue(advance.queue().number())
            .setTaskId(advance.taskId())
            .setMaxMessages(advance.maxMessages());
    for (MoveRoute route : advance.routes()) {
      words.addRoutes(MoveWords.words(route));
    }
    return words.build();
  }

  private static void put(Command.CommonCommand command, LoggedCommand.Builder words) {
    switch (command) {
      case Command.AcceptDeliveries accept -> {
        AcceptDeliveries.Builder deliveries =
            AcceptDeliveries.newBuilder()
                .setSource(accept.source().number())
                .setPrevious(accept.previous());
        for (OutboxEntry entry : accept.entries()) {
          deliveries.addEntries(Words.outboxEntry(entry));
        }
        words.setAcceptDeliveries(deliveries.build());
      }
      case Command.SettleOutbox settle ->
          words.setSettleOutbox(
              SettleOutbox.newBuilder()
                  .setDestination(settle.destination().number())
                  .setUpTo(settle.upTo())
                  .build());
      case Command.Tick() -> words.setTick(Tick.getDefaultInstance());
    }
  }

  static Command command(LoggedCommand words) {
    Known.all(words);
    return switch (words.getCommandCase()) {
      case SEND_MESSAGE -> send(Known.all(words.getSendMessage()));
      case RECEIVE_MESSAGES -> receive(Known.all(words.getReceiveMessages()));
      case DELETE_MESSAGE -> delete(Known.all(words.getDeleteMessage()));
      case CHANGE_VISIBILITY -> change(Known.all(words.getChangeVisibility()));
      case PURGE_QUEUE -> purge(Known.all(words.getPurgeQueue()));
      case START_MOVE_TASK -> start(Known.all(words.getStartMoveTask()));
      case ADVANCE_MOVE_TASK -> advance(Known.all(words.getAdvanceMoveTask()));
      case CANCEL_MOVE_TASK -> cancel(Known.all(words.getCancelMoveTask()));
      case CREATE_QUEUE,
          DELETE_QUEUE,
          SET_QUEUE_ATTRIBUTES,
          TAG_QUEUE,
          UNTAG_QUEUE,
          REPLACE_POLICY,
          INITIALIZE_CLUSTER ->
          CatalogueWords.command(words);
      case ACCEPT_DELIVERIES -> accept(Known.all(words.getAcceptDeliveries()));
      case SETTLE_OUTBOX -> settle(Known.all(words.getSettleOutbox()));
      case TICK -> new Command.Tick();
      case COMMAND_NOT_SET -> throw new UnreadableBytes("A command without content.");
    };
  }

  private static Command send(SendMessage words) {
    return new Command.SendMessage(
        new QueueId(words.getQueue()),
        words.getDelayMillis(),
        words.getGroup(),
        MoveWords.deduplication(words.hasDeduplication(), words.getDeduplication()),
        Words.bytes(words.getContent()));
  }

  private static Command start(StartMoveTask words) {
    return new Command.StartMoveTask(
        new QueueId(words.getQueue()),
        words.getTaskId(),
        words.hasDestination() ? MoveWords.target(words.getDestination()) : null,
        words.getPerSecond());
  }

  private static Command advance(AdvanceMoveTask words) {
    List<MoveRoute> routes = new ArrayList<>(words.getRoutesCount());
    for (io.tern.proto.log.MoveRoute route : words.getRoutesList()) {
      routes.add(MoveWords.route(route));
    }
    return new Command.AdvanceMoveTask(
        new QueueId(words.getQueue()), words.getTaskId(), words.getMaxMessages(), routes);
  }

  private static Command cancel(CancelMoveTask words) {
    return new Command.CancelMoveTask(new QueueId(words.getQueue()), words.getTaskId());
  }

  private static Command receive(ReceiveMessages words) {
    return new Command.ReceiveMessages(
        new QueueId(words.getQueue()),
        words.getMaxMessages(),
        words.getVisibilityMillis(),
        words.getAttemptId());
  }

  private static Command delete(DeleteMessage words) {
    return new Command.DeleteMessage(
        new QueueId(words.getQueue()), words.getNumber(), words.getReceiveCount());
  }

  private static Command change(ChangeVisibility words) {
    return new Command.ChangeVisibility(
        new QueueId(words.getQueue()),
        words.getNumber(),
        words.getReceiveCount(),
        words.getVisibilityMillis());
  }

  private static Command purge(PurgeQueue words) {
    return new Command.PurgeQueue(new QueueId(words.getQueue()), words.getMinimumIntervalMillis());
  }

  private static Command settle(SettleOutbox words) {
    return new Command.SettleOutbox(new PartitionId(words.getDestination()), words.getUpTo());
  }

  private static Command accept(AcceptDeliveries words) {
    List<OutboxEntry> entries = new ArrayList<>(words.getEntriesCount());
    for (io.tern.proto.log.OutboxEntry entry : words.getEntriesList()) {
      entries.add(Words.outboxEntry(entry));
    }
    return new Command.AcceptDeliveries(
        new PartitionId(words.getSource()), words.getPrevious(), entries);
  }

  private CommandWords() {}
}
