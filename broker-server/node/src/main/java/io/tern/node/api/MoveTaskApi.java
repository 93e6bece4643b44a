package io.tern.node.api;

import static io.tern.node.api.Replies.unexpected;

import io.tern.node.routing.PartitionRouter;
import io.tern.node.routing.QueueArn;
import io.tern.node.routing.QueueCounts;
import io.tern.proto.sqs.CancelMessageMoveTaskRequest;
import io.tern.proto.sqs.CancelMessageMoveTaskResult;
import io.tern.proto.sqs.ListMessageMoveTasksRequest;
import io.tern.proto.sqs.ListMessageMoveTasksResult;
import io.tern.proto.sqs.ListMessageMoveTasksResultEntry;
import io.tern.proto.sqs.StartMessageMoveTaskRequest;
import io.tern.proto.sqs.StartMessageMoveTaskResult;
import io.tern.protocols.TernException;
import io.tern.state.Command;
import io.tern.state.MoveTarget;
import io.tern.state.Reply;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.queue.MoveTask;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The operations on message move tasks, which take messages out of dead-letter queues. */
final class MoveTaskApi {
  private static final String SOURCE = "SourceArn";
  private static final String DESTINATION = "DestinationArn";

  private final PartitionRouter router;
  private final QueueDirectory directory;

  MoveTaskApi(PartitionRouter router, QueueDirectory directory) {
    this.router = router;
    this.directory = directory;
  }

  void addTo(ApiTable table) {
    table.add("StartMessageMoveTask", StartMessageMoveTaskRequest.class, this::start);
    table.add("CancelMessageMoveTask", CancelMessageMoveTaskRequest.class, this::cancel);
    table.add("ListMessageMoveTasks", ListMessageMoveTasksRequest.class, this::list);
  }

  CompletableFuture<StartMessageMoveTaskResult> start(
      Caller caller, StartMessageMoveTaskRequest request) {
    Replies.require(request.getSourceArn(), SOURCE);
    QueueArn source = arn(request.getSourceArn(), SOURCE);
    QueueArn destination =
        request.getDestinationArn().isEmpty()
            ? null
            : arn(request.getDestinationArn(), DESTINATION);
    int perSecond = 0;
    if (request.hasMaxNumberOfMessagesPerSecond()) {
      perSecond = request.getMaxNumberOfMessagesPerSecond();
      Ranges.check("MaxNumberOfMessagesPerSecond", perSecond, 1, Limits.MOVE_RATE, Ranges.COMPARED);
    }
    int rate = perSecond;
    return resource(caller, source, SOURCE)
        .thenCompose(queue -> {
          if (!directory.mirror().isDeadLetterQueue(queue.name())) {
            throw invalid("Source queue must be configured as a Dead Letter Queue.");
          }
          String taskId = UUID.randomUUID().toString();
          MoveTarget target = destination == null ? null : target(queue, destination);
          return caller
              .bringHome(
                  router.send(
                      queue.partition(),
                      new Command.StartMoveTask(queue.queue(), taskId, target, rate)))
              .thenApply(reply -> started(queue, reply));
        });
  }

  private StartMessageMoveTaskResult started(QueueDefinition queue, Reply reply) {
    MoveTask task = stands(reply);
    return StartMessageMoveTaskResult.newBuilder().setTaskHandle(handle(queue, task)).build();
  }

  /** The destination of a task; the mirror has caught up when it is called. */
  private MoveTarget target(QueueDefinition source, QueueArn destination) {
    if (destination.queue().equals(source.name())) {
      throw invalid("Source queue arn and destination queue arn cannot be the same.");
    }
    QueueDefinition queue =
        isOurs(destination) ? directory.mirror().find(destination.queue()).orElse(null) : null;
    if (queue == null) {
      throw noResource(DESTINATION);
    }
    if (QueueAttributeViews.isFifo(queue) != QueueAttributeViews.isFifo(source)) {
      throw invalid("The source queue and destination queue must be of the same queue type.");
    }
    return new MoveTarget(queue.queue(), queue.partition(), queue.name());
  }

  CompletableFuture<CancelMessageMoveTaskResult> cancel(
      Caller caller, CancelMessageMoveTaskRequest request) {
    Replies.require(request.getTaskHandle(), "TaskHandle");
    TaskHandle handle = TaskHandle.parse(request.getTaskHandle());
    QueueArn source = QueueArn.parse(handle.sourceArn()).orElseThrow(TaskHandle::invalid);
    return resource(caller, source, SOURCE)
        .thenCompose(queue ->
            caller.bringHome(
                router.send(
                    queue.partition(), new Command.CancelMoveTask(queue.queue(), handle.taskId()))))
        .thenApply(reply ->
            CancelMessageMoveTaskResult.newBuilder()
                .setApproximateNumberOfMessagesMoved(stands(reply).moved())
                .build());
  }

  CompletableFuture<ListMessageMoveTasksResult> list(
      Caller caller, ListMessageMoveTasksRequest request) {
    Replies.require(request.getSourceArn(), SOURCE);
    QueueArn source = arn(request.getSourceArn(), SOURCE);
    int most = request.hasMaxResults() ? request.getMaxResults() : 1;
    Ranges.check("MaxResults", most, 1, Limits.MOVE_TASKS, Ranges.COMPARED);
    return resource(caller, source, SOURCE)
        .thenCompose(queue ->
            caller
                .bringHome(router.inspect(queue.partition(), queue.queue()))
                .thenApply(
                    counts -> listed(queue, counts.orElseThrow(() -> noResource(SOURCE)), most)));
  }

  private ListMessageMoveTasksResult listed(QueueDefinition queue, QueueCounts counts, int most) {
    ListMessageMoveTasksResult.Builder result = ListMessageMoveTasksResult.newBuilder();
    for (MoveTask task : counts.tasks()) {
      if (result.getResultsCount() == most) {
        break;
      }
      result.addResults(entry(queue, task));
    }
    return result.build();
  }

  private ListMessageMoveTasksResultEntry entry(QueueDefinition queue, MoveTask task) {
    ListMessageMoveTasksResultEntry.Builder entry =
        ListMessageMoveTasksResultEntry.newBuilder()
            .setStatus(task.status().name())
            .setSourceArn(directory.arn(queue.name()))
            .setApproximateNumberOfMessagesMoved(task.moved())
            .setApproximateNumberOfMessagesToMove(task.toMove())
            .setStartedTimestamp(task.startedMillis());
    if (task.isRunning()) {
      entry.setTaskHandle(handle(queue, task));
    }
    if (task.destination() != null) {
      entry.setDestinationArn(directory.arn(task.destination().name()));
    }
    if (task.perSecond() > 0) {
      entry.setMaxNumberOfMessagesPerSecond(task.perSecond());
    }
    if (!task.failureReason().isEmpty()) {
      entry.setFailureReason(task.failureReason());
    }
    return entry.build();
  }

  private String handle(QueueDefinition queue, MoveTask task) {
    return new TaskHandle(task.taskId(), directory.arn(queue.name())).text();
  }

  /** The queue that an ARN names, with everything acknowledged before now. */
  private CompletableFuture<QueueDefinition> resource(
      Caller caller, QueueArn arn, String parameter) {
    return directory
        .upToDate(caller)
        .thenApply(done ->
            directory
                .mirror()
                .find(arn.queue())
                .filter(queue -> isOurs(arn))
                .orElseThrow(() -> noResource(parameter)));
  }

  private boolean isOurs(QueueArn arn) {
    return arn.region().equals(directory.region());
  }

  private static MoveTask stands(Reply reply) {
    return switch (reply) {
      case Reply.MoveTaskStands stands -> stands.task();
      case Reply.Rejected rejected when rejected.code() == ErrorCode.QUEUE_DOES_NOT_EXIST ->
          throw noResource(SOURCE);
      default -> throw unexpected(reply);
    };
  }

  private static QueueArn arn(String text, String parameter) {
    return QueueArn.parse(text)
        .orElseThrow(() ->
            invalid(
                "You must use this format to specify the "
                    + parameter
                    + ": arn:<partition>:<service>:<region>:<account-id>:<resource-id>"));
  }

  private static TernException noResource(String parameter) {
    return new TernException(
        ErrorCode.RESOURCE_NOT_FOUND,
        "The resource that you specified for the " + parameter + " parameter doesn't exist.");
  }

  private static TernException invalid(String text) {
    return new TernException(ErrorCode.INVALID_PARAMETER_VALUE, text);
  }
}
