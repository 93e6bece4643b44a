package io.tern.state.partition;

import io.tern.state.Change;
import io.tern.state.ClockRules;
import io.tern.state.Command;
import io.tern.state.Decision;
import io.tern.state.EntryTime;
import io.tern.state.LogicRules;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.QueueId;
import io.tern.state.Rejections;
import io.tern.state.ReplicatedMachine;
import io.tern.state.TopicChange;
import io.tern.state.TopicCommand;
import io.tern.state.TopicId;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.crossing.OutboxRules;
import io.tern.state.queue.QueueGauge;
import io.tern.state.topic.TopicView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The machine of a data partition: sends each command to its rule. One replica's apply thread calls
 * it, and no other.
 */
public final class PartitionMachine implements ReplicatedMachine {
  private final PartitionState state;

  private PartitionMachine(PartitionImage image) {
    state = new PartitionState(image);
  }

  /** A partition at the beginning of its log. */
  public static PartitionMachine empty() {
    return of(PartitionState.emptyImage());
  }

  /** A partition as a snapshot kept it. */
  public static PartitionMachine of(PartitionImage image) {
    return new PartitionMachine(image);
  }

  @Override
  public List<Change> advance(EntryTime time) {
    return List.of(ClockRules.advance(state.clock(), state.retentionMillis(), time));
  }

  /** Uses the clock of the state, which is not older than the entry's time. */
  @Override
  public Decision decide(Command command, EntryTime time) {
    return switch (command) {
      case Command.SendMessage c -> SendRules.send(state, c);
      case Command.ReceiveMessages c -> ReceiveRules.receive(state, c);
      case Command.DeleteMessage c -> SettleRules.delete(state, c);
      case Command.ChangeVisibility c -> SettleRules.changeVisibility(state, c);
      case Command.PurgeQueue c -> SettleRules.purge(state, c);
      case Command.StartMoveTask c -> MoveTaskRules.start(state, c);
      case Command.AdvanceMoveTask c -> MoveTaskRules.advance(state, c);
      case Command.CancelMoveTask c -> MoveTaskRules.cancel(state, c);
      case TopicCommand.Publish c -> PublishRules.publish(state, c);
      case TopicCommand.GiveUpMessage c -> SettleRules.giveUp(state, c);
      case TopicCommand.AdvanceReplay c -> ReplayRules.advance(state, c);
      case TopicCommand.InspectTopic c -> TopicRules.inspect(state, c);
      case Command.AcceptDeliveries c -> CrossingRules.accept(state, c);
      case Command.SettleOutbox c -> OutboxRules.settle(state.crossing(), c);
      case Command.Tick _ -> TimeRules.tick(state);
      case Command.AdvanceLogic c -> LogicRules.advance(state.logic(), c);
      case Command.CatalogueCommand _ -> Rejections.wrongMachine();
    };
  }

  @Override
  public void evolve(Change change) {
    state.evolve(change);
  }

  @Override
  public PartitionImage image() {
    return state.image();
  }

  @Override
  public long hash() {
    return state.hash();
  }

  /** The level of {@link io.tern.state.Logic} that commands are decided with. */
  public int logic() {
    return state.logic();
  }

  /** The queue's summary, or null when this partition does not hold it. */
  public @Nullable QueueGauge gauge(QueueId queue) {
    return state.gauge(queue);
  }

  /**
   * The summaries that changed since they were last taken, by a change of their queue or because
   * time made messages visible; after a start, all. Removed queues are not among them.
   */
  public List<QueueGauge> takeChangedGauges() {
    return state.takeChangedGauges();
  }

  /** The move tasks that run, by queue, as the changes that made them so. */
  public List<Change.MoveTaskChanged> runningMoveTasks() {
    return state.runningTasks();
  }

  /** The replays that have something to do, as the changes that made them so. */
  public List<TopicChange.ReplayChanged> activeReplays() {
    return state.topics().activeReplays();
  }

  /** What is known here of the topic, for reading between entries; null when nothing is. */
  public @Nullable TopicView topic(TopicId topic) {
    return state.topics().topic(topic);
  }

  /** Queue time when the next hidden message of any queue becomes visible. */
  public long nextVisibleAtMillis() {
    return state.nextVisibleAtMillis();
  }

  /**
   * Queue time when a tick would expire messages, forget sends or look for bodies that nobody
   * needs, or {@link Long#MAX_VALUE}. The slew of the retention clock may move it a little; an
   * early tick does nothing.
   */
  @Override
  public long nextWakeUpMillis() {
    long expiryMillis = state.nextExpiryMillis();
    long expireAt =
        expiryMillis == Long.MAX_VALUE
            ? Long.MAX_VALUE
            : state.clock().queueMillis() + Math.max(0, expiryMillis - state.retentionMillis());
    long forgetAt = Math.min(state.nextForgettingMillis(), state.topics().nextForgettingMillis());
    return Math.min(Math.min(expireAt, forgetAt), state.topics().nextCheckMillis());
  }

  /** The partitions for which something waits in an outbox, lowest first. */
  @Override
  public List<PartitionId> waitingDestinations() {
    return state.crossing().waitingDestinations();
  }

  /** What waits for that partition after that number, in order, at most so many. */
  @Override
  public List<OutboxEntry> waiting(PartitionId destination, long afterNumber, int limit) {
    return state.crossing().waiting(destination, afterNumber, limit);
  }
}
