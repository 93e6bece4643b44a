package io.tern.disk;

import io.tern.proto.log.Deduplication;
import io.tern.proto.log.MovedMessage;
import io.tern.proto.log.ParkedMessage;
import io.tern.state.MessageId;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.MoveReason;
import io.tern.state.crossing.MoveRoute;
import io.tern.state.crossing.MoveTarget;
import io.tern.state.crossing.MoveTask;
import io.tern.state.queue.Arrival;
import org.jspecify.annotations.Nullable;

/**
 * What messages on the move consist of, to and from Protobuf: crossings, tasks, their parts. Used
 * by the codecs, and by the calls between nodes for tasks.
 */
public final class MoveWords {

  /** A task as it travels between nodes and lies in an image. */
  public static io.tern.proto.log.MoveTask words(MoveTask task) {
    io.tern.proto.log.MoveTask.Builder words =
        io.tern.proto.log.MoveTask.newBuilder()
            .setTaskId(task.taskId())
            .setPerSecond(task.perSecond())
            .setStatus(io.tern.proto.log.MoveTask.Status.valueOf(task.status().name()))
            .setMoved(task.moved())
            .setToMove(task.toMove())
            .setLastNumber(task.lastNumber())
            .setStartedMillis(task.startedMillis())
            .setFailureReason(task.failureReason());
    if (task.destination() != null) {
      words.setDestination(words(task.destination()));
    }
    return words.build();
  }

  /** The task in those words. */
  public static MoveTask task(io.tern.proto.log.MoveTask words) {
    Known.all(words);
    MoveTask.Status status =
        switch (words.getStatus()) {
          case RUNNING -> MoveTask.Status.RUNNING;
          case COMPLETED -> MoveTask.Status.COMPLETED;
          case CANCELLED -> MoveTask.Status.CANCELLED;
          case FAILED -> MoveTask.Status.FAILED;
          case UNRECOGNIZED -> throw unknown("A move task's status");
        };
    return new MoveTask(
        words.getTaskId(),
        words.hasDestination() ? target(words.getDestination()) : null,
        words.getPerSecond(),
        status,
        words.getMoved(),
        words.getToMove(),
        words.getLastNumber(),
        words.getStartedMillis(),
        words.getFailureReason());
  }

  static io.tern.proto.log.MoveTarget words(MoveTarget target) {
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

  static io.tern.proto.log.MoveRoute words(MoveRoute route) {
    io.tern.proto.log.MoveRoute.Builder words =
        io.tern.proto.log.MoveRoute.newBuilder().setName(Words.name(route.name()));
    if (route.target() != null) {
      words.setTarget(words(route.target()));
    }
    return words.build();
  }

  static MoveRoute route(io.tern.proto.log.MoveRoute words) {
    Known.all(words);
    return new MoveRoute(
        Words.name(words.getName()), words.hasTarget() ? target(words.getTarget()) : null);
  }

  static io.tern.proto.log.Arrival words(Arrival arrival) {
    io.tern.proto.log.Arrival.Builder words =
        io.tern.proto.log.Arrival.newBuilder()
            .setReceiveCount(arrival.receiveCount())
            .setFirstReceivedMillis(arrival.firstReceivedMillis());
    if (arrival.deadLetterSource() != null) {
      words.setDeadLetterSource(Words.name(arrival.deadLetterSource()));
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

  static ParkedMessage words(Crossing.ParkedMessage parked) {
    return ParkedMessage.newBuilder()
        .setTarget(parked.target().number())
        .setSource(parked.source().number())
        .setReason(ParkedMessage.Reason.valueOf(parked.reason().name()))
        .setTaskId(parked.taskId())
        .setArrival(words(parked.arrival()))
        .build();
  }

  static Crossing.ParkedMessage parked(ParkedMessage words) {
    Known.all(words);
    MoveReason reason =
        switch (words.getReason()) {
          case DEAD_LETTER -> MoveReason.DEAD_LETTER;
          case REDRIVE -> MoveReason.REDRIVE;
          case RETURN -> MoveReason.RETURN;
          case UNRECOGNIZED -> throw unknown("A parked message's reason");
        };
    return new Crossing.ParkedMessage(
        new QueueId(words.getTarget()),
        new QueueId(words.getSource()),
        reason,
        words.getTaskId(),
        arrival(words.getArrival()));
  }

  static MovedMessage words(Crossing.MovedMessage moved) {
    return MovedMessage.newBuilder()
        .setParked(words(moved.parked()))
        .setSentMillis(moved.sentMillis())
        .setGroup(moved.group())
        .setContent(Words.bytes(moved.content()))
        .build();
  }

  static Crossing.MovedMessage moved(MovedMessage words) {
    Known.all(words);
    return new Crossing.MovedMessage(
        parked(words.getParked()),
        words.getSentMillis(),
        words.getGroup(),
        Words.bytes(words.getContent()));
  }

  static Deduplication words(io.tern.state.queue.Deduplication deduplication) {
    return Deduplication.newBuilder()
        .setKeyHigh(deduplication.keyHigh())
        .setKeyLow(deduplication.keyLow())
        .setIdHigh(deduplication.id().high())
        .setIdLow(deduplication.id().low())
        .build();
  }

  static io.tern.state.queue.@Nullable Deduplication deduplication(
      boolean present, Deduplication words) {
    if (!present) {
      return null;
    }
    Known.all(words);
    return new io.tern.state.queue.Deduplication(
        words.getKeyHigh(), words.getKeyLow(), new MessageId(words.getIdHigh(), words.getIdLow()));
  }

  private static UnreadableBytes unknown(String what) {
    return new UnreadableBytes(what + " is one this version does not know.");
  }

  private MoveWords() {}
}
