package io.tern.simulator;

import io.tern.state.Change;
import io.tern.state.Change.OutboxAppended;
import io.tern.state.Command;
import io.tern.state.Decision;
import io.tern.state.PartitionImage;
import io.tern.state.ReplicatedMachine;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicChange.BodiesForgotten;
import io.tern.state.TopicChange.ReplayChanged;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.crossing.TopicCrossing.FanOut;
import io.tern.state.queue.Deduplication;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.ReplayStatus;
import io.tern.state.topic.TopicImage;
import io.tern.state.topic.TopicsImage;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The planted bugs that are about topics; a part of {@link BuggedMachine}. */
final class TopicBugs {
  private static final long OTHER = 1_000_000;

  private TopicBugs() {}

  static Command withoutLastTarget(Command command) {
    return command instanceof Publish c && !c.targets().isEmpty()
        ? with(c, c.deduplication(), c.targets().subList(0, c.targets().size() - 1))
        : command;
  }

  static Command unrepeated(Command command, ReplicatedMachine real) {
    if (!(command instanceof Publish c)
        || c.deduplication() == null
        || !(real.image() instanceof PartitionImage image)) {
      return command;
    }
    Deduplication once = Objects.requireNonNull(c.deduplication());
    Deduplication other = new Deduplication(image.hash(), once.keyLow() + image.hash(), once.id());
    List<FanOutTarget> targets =
        c.targets().stream()
            .map(t -> with(t, t.subscription(), t.deduplication() == null ? null : other))
            .toList();
    return with(c, other, targets);
  }

  static Command otherSubscriptions(Command command) {
    if (!(command instanceof Publish c)) {
      return command;
    }
    List<FanOutTarget> targets =
        c.targets().stream()
            .map(t ->
                with(t, new SubscriptionId(t.subscription().number() + OTHER), t.deduplication()))
            .toList();
    return with(c, c.deduplication(), targets);
  }

  static Decision notCarried(Decision decision) {
    return new Decision(
        decision.reply(),
        decision.changes().stream()
            .filter(c -> !(c instanceof OutboxAppended a && a.crossing() instanceof FanOut))
            .toList(),
        decision.effects());
  }

  static Decision oneTooMany(Decision decision) {
    return changed(
        decision,
        change ->
            change instanceof BodiesForgotten c
                ? new BodiesForgotten(c.topic(), c.upTo() + 1)
                : change);
  }

  static Decision endedEarly(Decision decision) {
    return changed(
        decision,
        change ->
            change instanceof ReplayChanged c && c.replay().status() == ReplayStatus.RUNNING
                ? new ReplayChanged(
                    c.topic(), c.replay().at(c.replay().next(), ReplayStatus.COMPLETED))
                : change);
  }

  static PartitionImage withoutHolders(PartitionImage image) {
    TopicsImage topics = image.topics();
    List<TopicImage> altered =
        topics.topics().stream()
            .map(t ->
                new TopicImage(
                    t.topic(),
                    t.version(),
                    t.settings(),
                    t.nextBody(),
                    t.firstBody(),
                    t.archivedFrom(),
                    t.archivedSinceMillis(),
                    t.archiveMarks(),
                    List.of(),
                    t.publishes(),
                    t.replays()))
            .toList();
    return new PartitionImage(
        image.clock(),
        image.retentionMillis(),
        image.hash(),
        image.queues(),
        new TopicsImage(topics.checkedMillis(), topics.checkedUpTo(), topics.freshBody(), altered),
        image.crossing());
  }

  private static Decision changed(Decision decision, UnaryOperator<Change> change) {
    return new Decision(
        decision.reply(), decision.changes().stream().map(change).toList(), decision.effects());
  }

  private static Publish with(Publish c, @Nullable Deduplication once, List<FanOutTarget> targets) {
    return new Publish(
        c.topic(), c.id(), c.group(), once, c.content(), c.version(), List.copyOf(targets));
  }

  private static FanOutTarget with(
      FanOutTarget target, SubscriptionId subscription, @Nullable Deduplication once) {
    return new FanOutTarget(
        subscription,
        target.protocol(),
        target.raw(),
        target.queue(),
        target.partition(),
        target.deadLetter(),
        once);
  }
}
