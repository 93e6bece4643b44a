package io.tern.disk;

import io.tern.proto.log.AdvanceMoveTask;
import io.tern.proto.log.CancelMoveTask;
import io.tern.proto.log.ChangeVisibility;
import io.tern.proto.log.DeleteMessage;
import io.tern.proto.log.LoggedCommand;
import io.tern.proto.log.PurgeQueue;
import io.tern.proto.log.ReceiveMessages;
import io.tern.proto.log.SendMessage;
import io.tern.proto.log.StartMoveTask;
import io.tern.state.Command;
import io.tern.state.QueueId;
import io.tern.state.TopicCommand;
import io.tern.state.crossing.MoveRoute;
import java.util.ArrayList;
import java.util.List;

/** Commands of data partitions to and from Protobuf. Used by {@link CommandWords}. */
final class PartitionCommandWords {

  static void put(Command.PartitionCommand command, LoggedCommand.Builder words) {
    switch (command) {
      case TopicCommand ofTopic -> TopicCommandWords.put(ofTopic, words);
      case Command.SendMessage send -> words.setSendMessage(words(send));
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
      case Command.StartMoveTask start -> words.setStartMoveTask(words(start));
      case Command.AdvanceMoveTask advance -> words.setAdvanceMoveTask(words(advance));
      case Command.CancelMoveTask cancel ->
          words.setCancelMoveTask(
              CancelMoveTask.newBuilder()
                  .setQueue(cancel.queue().number())
                  .setTaskId(cancel.taskId())
                  .build());
    }
  }

  private static SendMessage words(Command.SendMessage send) {
    SendMessage.Builder words =
        SendMessage.newBuilder()
            .setQueue(send.queue().number())
            .setDelayMillis(send.delayMillis())
            .setContent(Words.bytes(send.content()))
            .setGroup(send.group());
    if (send.deduplication() != null) {
      words.setDeduplication(TopicWords.deduplication(send.deduplication()));
    }
    return words.build();
  }

  private static StartMoveTask words(Command.StartMoveTask start) {
    StartMoveTask.Builder words =
        StartMoveTask.newBuilder()
            .setQueue(start.queue().number())
            .setTaskId(start.taskId())
            .setPerSecond(start.perSecond());
    if (start.destination() != null) {
      words.setDestination(MoveWords.target(start.destination()));
    }
    return words.build();
  }

  private static AdvanceMoveTask words(Command.AdvanceMoveTask advance) {
    AdvanceMoveTask.Builder words =
        AdvanceMoveTask.newBuilder()
            .setQueue(advance.queue().number())
            .setTaskId(advance.taskId())
            .setMaxMessages(advance.maxMessages());
    for (MoveRoute route : advance.routes()) {
      words.addRoutes(MoveWords.route(route));
    }
    return words.build();
  }

  static Command send(SendMessage words) {
    return new Command.SendMessage(
        new QueueId(words.getQueue()),
        words.getDelayMillis(),
        words.getGroup(),
        words.hasDeduplication() ? TopicWords.deduplication(words.getDeduplication()) : null,
        Words.bytes(words.getContent()));
  }

  static Command receive(ReceiveMessages words) {
    return new Command.ReceiveMessages(
        new QueueId(words.getQueue()),
        words.getMaxMessages(),
        words.getVisibilityMillis(),
        words.getAttemptId());
  }

  static Command delete(DeleteMessage words) {
    return new Command.DeleteMessage(
        new QueueId(words.getQueue()), words.getNumber(), words.getReceiveCount());
  }

  static Command change(ChangeVisibility words) {
    return new Command.ChangeVisibility(
        new QueueId(words.getQueue()),
        words.getNumber(),
        words.getReceiveCount(),
        words.getVisibilityMillis());
  }

  static Command purge(PurgeQueue words) {
    return new Command.PurgeQueue(new QueueId(words.getQueue()), words.getMinimumIntervalMillis());
  }

  static Command start(StartMoveTask words) {
    return new Command.StartMoveTask(
        new QueueId(words.getQueue()),
        words.getTaskId(),
        words.hasDestination() ? MoveWords.target(words.getDestination()) : null,
        words.getPerSecond());
  }

  static Command advance(AdvanceMoveTask words) {
    List<MoveRoute> routes = new ArrayList<>(words.getRoutesCount());
    for (io.tern.proto.log.MoveRoute route : words.getRoutesList()) {
      routes.add(MoveWords.route(route));
    }
    return new Command.AdvanceMoveTask(
        new QueueId(words.getQueue()), words.getTaskId(), words.getMaxMessages(), routes);
  }

  static Command cancel(CancelMoveTask words) {
    return new Command.CancelMoveTask(new QueueId(words.getQueue()), words.getTaskId());
  }

  private PartitionCommandWords() {}
}
