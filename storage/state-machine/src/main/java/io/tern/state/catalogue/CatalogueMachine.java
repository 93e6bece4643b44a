package io.tern.state.catalogue;

import io.tern.state.Bytes;
import io.tern.state.CatalogueImage;
import io.tern.state.CatalogueImage.Deletion;
import io.tern.state.Change;
import io.tern.state.ClockRules;
import io.tern.state.Command;
import io.tern.state.Decision;
import io.tern.state.EntryTime;
import io.tern.state.MembershipCommand;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.Rejections;
import io.tern.state.ReplicatedMachine;
import io.tern.state.TopicDefinitionCommand;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.crossing.OutboxRules;
import io.tern.state.limits.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The machine of the catalogue: sends each command to its rule. One replica's apply thread calls
 * it, and no other.
 */
public final class CatalogueMachine implements ReplicatedMachine {
  private final CatalogueState state;

  private CatalogueMachine(CatalogueImage image) {
    state = new CatalogueState(image);
  }

  /** A catalogue at the beginning of its log. */
  public static CatalogueMachine empty() {
    return of(CatalogueState.emptyImage());
  }

  /** A catalogue as a snapshot kept it. */
  public static CatalogueMachine of(CatalogueImage image) {
    return new CatalogueMachine(image);
  }

  @Override
  public List<Change> advance(EntryTime time) {
    return List.of(ClockRules.advance(state.clock(), state.retentionMillis(), time));
  }

  /** Uses the clock of the state, which is not older than the entry's time. */
  @Override
  public Decision decide(Command command, EntryTime time) {
    return switch (command) {
      case Command.CreateQueue c -> QueueRules.create(state, c);
      case Command.SetQueueAttributes c -> QueueRules.setAttributes(state, c);
      case Command.DeleteQueue c -> QueueRules.delete(state, c);
      case Command.TagQueue c -> QueueRules.tag(state, c);
      case Command.UntagQueue c -> QueueRules.untag(state, c);
      case Command.ReplacePolicy c -> QueueRules.replacePolicy(state, c);
      case Command.InitializeCluster c -> ClusterRules.initialize(state, c);
      case TopicDefinitionCommand c -> decide(c);
      case MembershipCommand c -> MembershipRules.decide(state, c);
      case Command.AdvanceLogic c -> MembershipRules.advance(state, c);
      case Command.AcceptDeliveries c -> ClusterRules.accept(state, c);
      case Command.SettleOutbox c -> OutboxRules.settle(state.crossing(), c);
      case Command.Tick _ -> ClusterRules.tick(state);
      case Command.PartitionCommand _ -> Rejections.wrongMachine();
    };
  }

  private Decision decide(TopicDefinitionCommand command) {
    return switch (command) {
      case TopicDefinitionCommand.CreateTopic c -> TopicRules.create(state, c);
      case TopicDefinitionCommand.DeleteTopic c -> TopicRules.delete(state, c);
      case TopicDefinitionCommand.ReplaceTopic c -> TopicRules.replace(state, c);
      case TopicDefinitionCommand.Subscribe c -> SubscriptionRules.subscribe(state, c);
      case TopicDefinitionCommand.ConfirmSubscription c -> SubscriptionRules.confirm(state, c);
      case TopicDefinitionCommand.Unsubscribe c -> SubscriptionRules.unsubscribe(state, c);
      case TopicDefinitionCommand.ReplaceSubscription c -> SubscriptionRules.replace(state, c);
      case TopicDefinitionCommand.PutResource c -> ResourceRules.put(state, c);
      case TopicDefinitionCommand.RemoveResource c -> ResourceRules.remove(state, c);
      case TopicDefinitionCommand.AddSigningKey c -> ResourceRules.add(state, c);
    };
  }

  @Override
  public void evolve(Change change) {
    state.evolve(change);
  }

  @Override
  public CatalogueImage image() {
    return state.image();
  }

  @Override
  public long hash() {
    return state.hash();
  }

  /** Queue time when a tick would forget something, or {@link Long#MAX_VALUE}. */
  @Override
  public long nextWakeUpMillis() {
    List<Deletion> oldest = state.deletionsUpTo(Long.MAX_VALUE, 1);
    long deletion =
        oldest.isEmpty()
            ? Long.MAX_VALUE
            : oldest.getFirst().deletedAtMillis() + Limits.PURGE_INTERVAL_MILLIS;
    return Math.min(deletion, SubscriptionRules.nextToForgetMillis(state.topics()));
  }

  /** The secret that seals receipt handles; empty until the cluster is initialized. */
  public Bytes sealingKey() {
    return state.sealingKey();
  }

  /** Those of the first start; 0 until the cluster is initialized. */
  public int dataPartitions() {
    return state.dataPartitions();
  }

  public @Nullable QueueDefinition queue(QueueId queue) {
    return state.queue(queue);
  }

  public @Nullable QueueDefinition queue(QueueName name) {
    return state.queue(name);
  }

  /** Nodes and placements. */
  public MembershipView membership() {
    return state.membership();
  }

  /** The level of {@link io.tern.state.Logic} that commands are decided with. */
  public int logic() {
    return state.logic();
  }

  public TopicsView topics() {
    return state.topics();
  }

  /** The partitions for which something waits in the outbox, lowest first. */
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
