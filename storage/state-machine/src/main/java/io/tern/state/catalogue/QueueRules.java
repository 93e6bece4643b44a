package io.tern.state.catalogue;

import io.tern.state.CatalogueImage.Deletion;
import io.tern.state.Change.QueueDefined;
import io.tern.state.Command.CreateQueue;
import io.tern.state.Command.DeleteQueue;
import io.tern.state.Command.ReplacePolicy;
import io.tern.state.Command.SetQueueAttributes;
import io.tern.state.Command.TagQueue;
import io.tern.state.Command.UntagQueue;
import io.tern.state.Decision;
import io.tern.state.QueueId;
import io.tern.state.Rejections;
import io.tern.state.Reply;
import io.tern.state.Reply.DefinitionTaken;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.limits.QueueAttributes;
import io.tern.state.limits.QueueAttributes.Outcome.Accepted;
import io.tern.state.limits.QueueAttributes.Outcome.Refused;
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
    return switch (QueueAttributes.checkNew(command.name().name(), command.attributes())) {
      case Refused refused -> refused(refused);
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
    boolean fifo = checked.containsKey(QueueAttributes.FIFO_QUEUE);
    Refused unfit = RedriveRules.refusalOfNew(state, command.name(), fifo, checked);
    if (unfit != null) {
      return refused(unfit);
    }
    long wall = state.clock().wallMillis();
    return switch (QueueAttributes.apply(Collections.emptySortedMap(), checked)) {
      case Refused refused -> refused(refused);
      case Accepted stored ->
          defineNew(
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
    boolean fifo = RedriveRules.isFifo(queue);
    return switch (QueueAttributes.checkChange(command.attributes(), fifo)) {
      case Refused refused -> refused(refused);
      case Accepted checked -> {
        Refused unfit = RedriveRules.refusal(state, queue.name(), fifo, checked.attributes());
        yield unfit == null ? change(state, queue, checked.attributes()) : refused(unfit);
      }
    };
  }

  private static Decision change(
      CatalogueView state, QueueDefinition queue, SortedMap<String, String> checked) {
    return switch (QueueAttributes.apply(queue.attributes(), checked)) {
      case Refused refused -> refused(refused);
      case Accepted stored ->
          stored.attributes().equals(queue.attributes())
              ? Decision.reply(confirmed(state, queue))
              : define(
                  state, queue.with(stored.attributes(), queue.tags(), state.clock().wallMillis()));
    };
  }

  /** Tags are told and listed; the queue's partition does not know them. */
  static Decision tag(CatalogueView state, TagQueue command) {
    QueueDefinition queue = state.queue(command.queue());
    if (queue == null) {
      return Rejections.queueDoesNotExist();
    }
    TreeMap<String, String> tags = new TreeMap<>(queue.tags());
    tags.putAll(command.tags());
    return tags.size() > Limits.TAGS
        ? Rejections.of(
            ErrorCode.INVALID_PARAMETER_VALUE,
            "Too many tags added for queue " + queue.name().name() + ".")
        : retag(queue, tags);
  }

  static Decision untag(CatalogueView state, UntagQueue command) {
    QueueDefinition queue = state.queue(command.queue());
    if (queue == null) {
      return Rejections.queueDoesNotExist();
    }
    TreeMap<String, String> tags = new TreeMap<>(queue.tags());
    command.keys().forEach(tags::remove);
    return retag(queue, tags);
  }

  private static Decision retag(QueueDefinition queue, SortedMap<String, String> tags) {
    DefinitionTaken taken = new DefinitionTaken(queue.queue(), queue.partition(), 0);
    return tags.equals(queue.tags())
        ? Decision.reply(taken)
        : Decision.of(
            taken,
            List.of(
                new QueueDefined(
                    queue.with(
                        queue.attributes(),
                        Collections.unmodifiableSortedMap(tags),
                        queue.modifiedMillis()))));
  }

  /** Two callers who edit the policy at once must not lose each other's statement. */
  static Decision replacePolicy(CatalogueView state, ReplacePolicy command) {
    QueueDefinition queue = state.queue(command.queue());
    if (queue == null) {
      return Rejections.queueDoesNotExist();
    }
    String policy = queue.attributes().getOrDefault(QueueAttributes.POLICY, "");
    if (!policy.equals(command.expected())) {
      return Decision.reply(new Reply.Outdated());
    }
    SortedMap<String, String> given = new TreeMap<>();
    given.put(QueueAttributes.POLICY, command.policy());
    return setAttributes(state, new SetQueueAttributes(command.queue(), given));
  }

  static Decision delete(CatalogueView state, DeleteQueue command) {
    QueueDefinition queue = state.queue(command.queue());
    if (queue == null) {
      return Rejections.queueDoesNotExist();
    }
    Definitions definitions = new Definitions(state);
    definitions.remove(queue);
    return definitions.decision(queue);
  }

  private static Decision defineNew(CatalogueView state, QueueDefinition queue) {
    Definitions definitions = new Definitions(state);
    definitions.define(queue, RedriveRules.settings(state, queue));
    definitions.retarget(queue.name(), queue);
    return definitions.decision(queue);
  }

  /** Defines the queue and hands its settings to its partition. */
  private static Decision define(CatalogueView state, QueueDefinition queue) {
    Definitions definitions = new Definitions(state);
    definitions.define(queue, RedriveRules.settings(state, queue));
    return definitions.decision(queue);
  }

  /** The definition stands as asked; it may still be on its way to its partition. */
  private static DefinitionTaken confirmed(CatalogueView state, QueueDefinition queue) {
    return new DefinitionTaken(
        queue.queue(),
        queue.partition(),
        state.crossing().waitingFor(queue.partition(), queue.queue()));
  }

  private static Decision refused(Refused refused) {
    return Rejections.of(refused.code(), refused.detail());
  }
}
