package io.tern.state.script;

import io.tern.state.AppliedEntry;
import io.tern.state.Change;
import io.tern.state.Delivery;
import io.tern.state.Effect;
import io.tern.state.MembershipChange;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.TopicChange;
import io.tern.state.TopicDefinitionChange;
import io.tern.state.TopicReply;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.MoveTask;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells what came of an entry in the words of the scripts. */
final class Telling {
  private final Names names;
  private final TopicTelling topics;

  Telling(Names names) {
    this.names = names;
    this.topics = new TopicTelling(names);
  }

  /** Tells what the lines, each of which is one command, did. */
  String tell(AppliedEntry applied, long nowMillis, List<Line> asked) {
    List<String> lines = new ArrayList<>();
    for (Change change : applied.changes()) {
      String line = change(change, nowMillis);
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    for (Effect effect : applied.effects()) {
      lines.add(effect(effect));
    }
    if (!applied.replies().isEmpty()) {
      lines.add(replies(applied, asked));
    }
    return String.join("\n", lines);
  }

  String replies(AppliedEntry applied, List<Line> asked) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < applied.replies().size(); i++) {
      String askedQueue = i < asked.size() ? asked.get(i).queueName() : "";
      lines.add(reply(applied.replies().get(i), askedQueue));
    }
    return String.join("\n", lines);
  }

  private String change(Change change, long now) {
    return switch (change) {
      case Change.PartitionChange partition -> ofPartition(partition, now);
      case Change.CatalogueChange catalogue -> ofCatalogue(catalogue);
      case Change.CommonChange common -> ofAny(common);
    };
  }

  private String ofPartition(Change.PartitionChange change, long now) {
    return switch (change) {
      case Change.QueueInstalled c ->
          "installed " + queue(c.queue()) + " v" + c.version() + settings(c.settings());
      case TopicChange c -> topics.change(c, now);
      case Change.QueueRemoved c -> "removed " + queue(c.queue());
      case Change.QueuePurged c -> "purged " + queue(c.queue()) + " up to #" + c.upTo();
      case Change.MessageStored c ->
          "stored " + message(c.queue(), c.number()) + until(c.visibleAtMillis(), now);
      case Change.MessageArrived c ->
          "arrived "
              + message(c.queue(), c.number())
              + until(c.visibleAtMillis(), now)
              + " count="
              + c.arrival().receiveCount();
      case Change.MessageParked c ->
          "parked "
              + message(c.queue(), c.number())
              + "\n"
              + outbox(c.outboxNumber(), c.destination(), c.crossing());
      case Change.DeduplicationRemembered c ->
          "remembered the send of " + message(c.queue(), c.number());
      case Change.DeduplicationForgotten c ->
          "forgot the sends of " + queue(c.queue()) + " up to #" + c.upTo();
      case Change.AttemptRemembered c -> "remembered the attempt " + c.attemptId();
      case Change.MoveTaskChanged c -> task(c.task());
      case Change.MessageHidden c ->
          (c.visibleAtMillis() <= now ? "visible " : "hidden ")
              + message(c.queue(), c.number())
              + until(c.visibleAtMillis(), now)
              + " count="
              + c.receiveCount();
      case Change.MessageRemoved c -> "removed " + message(c.queue(), c.number());
      case Change.MessagesExpired c -> "expired " + queue(c.queue()) + " up to #" + c.upTo();
    };
  }

  private String ofCatalogue(Change.CatalogueChange change) {
    return switch (change) {
      case Change.ClusterInitialized c -> "initialized partitions=" + c.dataPartitions();
      case MembershipChange c -> MembershipScript.change(c);
      case TopicDefinitionChange c -> new TopicDefinitionTelling(names).change(c);
      case Change.QueueDefined c -> defined(c.definition());
      case Change.QueueUndefined c -> "undefined " + queue(c.queue());
      case Change.DeletionForgotten c -> "forgot the deletion of " + c.name().name();
    };
  }

  private String ofAny(Change.CommonChange change) {
    return switch (change) {
      case Change.ClockAdvanced _ -> "";
      case Change.OutboxAppended c -> outbox(c.number(), c.destination(), c.crossing());
      case Change.OutboxSettled c ->
          "settled " + partition(c.destination()) + " up to #" + c.upTo();
      case Change.LogicAdvanced c -> "logic at level " + c.level();
      case Change.InboxAdvanced c -> "inbox of " + partition(c.source()) + " at #" + c.number();
    };
  }

  private String outbox(long number, PartitionId destination, Crossing crossing) {
    return "outbox #" + number + " -> " + partition(destination) + ": " + crossing(crossing);
  }

  private static String until(long atMillis, long now) {
    return atMillis > now ? " until=" + Line.duration(atMillis) : "";
  }

  private String defined(QueueDefinition definition) {
    names.name(definition.queue(), definition.name().name());
    return "defined "
        + queue(definition.queue())
        + " v"
        + definition.version()
        + " in "
        + partition(definition.partition())
        + " "
        + definition.attributes();
  }

  private String crossing(Crossing crossing) {
    return switch (crossing) {
      case Crossing.InstallQueue c ->
          "install " + queue(c.queue()) + " v" + c.version() + settings(c.settings());
      case TopicCrossing c -> topics.crossing(c);
      case Crossing.RemoveQueue c -> "remove " + queue(c.queue());
      case Crossing.ParkedMessage c -> moved(c);
      case Crossing.MovedMessage c -> moved(c.parked());
    };
  }

  private String moved(Crossing.ParkedMessage parked) {
    String what =
        switch (parked.reason()) {
          case DEAD_LETTER -> "dead letter";
          case REDRIVE -> "redriven message";
          case UNDELIVERED -> "undelivered message";
          case RETURN -> "returned message";
        };
    return what + " from " + queue(parked.source()) + " to " + queue(parked.target());
  }

  static String task(MoveTask task) {
    return "task "
        + task.taskId()
        + " "
        + task.status()
        + " moved="
        + task.moved()
        + " of "
        + task.toMove()
        + (task.failureReason().isEmpty() ? "" : " because " + task.failureReason());
  }

  private String effect(Effect effect) {
    return switch (effect) {
      case Effect.MessagesReady e -> "effect messages-ready " + queue(e.queue()) + " " + e.count();
      case Effect.OutboxGrew e -> "effect outbox-grew " + partition(e.destination());
      case Effect.NotificationDropped e -> "effect notification-dropped " + queue(e.queue());
    };
  }

  private String reply(Reply reply, String askedQueue) {
    return switch (reply) {
      case TopicReply r -> topics.reply(r);
      case Reply.Done _ -> "reply ok";
      case Reply.MessageAccepted r -> "reply accepted " + askedQueue + "#" + r.number();
      case Reply.MessageRepeated r ->
          "reply repeats " + askedQueue + "#" + r.number() + ", the send no. " + r.id().low();
      case Reply.MoveTaskStands r ->
          "reply "
              + task(r.task())
              + (r.unresolved().isEmpty()
                  ? ""
                  : ", needs a route to " + r.unresolved().getFirst().name());
      case Reply.Outdated _ -> "reply outdated";
      case Reply.MessagesReceived r when r.deliveries().isEmpty() -> "reply (none)";
      case Reply.MessagesReceived r ->
          "reply "
              + r.deliveries().stream()
                  .map(d -> askedQueue + receipt(d))
                  .collect(Collectors.joining(", "));
      case Reply.DefinitionTaken r ->
          "reply taken "
              + queue(r.queue())
              + " in "
              + partition(r.partition())
              + (r.outboxNumber() == 0 ? "" : ", in force after outbox #" + r.outboxNumber());
      case Reply.DeliveriesTaken r -> "reply taken up to #" + r.upTo();
      case Reply.Rejected r when r.detail().isEmpty() -> "error " + r.code().name();
      case Reply.Rejected r -> "error " + r.code().name() + ": " + r.detail();
    };
  }

  private static String receipt(Delivery delivery) {
    return "#" + delivery.number() + " receipt=" + delivery.receiveCount();
  }

  private String settings(QueueSettings settings) {
    return " visibility="
        + Line.duration(settings.visibilityMillis())
        + " delay="
        + Line.duration(settings.delayMillis())
        + " retention="
        + Line.duration(settings.retentionMillis())
        + redrive(settings.redrive());
  }

  private String redrive(QueueSettings.@Nullable Redrive redrive) {
    return redrive == null
        ? ""
        : " redrive="
            + queue(redrive.target().queue())
            + "/"
            + redrive.maxReceiveCount()
            + " in "
            + partition(redrive.target().partition());
  }

  private String message(QueueId queue, long number) {
    return queue(queue) + "#" + number;
  }

  private String queue(QueueId queue) {
    return names.of(queue);
  }

  private static String partition(PartitionId partition) {
    return partition.isCatalogue() ? "catalogue" : "partition " + partition.number();
  }
}
