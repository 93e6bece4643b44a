package io.tern.state.script;

import io.tern.state.AppliedEntry;
import io.tern.state.Command;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.TopicId;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.CrossingImage;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.queue.QueueGauge;
import java.util.ArrayList;
import java.util.List;

/** Where a script happens: machines, couriers, and the time it is there. */
final class World {
  private static final String QUIETLY = "quietly ";
  static final long WALL_START_MILLIS = 1_767_225_600_000L;

  /** From so many repetitions on, states are too large to look at after every block. */
  private static final int LARGE = 1_000;

  private final Names names = new Names();
  private final Machines machines = new Machines();
  private final Telling telling = new Telling(names);
  private final Commands commands = new Commands(names, machines);
  private final Couriers couriers = new Couriers(machines, telling);
  private final Questions questions = new Questions(machines);
  private long nowMillis;
  private long wallAheadMillis;
  private boolean large;

  /** Whether the block wants to be told the replies only. */
  private boolean quiet;

  /** Runs the commands of one block and tells what came of them. */
  String run(List<String> texts) {
    List<String> once = new ArrayList<>();
    int times = 1;
    for (String text : texts) {
      String rest = text;
      if (rest.startsWith("at ")) {
        String[] parts = rest.split(" ", 3);
        nowMillis = Line.millis(parts[1]);
        rest = parts[2];
      }
      if (rest.startsWith("repeat ")) {
        String[] parts = rest.split(" ", 3);
        times = Integer.parseInt(parts[1]);
        large |= times > LARGE;
        rest = parts[2];
      }
      quiet = rest.startsWith(QUIETLY);
      once.add(quiet ? rest.substring(QUIETLY.length()) : rest);
    }
    for (int i = 1; i < times; i++) {
      applyAll(lines(once, i));
    }
    List<Line> last = lines(once, times);
    String told = run(last.getFirst(), last);
    return times == 1 ? told : times + " times, the last time:\n" + told;
  }

  /** In a repetition, {i} stands for its number. */
  private static List<Line> lines(List<String> texts, int repetition) {
    String number = Integer.toString(repetition);
    return texts.stream().map(text -> Line.parse(text.replace("{i}", number))).toList();
  }

  private String run(Line line, List<Line> all) {
    return switch (line.word(0)) {
      case "queue" -> queue(line);
      case "remove-queue" -> removeQueue(line);
      case "topic", "remove-topic", "replay", "end-replay" -> topic(line);
      case "carry", "deliver" -> couriers.run(line, time(), nowMillis, quiet);
      case "bodies" ->
          questions.bodies(commands.topics().topicOf(line), new PartitionId(line.number("in", 1)));
      case "counts", "receivable", "message", "received", "tasks", "attributes", "tags" ->
          question(line);
      case "next-tick" -> nextTick(line);
      case "restart" -> {
        machines.restart();
        yield "ok";
      }
      case "wall" -> {
        wallAheadMillis = Line.millis(line.word(1));
        yield "ok";
      }
      default ->
          quiet ? telling.replies(applyAll(all), all) : telling.tell(applyAll(all), nowMillis, all);
    };
  }

  private AppliedEntry applyAll(List<Line> lines) {
    return apply(commands.asked(lines.getFirst()), lines.stream().map(commands::command).toList());
  }

  private AppliedEntry apply(PartitionId asked, List<Command> asking) {
    return machines.apply(asked, time(), asking);
  }

  private EntryTime time() {
    return new EntryTime(nowMillis, WALL_START_MILLIS + nowMillis + wallAheadMillis);
  }

  private String question(Line line) {
    QueueId queue = commands.queueOf(line);
    apply(commands.asked(line), List.of());
    return switch (line.word(0)) {
      case "counts" -> questions.counts(queue);
      case "receivable" -> questions.receivable(queue);
      case "message" -> questions.message(queue, Commands.numberOf(line), WALL_START_MILLIS);
      case "received" -> questions.received(queue, Commands.numberOf(line), WALL_START_MILLIS);
      case "tasks" -> questions.tasks(queue, WALL_START_MILLIS);
      case "attributes" -> questions.attributes(queue);
      default -> questions.tags(queue);
    };
  }

  /** Installs a queue in a partition, or gives it newer settings, as the catalogue would. */
  private String queue(Line line) {
    QueueId known = names.id(line.word(1));
    boolean held = machines.isHeld(known);
    QueueId queue = held || !names.wasRemoved(known) ? known : names.fresh(line.word(1));
    PartitionId place = held ? machines.placeOf(queue) : new PartitionId(line.number("in", 1));
    QueueGauge gauge = machines.partition(place).gauge(queue);
    hand(
        place,
        new Crossing.InstallQueue(
            queue, gauge == null ? 1 : gauge.version() + 1, commands.settings(line)));
    return "ok";
  }

  /** Removes a queue from its partition, as the catalogue would. */
  private String removeQueue(Line line) {
    QueueId queue = names.id(line.word(1));
    hand(machines.placeOf(queue), new Crossing.RemoveQueue(queue));
    names.removed(queue);
    return "ok";
  }

  /** Gives a topic to its home, or something that belongs to it, as the catalogue would. */
  private String topic(Line line) {
    TopicId topic = commands.topics().topicOf(line);
    PartitionId home =
        line.word(0).equals("topic") && !machines.isHome(topic)
            ? new PartitionId(line.number("in", 1))
            : machines.homeOf(topic);
    return telling.tell(hand(home, commands.topics().crossing(line)), nowMillis, List.of());
  }

  private AppliedEntry hand(PartitionId place, Crossing crossing) {
    long taken = 0;
    for (CrossingImage.InboxMark mark : machines.partition(place).image().crossing().inboxes()) {
      taken = mark.source().isCatalogue() ? mark.number() : taken;
    }
    return apply(
        place,
        List.of(
            new Command.AcceptDeliveries(
                PartitionId.CATALOGUE, taken, List.of(new OutboxEntry(taken + 1, crossing)))));
  }

  private String nextTick(Line line) {
    long at = machines.machine(commands.asked(line)).nextWakeUpMillis();
    return at == Long.MAX_VALUE ? "never" : Line.duration(at);
  }

  /** Every state a script comes through survives a snapshot; large ones are left out for time. */
  void assertWhole() {
    if (!large) {
      machines.assertWhole();
    }
  }

  /** Nothing that a script tells may depend on whether a node began with a snapshot. */
  void restart() {
    if (!large) {
      machines.restart();
    }
  }
}
