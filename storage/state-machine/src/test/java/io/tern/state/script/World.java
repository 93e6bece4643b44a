package io.tern.state.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.AppliedEntry;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.Entry;
import io.tern.state.EntryRunner;
import io.tern.state.EntryTime;
import io.tern.state.MessageId;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.ReplicatedMachine;
import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.Limits;
import io.tern.state.limits.QueueAttributes;
import io.tern.state.limits.QueueSettings;
import io.tern.state.partition.PartitionMachine;
import io.tern.state.queue.Deduplication;
import io.tern.state.queue.QueueGauge;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A catalogue and some partitions that a script speaks to, and the time it is there. */
final class World {
  private static final long WALL_START_MILLIS = 1_767_225_600_000L;
  private static final PartitionId FIRST = new PartitionId(1);

  private final Names names = new Names();
  private final Telling telling = new Telling(names);
  private final TreeMap<PartitionId, PartitionMachine> partitions = new TreeMap<>();
  private CatalogueMachine catalogue = CatalogueMachine.empty();
  private long nowMillis;
  private long wallAheadMillis;
  private boolean large;
  private int sends;

  /** Runs the commands of one block and tells what came of them. */
  String run(List<String> commands) {
    List<Line> lines = new ArrayList<>();
    int times = 1;
    for (String text : commands) {
      String rest = text;
      if (rest.startsWith("at ")) {
        String[] parts = rest.split(" ", 3);
        nowMillis = Line.millis(parts[1]);
        rest = parts[2];
      }
      if (rest.startsWith("repeat ")) {
        String[] parts = rest.split(" ", 3);
        times = Integer.parseInt(parts[1]);
        large = true;
        rest = parts[2];
      }
      lines.add(Line.parse(rest));
    }
    for (int i = 1; i < times; i++) {
      applyAll(lines);
    }
    String told = run(lines.getFirst(), lines);
    return times == 1 ? told : times + " times, the last time:\n" + told;
  }

  private String run(Line line, List<Line> all) {
    return switch (line.word(0)) {
      case "queue" -> queue(line);
      case "counts" -> counts(line);
      case "attributes" -> attributes(line);
      case "carry" -> carry(new PartitionId(Integer.parseInt(line.word(1))));
      case "restart" -> restart();
      case "wall" -> {
        wallAheadMillis = Line.millis(line.word(1));
        yield "ok";
      }
      case "next-tick" -> nextTick(line);
      default -> entry(all);
    };
  }

  private String entry(List<Line> lines) {
    AppliedEntry applied = applyAll(lines);
    return telling.tell(applied, nowMillis, lines.getFirst().words().getLast().split("#", 2)[0]);
  }

  private AppliedEntry applyAll(List<Line> lines) {
    return apply(asked(lines.getFirst()), lines.stream().map(this::command).toList());
  }

  private AppliedEntry apply(PartitionId asked, List<Command> commands) {
    ReplicatedMachine machine = asked.isCatalogue() ? catalogue : partition(asked);
    EntryRunner runner =
        new EntryRunner(
            machine,
            (command, failure) -> {
              throw new AssertionError("A rule failed at " + command, failure);
            });
    return runner.run(
        new Entry(
            new EntryTime(nowMillis, WALL_START_MILLIS + nowMillis + wallAheadMillis), commands));
  }

  private PartitionId asked(Line line) {
    return switch (line.word(0)) {
      case "initialize", "create", "set", "delete-queue" -> PartitionId.CATALOGUE;
      case "tick", "settle" -> line.words().contains("catalogue") ? PartitionId.CATALOGUE : FIRST;
      case "accept" -> new PartitionId(line.number("by", 1));
      default -> {
        QueueDefinition known = catalogue.queue(names.id(line.word(1).split("#", 2)[0]));
        yield known == null ? FIRST : known.partition();
      }
    };
  }

  private Command command(Line line) {
    return switch (line.word(0)) {
      case "send" ->
          new Command.SendMessage(
              names.id(line.word(1)),
              line.millis("delay", Command.QUEUE_DEFAULT),
              line.options().getOrDefault("group", ""),
              deduplication(line),
              Bytes.of(line.options().getOrDefault("body", "").getBytes(UTF_8)));
      case "receive" ->
          new Command.ReceiveMessages(
              names.id(line.word(1)),
              line.number("max", 1),
              line.millis("visibility", Command.QUEUE_DEFAULT),
              line.options().getOrDefault("attempt", ""));
      case "delete" ->
          new Command.DeleteMessage(queueOf(line), numberOf(line), line.number("receipt", 0));
      case "visibility" ->
          new Command.ChangeVisibility(
              queueOf(line),
              numberOf(line),
              line.number("receipt", 0),
              line.millis("for", Command.QUEUE_DEFAULT));
      case "purge" ->
          new Command.PurgeQueue(
              names.id(line.word(1)), line.millis("interval", Limits.PURGE_INTERVAL_MILLIS));
      case "initialize" ->
          new Command.InitializeCluster(
              Bytes.of("secret".getBytes(UTF_8)), line.number("partitions", 1));
      case "create" ->
          new Command.CreateQueue(
              new QueueName("000000000000", line.word(1)),
              line.attributes(),
              new TreeMap<>(),
              line.millis("wait", Limits.PURGE_INTERVAL_MILLIS));
      case "set" -> new Command.SetQueueAttributes(names.id(line.word(1)), line.attributes());
      case "delete-queue" -> new Command.DeleteQueue(names.id(line.word(1)));
      case "accept" ->
          new Command.AcceptDeliveries(
              new PartitionId(line.number("from", 0)), line.number("previous", 0), entries(line));
      case "settle" ->
          new Command.SettleOutbox(
              new PartitionId(line.number("partition", 1)), line.number("upto", 0));
      case "tick" -> new Command.Tick();
      default -> throw new IllegalArgumentException("Not a command: " + line);
    };
  }

  /** What the edge makes of a deduplication id; every message has the id of its own send. */
  private @Nullable Deduplication deduplication(Line line) {
    sends++;
    return line.options().containsKey("group")
        ? new Deduplication(
            0, line.options().getOrDefault("dedup", "send-" + sends).hashCode(), id(sends))
        : null;
  }

  private static MessageId id(int sends) {
    return new MessageId(0, sends);
  }

  /** Reads "#1 install orders #2 remove orders". */
  private List<OutboxEntry> entries(Line line) {
    List<OutboxEntry> entries = new ArrayList<>();
    List<String> words = line.words();
    for (int i = 1; i + 2 < words.size(); i += 3) {
      QueueId queue = names.id(words.get(i + 2));
      Crossing crossing =
          words.get(i + 1).equals("remove")
              ? new Crossing.RemoveQueue(queue)
              : new Crossing.InstallQueue(queue, line.number("version", 1), settings(line));
      entries.add(new OutboxEntry(Long.parseLong(words.get(i).substring(1)), crossing));
    }
    return entries;
  }

  private static QueueSettings settings(Line line) {
    return new QueueSettings(
        new QueueName("000000000000", line.word(1)),
        line.millis("visibility", 30_000),
        line.millis("delay", 0),
        line.millis("retention", 345_600_000),
        line.word(1).endsWith(".fifo"),
        null);
  }

  /** Installs a queue in partition 1, or gives it newer settings, as the catalogue would. */
  private String queue(Line line) {
    QueueId queue = names.id(line.word(1));
    PartitionMachine partition = partition(FIRST);
    QueueGauge known = partition.gauge(queue);
    long taken =
        partition.image().crossing().inboxes().isEmpty()
            ? 0
            : partition.image().crossing().inboxes().getFirst().number();
    Crossing install =
        new Crossing.InstallQueue(queue, known == null ? 1 : known.version() + 1, settings(line));
    apply(
        FIRST,
        List.of(
            new Command.AcceptDeliveries(
                PartitionId.CATALOGUE, taken, List.of(new OutboxEntry(taken + 1, install)))));
    return "ok";
  }

  private String counts(Line line) {
    QueueId queue = names.id(line.word(1));
    apply(asked(line), List.of());
    QueueGauge gauge = partition(asked(line)).gauge(queue);
    return gauge == null
        ? "no such queue"
        : "visible=%d in-flight=%d delayed=%d"
            .formatted(gauge.visible(), gauge.inFlight(), gauge.delayed());
  }

  private String attributes(Line line) {
    QueueDefinition definition = catalogue.queue(names.id(line.word(1)));
    List<String> shown = new ArrayList<>();
    if (definition != null) {
      QueueAttributes.shown(definition.attributes())
          .forEach((name, value) -> shown.add(name + "=" + value));
    }
    return definition == null ? "no such queue" : String.join("\n", shown);
  }

  /** A courier's whole trip from the catalogue: deliver what waits, settle what was taken. */
  private String carry(PartitionId destination) {
    List<OutboxEntry> waiting = catalogue.waiting(destination, 0, Limits.CROSSINGS_PER_CALL);
    if (waiting.isEmpty()) {
      return "nothing waits";
    }
    AppliedEntry accepted =
        apply(
            destination,
            List.of(
                new Command.AcceptDeliveries(
                    PartitionId.CATALOGUE, waiting.getFirst().number() - 1, waiting)));
    AppliedEntry settled =
        apply(
            PartitionId.CATALOGUE,
            List.of(new Command.SettleOutbox(destination, waiting.getLast().number())));
    return telling.tell(accepted, nowMillis, "") + "\n" + telling.tell(settled, nowMillis, "");
  }

  private String restart() {
    catalogue = CatalogueMachine.of(catalogue.image());
    partitions.replaceAll((_, machine) -> PartitionMachine.of(machine.image()));
    return "ok";
  }

  private String nextTick(Line line) {
    long at =
        line.words().contains("catalogue")
            ? catalogue.nextWakeUpMillis()
            : partition(FIRST).nextWakeUpMillis();
    return at == Long.MAX_VALUE ? "never" : Line.duration(at);
  }

  /** Every state a script comes through survives a snapshot; large ones are left out for time. */
  void assertImagesAreWhole() {
    if (large) {
      return;
    }
    assertThat(CatalogueMachine.of(catalogue.image()).image()).isEqualTo(catalogue.image());
    for (PartitionMachine machine : partitions.values()) {
      assertThat(PartitionMachine.of(machine.image()).image()).isEqualTo(machine.image());
    }
  }

  private PartitionMachine partition(PartitionId partition) {
    return partitions.computeIfAbsent(partition, _ -> PartitionMachine.empty());
  }

  private QueueId queueOf(Line line) {
    return names.id(line.word(1).split("#", 2)[0]);
  }

  private static long numberOf(Line line) {
    return Long.parseLong(line.word(1).split("#", 2)[1]);
  }
}
