package io.tern.disk;

import io.tern.proto.log.MoveStatus;
import io.tern.state.Arrival;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.crossing.MoveReason;
import io.tern.state.crossing.MoveRoute;
import io.tern.state.queue.MoveTask;

/** What tells of messages that move between queues, to and from Protobuf. Used by the codecs. */
final class MoveWords {

  static io.tern.proto.log.MoveTarget target(MoveTarget target) {
    return io.tern.proto.log.MoveTarget.newBuilder()
        .setQueue(target.queue().number())
        .setPartition(target.partition().number())
        .setName(Words.name(target.name()))
        .build();
  }

  static MoveTarget target(io.tern.proto.log.MoveTarget words) {
    Known.all(words);
    return new MoveTarget(
        new QueueId(words.getQueue()),
        new PartitionId(words.getPartition()),
        Words.name(words.getName()));
  }

  static io.tern.proto.log.MoveRoute route(MoveRoute route) {
    io.tern.proto.log.MoveRoute.Builder words =
        io.tern.proto.log.MoveRoute.newBuilder().setName(Words.name(route.name()));
    if (route.target() != null) {
      words.setTarget(target(route.target()));
    }
    return words.build();
  }

  static MoveRoute route(io.tern.proto.log.MoveRoute words) {
    Known.all(words);
    return new MoveRoute(
        Words.name(words.getName()), words.hasTarget() ? target(words.getTarget()) : null);
  }

  static io.tern.proto.log.Arrival arrival(Arrival arrival) {
    io.tern.proto.log.Arrival.Builder words =
        io.tern.proto.log.Arrival.newBuilder()
            .setReceiveCount(arrival.receiveCount())
            .setFirstReceivedMillis(arrival.firstReceivedMillis());
    QueueName source = arrival.deadLetterSource();
    if (source != null) {
      words.setDeadLetterSource(Words.name(source));
    }
    return words.build();
  }

  static Arrival arrival(io.tern.proto.log.Arrival words) {
    Known.all(words);
    return new Arrival(
        words.hasDeadLetterSource() ? Words.name(words.getDeadLetterSource()) : null,
        words.getReceiveCount(),
        words.getFirstReceivedMillis());
  }

  static io.tern.proto.log.MoveTask task(MoveTask task) {
    io.tern.proto.log.MoveTask.Builder words =
        io.tern.proto.log.MoveTask.newBuilder()
            .setTaskId(task.taskId())
            .setPerSecond(task.perSecond())
            .setStatus(status(task.status()))
            .setMoved(task.moved())
            .setToMove(task.toMove())
            .setLastNumber(task.lastNumber())
            .setStartedMillis(task.startedMillis())
            .setFailureReason(task.failureReason());
    if (task.destination() != null) {
      words.setDestination(target(task.destination()));
    }
    return words.build();
  }

  static MoveTask task(io.tern.proto.log.MoveTask words) {
    return new MoveTask(
        words.getTaskId(),
        words.hasDestination() ? target(words.getDestination()) : null,
        words.getPerSecond(),
        status(words.getStatus()),
        words.getMoved(),
        words.getToMove(),
        words.getLastNumber(),
        words.getStartedMillis(),
        words.getFailureReason());
  }

  private static MoveStatus status(MoveTask.Status status) {
    return switch (status) {
      case RUNNING -> MoveStatus.MOVE_STATUS_RUNNING;
      case COMPLETED -> MoveStatus.MOVE_STATUS_COMPLETED;
      case CANCELLED -> MoveStatus.MOVE_STATUS_CANCELLED;
      case FAILED -> MoveStatus.MOVE_STATUS_FAILED;
    };
  }

  private static MoveTask.Status status(MoveStatus words) {
    return switch (words) {
      case MOVE_STATUS_RUNNING -> MoveTask.Status.RUNNING;
      case MOVE_STATUS_COMPLETED -> MoveTask.Status.COMPLETED;
      case MOVE_STATUS_CANCELLED -> MoveTask.Status.CANCELLED;
      case MOVE_STATUS_FAILED -> MoveTask.Status.FAILED;
      case MOVE_STATUS_UNSPECIFIED, UNRECOGNIZED ->
          throw new UnreadableBytes("A move task with a status this version does not know.");
    };
  }

  static io.tern.proto.log.MoveReason reason(MoveReason reason) {
    return switch (reason) {
      case DEAD_LETTER -> io.tern.proto.log.MoveReason.MOVE_REASON_DEAD_LETTER;
      case REDRIVE -> io.tern.proto.log.MoveReason.MOVE_REASON_REDRIVE;
      case UNDELIVERED -> io.tern.proto.log.MoveReason.MOVE_REASON_UNDELIVERED;
      case RETURN -> io.tern.proto.log.MoveReason.MOVE_REASON_RETURN;
    };
  }

  static MoveReason reason(io.tern.proto.log.MoveReason words) {
    return switch (words) {
      case MOVE_REASON_DEAD_LETTER -> MoveReason.DEAD_LETTER;
      case MOVE_REASON_REDRIVE -> MoveReason.REDRIVE;
      case MOVE_REASON_RETURN -> MoveReason.RETURN;
      case MOVE_REASON_UNDELIVERED -> MoveReason.UNDELIVERED;
      case MOVE_REASON_UNSPECIFIED, UNRECOGNIZED ->
          throw new UnreadableBytes("A message moves for a reason this version does not know.");
    };
  }

  private MoveWords() {}
}
