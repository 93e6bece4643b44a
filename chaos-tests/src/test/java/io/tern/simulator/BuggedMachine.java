package io.tern.simulator;

import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.Decision;
import io.tern.state.EntryTime;
import io.tern.state.MachineImage;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.ReplicatedMachine;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.CrossingImage.InboxMark;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.Deduplication;
import io.tern.state.queue.QueueImage;
import java.util.ArrayList;
import java.util.List;

/** A machine with one planted bug; with none it is the real one. */
record BuggedMachine(ReplicatedMachine real, PlantedBug bug, int replica)
    implements ReplicatedMachine {

  @Override
  public List<Change> advance(EntryTime time) {
    List<Change> changes = real.advance(time);
    return bug == PlantedBug.CLOCK_NOT_CLAMPED
        ? changes.stream().map(change -> unclamped(change, time)).toList()
        : changes;
  }

  @Override
  public Decision decide(Command command, EntryTime time) {
    return switch (bug) {
      case DELIVERIES_WITHOUT_PREVIOUS_CHECK -> real.decide(renumbered(command), time);
      case SHORT_LEASES -> real.decide(shortened(command), time);
      case EARLY_EXPIRY -> real.decide(hasty(command), time);
      case FORGOTTEN_DELETES -> forgetful(real.decide(command, time));
      case CLOCK_OF_THE_REPLICA -> ownClock(real.decide(command, time));
      case PARKED_NOWHERE -> parkedNowhere(real.decide(command, time));
      case NOT_SENT_BACK -> notSentBack(real.decide(command, time));
      case DEDUPLICATION_IGNORED -> real.decide(unrepeated(command), time);
      case LOCK_IGNORED -> real.decide(regrouped(command), time);
      case TARGET_FORGOTTEN -> real.decide(TopicBugs.withoutLastTarget(command), time);
      case FAN_OUT_NOT_CARRIED -> TopicBugs.notCarried(real.decide(command, time));
      case PUBLISH_REPEATED -> real.decide(TopicBugs.unrepeated(command, real), time);
      case BODIES_FORGOTTEN_EARLY -> TopicBugs.oneTooMany(real.decide(command, time));
      case REPLAY_BESIDE_NEW_MESSAGES -> real.decide(TopicBugs.otherSubscriptions(command), time);
      case REPLAY_ENDED_EARLY -> TopicBugs.endedEarly(real.decide(command, time));
      case NONE,
          FSYNC_OFF,
          CLOCK_NOT_CLAMPED,
          PARKED_AND_KEPT,
          DEDUPLICATION_FORGOTTEN_AT_RESTART,
          HOLDERS_FORGOTTEN_AT_RESTART,
          IMAGES_WITHOUT_TOUCHED_MESSAGES ->
          real.decide(command, time);
    };
  }

  @Override
  public void evolve(Change change) {
    real.evolve(
        bug == PlantedBug.PARKED_AND_KEPT && change instanceof Change.MessageParked p
            ? new Change.OutboxAppended(p.destination(), p.outboxNumber(), p.crossing())
            : change);
  }

  @Override
  public MachineImage image() {
    MachineImage image = real.image();
    if (!(image instanceof PartitionImage partition)) {
      return image;
    }
    return switch (bug) {
      case IMAGES_WITHOUT_TOUCHED_MESSAGES -> altered(partition, true);
      case DEDUPLICATION_FORGOTTEN_AT_RESTART -> altered(partition, false);
      case HOLDERS_FORGOTTEN_AT_RESTART -> TopicBugs.withoutHolders(partition);
      default -> image;
    };
  }

  @Override
  public long hash() {
    return real.hash();
  }

  @Override
  public long nextWakeUpMillis() {
    return real.nextWakeUpMillis();
  }

  @Override
  public List<PartitionId> waitingDestinations() {
    return real.waitingDestinations();
  }

  @Override
  public List<OutboxEntry> waiting(PartitionId destination, long afterNumber, int limit) {
    return real.waiting(destination, afterNumber, limit);
  }

  private static Change unclamped(Change change, EntryTime time) {
    return change instanceof Change.ClockAdvanced c
        ? new Change.ClockAdvanced(time, c.retentionMillis())
        : change;
  }

  private Command renumbered(Command command) {
    if (!(command instanceof Command.AcceptDeliveries accept)
        || !(real.image() instanceof PartitionImage image)) {
      return command;
    }
    long taken =
        image.crossing().inboxes().stream()
            .filter(mark -> mark.source().equals(accept.source()))
            .mapToLong(InboxMark::number)
            .sum();
    List<OutboxEntry> entries = new ArrayList<>();
    for (OutboxEntry entry : accept.entries()) {
      entries.add(new OutboxEntry(taken + entries.size() + 1, entry.crossing()));
    }
    return new Command.AcceptDeliveries(accept.source(), taken, entries);
  }

  private static Command shortened(Command command) {
    return command instanceof Command.ReceiveMessages c
        ? new Command.ReceiveMessages(
            c.queue(), c.maxMessages(), c.visibilityMillis() / 2, c.attemptId())
        : command;
  }

  private static Command hasty(Command command) {
    if (!(command instanceof Command.AcceptDeliveries accept)) {
      return command;
    }
    List<OutboxEntry> entries = new ArrayList<>();
    for (OutboxEntry entry : accept.entries()) {
      entries.add(
          switch (entry.crossing()) {
            case Crossing.InstallQueue install -> {
              QueueSettings s = install.settings();
              QueueSettings hasty =
                  new QueueSettings(
                      s.name(),
                      s.visibilityMillis(),
                      s.delayMillis(),
                      s.retentionMillis() / 10,
                      s.fifo(),
                      s.redrive());
              yield new OutboxEntry(
                  entry.number(),
                  new Crossing.InstallQueue(install.queue(), install.version(), hasty));
            }
            case TopicCrossing _ -> entry;
            case Crossing.RemoveQueue _, Crossing.ParkedMessage _, Crossing.MovedMessage _ -> entry;
          });
    }
    return new Command.AcceptDeliveries(accept.source(), accept.previous(), entries);
  }

  private static Decision forgetful(Decision decision) {
    List<Change> kept = new ArrayList<>();
    for (Change change : decision.changes()) {
      if (!(change instanceof Change.MessageRemoved removed && removed.number() % 5 == 0)) {
        kept.add(change);
      }
    }
    return new Decision(decision.reply(), kept, decision.effects());
  }

  private Decision ownClock(Decision decision) {
    List<Change> stamped = new ArrayList<>();
    for (Change change : decision.changes()) {
      stamped.add(
          change instanceof Change.MessageStored s
              ? new Change.MessageStored(
                  s.queue(),
                  s.number(),
                  s.visibleAtMillis(),
                  s.sentMillis() + replica,
                  s.retentionMillis(),
                  s.group(),
                  s.content())
              : change);
    }
    return new Decision(decision.reply(), stamped, decision.effects());
  }

  private static Decision parkedNowhere(Decision decision) {
    List<Change> changes = new ArrayList<>();
    for (Change change : decision.changes()) {
      changes.add(
          change instanceof Change.MessageParked p
              ? new Change.MessageRemoved(p.queue(), p.number())
              : change);
    }
    return new Decision(decision.reply(), changes, decision.effects());
  }

  private static Decision notSentBack(Decision decision) {
    List<Change> kept = new ArrayList<>();
    for (Change change : decision.changes()) {
      if (!(change instanceof Change.OutboxAppended appended
          && appended.crossing() instanceof Crossing.MovedMessage)) {
        kept.add(change);
      }
    }
    return new Decision(decision.reply(), kept, decision.effects());
  }

  private Command unrepeated(Command command) {
    if (!(command instanceof Command.SendMessage c)
        || c.deduplication() == null
        || !(real.image() instanceof PartitionImage image)) {
      return command;
    }
    Deduplication other =
        new Deduplication(
            image.hash(), c.deduplication().keyLow() + image.hash(), c.deduplication().id());
    return new Command.SendMessage(c.queue(), c.delayMillis(), c.group(), other, c.content());
  }

  private static Command regrouped(Command command) {
    return command instanceof Command.SendMessage c && c.deduplication() != null
        ? new Command.SendMessage(
            c.queue(),
            c.delayMillis(),
            c.group() + c.content().hashCode() % 2,
            c.deduplication(),
            c.content())
        : command;
  }

  private static PartitionImage altered(PartitionImage image, boolean withoutTouched) {
    List<QueueImage> queues = new ArrayList<>();
    for (QueueImage queue : image.queues()) {
      queues.add(
          new QueueImage(
              queue.queue(),
              queue.version(),
              queue.settings(),
              queue.nextNumber(),
              queue.purgedAtMillis(),
              queue.ready(),
              withoutTouched ? List.of() : queue.touched(),
              queue.sentMarks(),
              queue.groups(),
              queue.delayed(),
              withoutTouched ? queue.deduplication() : List.of(),
              queue.attempts(),
              queue.tasks()));
    }
    return new PartitionImage(
        image.clock(),
        image.retentionMillis(),
        image.hash(),
        queues,
        image.topics(),
        image.crossing());
  }
}
