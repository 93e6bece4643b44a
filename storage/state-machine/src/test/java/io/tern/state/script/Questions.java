package io.tern.state.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.state.Bytes;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.TopicId;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.QueueAttributes;
import io.tern.state.queue.MoveTask;
import io.tern.state.queue.QueueGauge;
import io.tern.state.queue.QueueImage;
import io.tern.state.topic.TopicView;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Answers what a script asks about a state; asking changes nothing. */
final class Questions {
  private static final String NO_QUEUE = "no such queue";

  private final Machines machines;

  Questions(Machines machines) {
    this.machines = machines;
  }

  String counts(QueueId queue) {
    QueueGauge gauge = machines.gauge(queue);
    return gauge == null
        ? NO_QUEUE
        : "visible=%d in-flight=%d delayed=%d"
            .formatted(gauge.visible(), gauge.inFlight(), gauge.delayed());
  }

  /** Whether a receive that waits would be answered now. */
  String receivable(QueueId queue) {
    QueueGauge gauge = machines.gauge(queue);
    return gauge == null ? NO_QUEUE : gauge.receivable() > 0 ? "yes" : "no";
  }

  /** What a consumer would see of a message besides its counts. */
  String message(QueueId queue, long number, long wallStartMillis) {
    Rows.Row row = machines.rows(machines.placeOf(queue)).message(queue, number);
    if (row == null) {
      return "no such message";
    }
    QueueName source = row.deadLetterSource();
    return "body="
        + text(row.content())
        + " sent="
        + Line.duration(row.sentMillis() - wallStartMillis)
        + (row.group().isEmpty() ? "" : " group=" + row.group())
        + (source == null ? "" : " dead-letter-source=" + source.name());
  }

  /** What a consumer would see of its receives. */
  String received(QueueId queue, long number, long wallStartMillis) {
    for (QueueImage image : machines.partition(machines.placeOf(queue)).image().queues()) {
      for (QueueImage.TouchedMessage message : image.touched()) {
        if (image.queue().equals(queue) && message.number() == number) {
          return message.receiveCount()
              + " times, first at "
              + Line.duration(message.firstReceivedMillis() - wallStartMillis);
        }
      }
    }
    return "never";
  }

  String tasks(QueueId queue, long wallStartMillis) {
    QueueGauge gauge = machines.gauge(queue);
    if (gauge == null) {
      return NO_QUEUE;
    }
    List<String> told = new ArrayList<>();
    for (MoveTask task : gauge.tasks()) {
      told.add(
          Telling.task(task)
              + (task.destination() == null ? "" : " to=" + task.destination().name().name())
              + (task.perSecond() == 0 ? "" : " rate=" + task.perSecond())
              + " started="
              + Line.duration(task.startedMillis() - wallStartMillis));
    }
    return told.isEmpty() ? "no tasks" : String.join("\n", told);
  }

  /** Which bodies of a topic a partition keeps. */
  String bodies(TopicId topic, PartitionId partition) {
    TopicView view = machines.partition(partition).topic(topic);
    return view == null || view.firstBody() == view.nextBody()
        ? "none"
        : "#%d to #%d for %d queues"
            .formatted(view.firstBody(), view.nextBody() - 1, view.holders());
  }

  String attributes(QueueId queue) {
    QueueDefinition definition = machines.catalogue().queue(queue);
    return definition == null ? NO_QUEUE : told(QueueAttributes.shown(definition.attributes()));
  }

  String tags(QueueId queue) {
    QueueDefinition definition = machines.catalogue().queue(queue);
    return definition == null
        ? NO_QUEUE
        : definition.tags().isEmpty() ? "no tags" : told(definition.tags());
  }

  private static String told(SortedMap<String, String> values) {
    List<String> shown = new ArrayList<>();
    values.forEach((name, value) -> shown.add(name + "=" + value));
    return String.join("\n", shown);
  }

  private static String text(Bytes content) {
    return new String(content.array(), UTF_8);
  }
}
