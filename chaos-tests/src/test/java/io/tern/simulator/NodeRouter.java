package io.tern.simulator;

import io.tern.disk.CommandCodec;
import io.tern.disk.ReplyCodec;
import io.tern.state.Command;
import io.tern.state.PartitionId;
import io.tern.state.Reply;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.catalogue.CatalogueMachine;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One node's way to the leaders of partitions: here, or one hop away, and again for a while when
 * nobody leads there. What may be in a log is never sent again.
 */
final class NodeRouter {
  private static final long PATIENCE_MILLIS = 6_000;
  private static final long PAUSE_MILLIS = 60;
  private static final long CATCH_UP_MILLIS = 20;

  private final SimulatedNode node;
  private final Map<PartitionId, RaftGroup> groups;
  private final Links links;
  private final int pace;

  NodeRouter(SimulatedNode node, Map<PartitionId, RaftGroup> groups, Links links, int pace) {
    this.node = node;
    this.groups = groups;
    this.links = links;
    this.pace = pace;
  }

  private interface Attempt {
    /** The leader is here. */
    void at(Leadership leadership, int asker);
  }

  /** No answer comes when nobody knows what became of it. */
  void execute(PartitionId partition, Command command, Consumer<Reply> answer) {
    attempt(
        partition,
        (leadership, asker) ->
            take(
                leadership,
                CommandCodec.decodeCommand(CommandCodec.encode(command)),
                reply -> reply(leadership, asker, () -> answer.accept(reread(reply)))),
        node.nowMillis() + PATIENCE_MILLIS * pace);
  }

  /** As it comes from another node. */
  private static Reply reread(Reply reply) {
    return ReplyCodec.decode(ReplyCodec.encode(reply));
  }

  /** Runs it once this node's replica has all that was acknowledged before the call. */
  void barrier(PartitionId partition, Runnable passed) {
    attempt(
        partition,
        (leadership, asker) ->
            leadership.confirm(
                index -> reply(leadership, asker, () -> whenApplied(partition, index, passed))),
        node.nowMillis() + PATIENCE_MILLIS * pace);
  }

  private void whenApplied(PartitionId partition, int index, Runnable passed) {
    if (member(partition).replica().applied() >= index) {
      passed.run();
    } else {
      node.after(CATCH_UP_MILLIS, () -> whenApplied(partition, index, passed));
    }
  }

  private void reply(Leadership leadership, int asker, Runnable answer) {
    links.carry(leadership.member().number(), asker, answer);
  }

  private void attempt(PartitionId partition, Attempt attempt, long deadlineMillis) {
    if (node.nowMillis() > deadlineMillis) {
      return;
    }
    Runnable again =
        () -> node.after(PAUSE_MILLIS * pace, () -> attempt(partition, attempt, deadlineMillis));
    int here = node.number();
    RaftMember member = member(partition);
    Leadership leadership = member.readyLeadership();
    int hint = member.hint();
    if (leadership != null) {
      attempt.at(leadership, here);
    } else if (hint == RaftMember.NOBODY || hint == here) {
      again.run();
    } else {
      links.carry(
          here,
          hint,
          () -> {
            Leadership there = group(partition).members().get(hint).readyLeadership();
            if (there == null) {
              links.carry(hint, here, again);
            } else {
              attempt.at(there, here);
            }
          });
    }
  }

  /** What is published is matched by the leader's node, as it knows the catalogue. */
  private void take(Leadership leadership, Command command, Consumer<Reply> answer) {
    if (command instanceof Publish publish) {
      publish(leadership, publish, answer, node.nowMillis() + PATIENCE_MILLIS * pace);
    } else {
      leadership.ask(command, answer);
    }
  }

  private void publish(
      Leadership leadership, Publish publish, Consumer<Reply> answer, long deadlineMillis) {
    CatalogueMachine mirror = mirror(leadership.member().number());
    if (mirror == null || node.nowMillis() > deadlineMillis) {
      return;
    }
    leadership.ask(
        Matching.matched(mirror, publish),
        reply -> {
          if (reply instanceof Reply.Outdated) {
            leadership.after(
                PAUSE_MILLIS * pace, () -> publish(leadership, publish, answer, deadlineMillis));
          } else {
            answer.accept(reply);
          }
        });
  }

  /** The catalogue as this node knows it. */
  @Nullable CatalogueMachine mirror() {
    return mirror(node.number());
  }

  private @Nullable CatalogueMachine mirror(int number) {
    SimulatedReplica replica = group(PartitionId.CATALOGUE).members().get(number).replica();
    return replica.isUp() && replica.up() instanceof CatalogueMachine machine ? machine : null;
  }

  private RaftMember member(PartitionId partition) {
    return group(partition).members().get(node.number());
  }

  private RaftGroup group(PartitionId partition) {
    return Objects.requireNonNull(groups.get(partition));
  }

  /** A partition that is asked from here; who leads it is its own affair. */
  LedPartition remote(PartitionId partition) {
    return new Remote(this, partition);
  }

  private record Remote(NodeRouter router, PartitionId id) implements LedPartition {
    @Override
    public long term() {
      return 0;
    }

    @Override
    public @Nullable SimulatedReplica leader() {
      return null;
    }

    @Override
    public void ask(Command command, Consumer<Reply> answer) {
      router.execute(id, command, answer);
    }
  }
}
