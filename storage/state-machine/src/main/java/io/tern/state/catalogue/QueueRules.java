package io.tern.state.catalogue;

import io.tern.state.CatalogueImage.Deletion;
import io.tern.state.Change.OutboxAppended;
import io.tern.state.Change.QueueDefined;
import io.tern.state.Change.QueueUndefined;
import io.tern.state.Command.CreateQueue;
import io.tern.state.Command.DeleteQueue;
import io.tern.state.Command.SetQueueAttributes;
import io.tern.state.Decision;
import io.tern.state.Effect.OutboxGrew;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.Rejections;
import io.tern.state.Reply.DefinitionTaken;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxRules;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.limits.QueueAttributes;
import io.tern.state.limits.QueueAttributes.Outcome.Accepted;
import io.tern.state.limits.QueueAttributes.Outcome.Refused;
import io.tern.state.limits.QueueSettings;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decides what becomes of definitions of queues; called by the catalogue's machine. */
final class QueueRules {
  private QueueRules() {}

  static Decision create(CatalogueView state, CreateQueue command) {
    if (state.dataPartitions() == 0) {
      return Rejections.of(
          ErrorCode.SERVICE_UNAVAILABLE, "The cluster is not initialized yet. Please try again.");
    }
    return switch (QueueAttributes.checkNew(command.attributes())) {
      case Refused refused -> Rejections.of(refused.code(), refused.detail());
      case Accepted checked -> {
        QueueDefinition existing = state.queue(command.name());
        yield existing == null
            ? createNew(state, command, checked.attributes())
            : confirm(state, existing, checked.attributes());
      }
    };
  }

  /** A queue of the name exists: the attributes given must be its own. */
  private static Decision confirm(
      CatalogueView state, QueueDefinition existing, SortedMap<String, String> checked) {
    Optional<String> different = QueueAttributes.firstDifference(existing.attributes(), checked);
    if (different.isPresent()) {
      return Rejections.of(
          ErrorCode.QUEUE_NAME_EXISTS,
          "A queue already exists with the same name and a different value for attribute "
              + different.get());
    }
    return Decision.reply(confirmed(state, existing));
  }

  private static Decision createNew(
      CatalogueView state, CreateQueue command, SortedMap<String, String> checked) {
    long now = state.clock().queueMillis();
    Deletion deletion = state.deletion(command.name());
    if (deletion != null && now - deletion.deletedAtMillis() < command.recreateWaitMillis()) {
      return Rejections.of(
          ErrorCode.QUEUE_DELETED_RECENTLY,
          "You must wait 60 seconds after deleting a queue before you can create another with the"
              + " same name.");
    }
    if (state.queues() >= Limits.QUEUES) {
      return Rejections.of(ErrorCode.OVER_LIMIT, "The cluster holds as many queues as it can.");
    }
    long wall = state.clock().wallMillis();
    return switch (QueueAttributes.apply(Collections.emptySortedMap(), checked)) {
      case Refused refused -> Rejections.of(refused.code(), refused.detail());
      case Accepted stored ->
          define(
              state,
              new QueueDefinition(
                  new QueueId(state.nextQueue()),
                  command.name(),
                  1,
                  List.of(state.emptiestPartition()),
                  stored.attributes(),
                  Collections.unmodifiableSortedMap(new TreeMap<>(command.tags())),
                  wall,
                  wall));
    };
  }

  static Decision setAttributes(CatalogueView state, SetQueueAttributes command) {
    QueueDefinition queue = state.queue(command.queue());
    if (queue == null) {
      return Rejections.queueDoesNotExist();
    }
    return switch (QueueAttributes.checkChange(command.attributes())) {
      case Refused refused -> Rejections.of(refused.code(), refused.detail());
      case Accepted checked ->
          switch (QueueAttributes.apply(queue.attributes(), checked.attributes())) {
            case Refused refused -> Rejections.of(refused.code(), refused.detail());
            case Accepted stored -> change(state, queue, stored.attributes());
          };
    };
  }

  private static Decision change(
      CatalogueView state, QueueDefinition queue, SortedMap<String, String> stored) {
    if (stored.equals(queue.attributes())) {
      return Decision.reply(confirmed(state, queue));
    }
    return define(
        state,
        new QueueDefinition(
            queue.queue(),
            queue.name(),
            queue.version() + 1,
            queue.partitions(),
            stored,
            queue.tags(),
            queue.createdMillis(),
            state.clock().wallMillis()));
  }

  static Decision delete(CatalogueView state, DeleteQueue command) {
    QueueDefinition queue = state.queue(command.queue());
    if (queue == null) {
      return Rejections.queueDoesNotExist();
    }
    if (state.crossing().isFull(queue.partition())) {
      return outboxFull();
    }
    OutboxAppended appended =
        OutboxRules.append(
            state.crossing(), queue.partition(), new Crossing.RemoveQueue(queue.queue()));
    return new Decision(
        new DefinitionTaken(queue.queue(), queue.partition(), appended.number()),
        List.of(
            new QueueUndefined(queue.queue(), queue.name(), state.clock().queueMillis()), appended),
        List.of(new OutboxGrew(queue.partition())));
  }

  /** Defines the queue and hands its settings to its partition. */
  private static Decision define(CatalogueView state, QueueDefinition queue) {
    PartitionId partition = queue.partition();
    if (state.crossing().isFull(partition)) {
      return outboxFull();
    }
    OutboxAppended appended =
        OutboxRules.append(
            state.crossing(),
            partition,
            new Crossing.InstallQueue(
                queue.queue(),
                queue.version(),
                QueueSettings.of(queue.name(), queue.attributes(), null)));
    return new Decision(
        new DefinitionTaken(queue.queue(), partition, appended.number()),
        List.of(new QueueDefined(queue), appended),
        List.of(new OutboxGrew(partition)));
  }

  /** The definition stands as asked; it may still be on its way to its partition. */
  private static DefinitionTaken confirmed(CatalogueView state, QueueDefinition queue) {
    return new DefinitionTaken(
        queue.queue(),
        queue.partition(),
        state.crossing().waitingFor(queue.partition(), queue.queue()));
  }

  private static Decision outboxFull() {
    return Rejections.of(
        ErrorCode.REQUEST_THROTTLED, "Too many definitions wait for the queue's partition.");
  }
}
