package io.tern.state.partition;

import io.tern.state.Arrival;
import io.tern.state.Change;
import io.tern.state.Change.MessageStored;
import io.tern.state.Decision;
import io.tern.state.Effect;
import io.tern.state.Effect.MessagesReady;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.Rejections;
import io.tern.state.Reply;
import io.tern.state.TopicChange.ReplayChanged;
import io.tern.state.TopicCommand.AdvanceReplay;
import io.tern.state.TopicReply.ReplayStands;
import io.tern.state.crossing.Crossing.MovedMessage;
import io.tern.state.crossing.Crossing.ParkedMessage;
import io.tern.state.crossing.MoveReason;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.QueueSettings;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.Replay;
import io.tern.state.topic.ReplayStatus;
import io.tern.state.topic.ReplayedMessage;
import io.tern.state.topic.TopicView;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides a step of a replay; made by the machine for one step. The leader reads the archive and
 * filters, the rule sees to it that each message is delivered once: a step that does not begin
 * where the replay stands is refused.
 */
final class ReplayRules {
  private static final Arrival NO_PAST = new Arrival(null, 0, 0);

  private final PartitionView state;
  private final DefinitionRules definitions;
  private final Intake intake;
  private final Parking parking;
  private final List<Change> changes = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();

  private ReplayRules(PartitionView state) {
    this.state = state;
    this.definitions = new DefinitionRules(state);
    this.intake = new Intake(state, definitions);
    this.parking = new Parking(state);
  }

  static Decision advance(PartitionView state, AdvanceReplay command) {
    TopicView topic = state.topics().topic(command.topic());
    Replay replay = topic == null ? null : topic.replay(command.subscription());
    if (topic == null || replay == null || !fits(topic, replay, command)) {
      return Decision.reply(new Reply.Outdated());
    }
    return new ReplayRules(state).step(topic.nextBody(), replay, command);
  }

  private static boolean fits(TopicView topic, Replay replay, AdvanceReplay command) {
    return replay.isActive()
        && replay.version() == command.version()
        && replay.next() == command.from()
        && command.upTo() >= command.from() - 1
        && command.upTo() < topic.nextBody();
  }

  /** All or nothing: without room the same step is tried again later. */
  private Decision step(long nextBody, Replay replay, AdvanceReplay command) {
    for (ReplayedMessage message : command.messages()) {
      if (!deliver(command, message)) {
        return Rejections.of(ErrorCode.THROTTLED);
      }
    }
    Replay now = replay.at(command.upTo() + 1, status(nextBody, replay, command));
    changes.add(new ReplayChanged(command.topic(), now));
    effects.addAll(parking.effects());
    return new Decision(new ReplayStands(now), changes, effects);
  }

  /** Live again only if nothing was published after the last message looked at. */
  private static ReplayStatus status(long nextBody, Replay replay, AdvanceReplay command) {
    if (!command.ended()) {
      return ReplayStatus.RUNNING;
    }
    if (replay.endMillis() >= 0) {
      return ReplayStatus.PAUSED;
    }
    return command.upTo() + 1 == nextBody ? ReplayStatus.COMPLETED : ReplayStatus.RUNNING;
  }

  /** Deduplication does not apply: it was published, and delivered, before. */
  private boolean deliver(AdvanceReplay command, ReplayedMessage message) {
    FanOutTarget target = message.target();
    QueueSettings settings = definitions.settings(target.queue());
    if (settings == null || (settings.fifo() && overtakes(target))) {
      return carry(command, message);
    }
    if (!intake.hasRoom(target.queue(), settings)) {
      return false;
    }
    changes.add(
        new MessageStored(
            target.queue(),
            intake.nextNumber(target.queue()),
            state.clock().queueMillis() + settings.delayMillis(),
            state.clock().wallMillis(),
            state.retentionMillis(),
            settings.fifo() ? message.group() : "",
            message.content()));
    if (settings.delayMillis() <= 0) {
      effects.add(new MessagesReady(target.queue(), 1));
    }
    return true;
  }

  /** An earlier message of the replay still waits to be carried from here to here. */
  private boolean overtakes(FanOutTarget target) {
    return state.crossing().waitingFor(target.partition(), target.queue()) > 0;
  }

  /** Of a queue elsewhere only the deduplication tells that it is a FIFO queue. */
  private boolean carry(AdvanceReplay command, ReplayedMessage message) {
    PartitionId destination = message.target().partition();
    String group = message.target().deduplication() == null ? "" : message.group();
    if (state.crossing().isFull(destination)) {
      return false;
    }
    ParkedMessage parked =
        new ParkedMessage(
            message.target().queue(),
            new QueueId(command.topic().number()),
            MoveReason.UNDELIVERED,
            "",
            NO_PAST);
    changes.add(
        parking.append(
            destination,
            new MovedMessage(parked, state.clock().wallMillis(), group, message.content())));
    return true;
  }
}
