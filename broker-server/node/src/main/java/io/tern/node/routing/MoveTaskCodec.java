package io.tern.node.routing;

import io.tern.proto.peer.PeerMoveTask;
import io.tern.proto.peer.PeerQueueName;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.queue.MoveTask;

/** Move tasks in answers between nodes; part of {@link PeerCodec}. */
final class MoveTaskCodec {
  private MoveTaskCodec() {}

  static PeerMoveTask encode(MoveTask task) {
    PeerMoveTask.Builder told =
        PeerMoveTask.newBuilder()
            .setTaskId(task.taskId())
            .setPerSecond(task.perSecond())
            .setStatus(status(task.status()))
            .setMoved(task.moved())
            .setToMove(task.toMove())
            .setLastNumber(task.lastNumber())
            .setStartedMillis(task.startedMillis())
            .setFailureReason(task.failureReason());
    MoveTarget destination = task.destination();
    if (destination != null) {
      told.getDestinationBuilder()
          .setQueue(destination.queue().number())
          .setPartition(destination.partition().number())
          .setName(name(destination.name()));
    }
    return told.build();
  }

  static MoveTask decode(PeerMoveTask told) {
    return new MoveTask(
        told.getTaskId(),
        told.hasDestination()
            ? new MoveTarget(
                new QueueId(told.getDestination().getQueue()),
                new PartitionId(told.getDestination().getPartition()),
                name(told.getDestination().getName()))
            : null,
        told.getPerSecond(),
        status(told.getStatus()),
        told.getMoved(),
        told.getToMove(),
        told.getLastNumber(),
        told.getStartedMillis(),
        told.getFailureReason());
  }

  static PeerQueueName name(QueueName name) {
    return PeerQueueName.newBuilder().setAccount(name.account()).setName(name.name()).build();
  }

  static QueueName name(PeerQueueName name) {
    return new QueueName(name.getAccount(), name.getName());
  }

  private static PeerMoveTask.Status status(MoveTask.Status status) {
    return switch (status) {
      case RUNNING -> PeerMoveTask.Status.RUNNING;
      case COMPLETED -> PeerMoveTask.Status.COMPLETED;
      case CANCELLED -> PeerMoveTask.Status.CANCELLED;
      case FAILED -> PeerMoveTask.Status.FAILED;
    };
  }

  private static MoveTask.Status status(PeerMoveTask.Status status) {
    return switch (status) {
      case RUNNING -> MoveTask.Status.RUNNING;
      case COMPLETED -> MoveTask.Status.COMPLETED;
      case CANCELLED -> MoveTask.Status.CANCELLED;
      case FAILED -> MoveTask.Status.FAILED;
      case STATUS_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("a move task of unknown status");
    };
  }
}
