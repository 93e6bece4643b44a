package io.tern.state.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.MessageId;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicCommand;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.TopicReply.ReplayStands;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.TopicSettings;
import io.tern.state.model.NaiveCrossings.Clocks;
import io.tern.state.model.NaiveCrossings.Share;
import io.tern.state.model.NaiveTopic.NaiveReplay;
import io.tern.state.queue.Deduplication;
import io.tern.state.topic.DeadLetterTarget;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.Replay;
import io.tern.state.topic.ReplayStatus;
import io.tern.state.topic.ReplayedMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of {@link ModelRun} that are about topics. */
final class TopicSteps {
  private static final int TOPICS = 2;
  private static final int FIFO_TOPIC = 1;
  private static final MessageId NO_ID = new MessageId(8, 0);

  private final ModelRun run;
  private final List<NaiveTopic> topics =
      new ArrayList<>(
          List.of(
              new NaiveTopic(new TopicId(1_000), new PartitionId(1), false),
              new NaiveTopic(new TopicId(1_001), new PartitionId(2), true)));
  private int publishes;
  private int versions;

  TopicSteps(ModelRun run) {
    this.run = run;
  }

  void take(Step.OfTopics step) {
    switch (step) {
      case Step.InstallTopic s -> install(s);
      case Step.RemoveTopic s -> remove(s.topic());
      case Step.Publish s -> publish(s);
      case Step.GiveUp s -> run.receipt(s.receipt()).ifPresent(r -> giveUp(s, r));
      case Step.StartReplay s -> startReplay(s);
      case Step.AdvanceReplay s -> advanceReplay(s);
      case Step.EndReplay s -> endReplay(s.queue());
    }
  }

  /** Once no queue has a message and nothing waits, only archives keep bodies. */
  void assertBodiesGo() {
    install(new Step.InstallTopic(FIFO_TOPIC, 0));
    for (int place = 0; place < Places.QUEUES; place++) {
      run.take(new Step.Remove(place));
    }
    for (int round = 0; round < 3; round++) {
      for (int from = 1; from <= 2; from++) {
        for (int to = 1; to <= 2; to++) {
          run.take(new Step.Deliver(from, to, 1_000));
          run.take(new Step.Settle(from, to));
        }
      }
    }
    run.take(new Step.Wait(10_000, 0));
    run.take(new Step.Tick());
    for (Partition partition : run.partitions) {
      assertThat(partition.machine().image().topics().topics())
          .as("topics that keep bodies")
          .noneMatch(topic -> topic.firstBody() < topic.nextBody());
      partition.rows.assertNoBodies();
    }
  }

  private void install(Step.InstallTopic step) {
    NaiveTopic topic = topics.get(step.topic());
    versions++;
    long archive = topic.fifo ? step.archiveMillis() : 0;
    TopicSettings settings =
        new TopicSettings(new TopicName("here", "000000000000", "topic"), topic.fifo, archive);
    run.define(topic.home, new TopicCrossing.InstallTopic(topic.id, versions, settings));
    topic.version = versions;
    topic.archiveMillis = archive;
    if (archive == 0) {
      topic.replays.values().removeIf(NaiveReplay::isActive);
    }
  }

  /** A topic created again has another number. */
  private void remove(int place) {
    NaiveTopic topic = topics.get(place);
    run.define(topic.home, new TopicCrossing.RemoveTopic(topic.id));
    topics.set(
        place, new NaiveTopic(new TopicId(topic.id.number() + TOPICS), topic.home, topic.fifo));
  }

  private void publish(Step.Publish step) {
    NaiveTopic topic = topics.get(step.topic());
    publishes++;
    int key = step.key() < 0 ? 5_000 + publishes : step.key();
    MessageId id = new MessageId(8, publishes);
    String group = !topic.fifo && step.group() == 0 ? "" : "group-" + step.group();
    Bytes content = Bytes.of(("published " + publishes).getBytes(UTF_8));
    List<FanOutTarget> targets = new ArrayList<>();
    List<Share> shares = new ArrayList<>();
    for (int queue = 0; queue < Places.QUEUES; queue++) {
      if ((step.targets() >> queue & 1) == 1 && (topic.fifo || !run.places.isFifo(queue))) {
        Share share = share(topic, queue, step.deadLetterTarget(), key, id, group);
        targets.add(target(share, queue));
        if (topic.isLive(queue)) {
          shares.add(share);
        }
      }
    }
    Deduplication once = topic.fifo ? new Deduplication(key, -key, id) : null;
    Reply reply =
        ask(
            topic,
            new TopicCommand.Publish(topic.id, id, group, once, content, topic.version, targets));
    if (topic.version == 0) {
      ModelRun.assertRejected(reply, ErrorCode.TOPIC_NOT_FOUND);
      return;
    }
    Optional<NaiveTopic.Sent> before = topic.fifo ? topic.repeated(key, run.now) : Optional.empty();
    if (before.isPresent()) {
      assertThat(reply)
          .isEqualTo(new Reply.MessageRepeated(before.get().number(), before.get().id()));
      return;
    }
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.MessageAccepted.class,
            accepted -> topic.accepted(key, id, accepted.number(), run.now));
    deliver(topic, shares, content);
  }

  /** Sends that nobody took are not in the set of those alive. */
  private void deliver(NaiveTopic topic, List<Share> shares, Bytes content) {
    shares.forEach(share -> run.sends.publish(share.send(), content));
    QueueId source = new QueueId(topic.id.number());
    run.crossings.fanOut(topic.home, source, shares, false, clocks(topic));
    List<Long> places = run.crossings.sendsUnderway();
    run.model.values().forEach(queue -> queue.messages.forEach(m -> places.add(m.send)));
    shares.stream().map(Share::send).filter(places::contains).forEach(run.alive::add);
  }

  private Clocks clocks(NaiveTopic topic) {
    return new Clocks(run.now, run.wall, ModelRun.retention(partition(topic)));
  }

  private Share share(
      NaiveTopic topic, int queue, int deadLetter, int key, MessageId id, String group) {
    String kept = !topic.fifo || run.places.isFifo(queue) ? group : "";
    long send = run.sends.next();
    boolean fits =
        deadLetter >= 0
            && deadLetter != queue
            && run.places.isFifo(deadLetter) == run.places.isFifo(queue);
    Share instead = fits ? new Share(run.places.id(deadLetter), null, key, id, kept, send) : null;
    return new Share(run.places.id(queue), instead, key, id, kept, send);
  }

  private FanOutTarget target(Share share, int queue) {
    return new FanOutTarget(
        subscription(queue),
        "sqs",
        false,
        share.queue(),
        run.places.partition(queue),
        deadLetter(share.instead()),
        run.places.isFifo(queue) ? new Deduplication(share.key(), -share.key(), share.id()) : null);
  }

  private @Nullable DeadLetterTarget deadLetter(@Nullable Share instead) {
    return instead == null
        ? null
        : new DeadLetterTarget(instead.queue(), run.places.partition(instead.queue()));
  }

  private void giveUp(Step.GiveUp step, ModelRun.Receipt receipt) {
    int to = step.target();
    boolean fits = to >= 0 && run.places.isFifo(to) == run.places.isFifo(receipt.queue());
    MoveTarget target = fits ? run.places.target(to) : null;
    Reply reply =
        run.ask(
            receipt.queue(),
            new TopicCommand.GiveUpMessage(
                receipt.id(), receipt.number(), receipt.count(), target));
    NaiveQueue queue = run.model.get(receipt.id());
    if (queue == null) {
      run.compare(reply, null);
      return;
    }
    assertThat(reply).isEqualTo(new Reply.Done());
    Optional<NaiveMessage> found =
        queue.find(receipt.number()).filter(m -> m.receiveCount == receipt.count());
    if (found.isPresent() && target != null) {
      run.crossings.giveUp(queue, found.get(), run.places.partition(receipt.queue()), target);
    } else if (found.isPresent()) {
      queue.messages.remove(found.get());
      run.alive.remove(found.get().send);
    }
  }

  private void startReplay(Step.StartReplay step) {
    NaiveTopic topic = topics.get(FIFO_TOPIC);
    versions++;
    long end = step.withEnd() ? run.wall : -1;
    Replay replay =
        new Replay(subscription(step.queue()), versions, 0, end, 0, ReplayStatus.PENDING);
    run.define(topic.home, new TopicCrossing.InstallReplay(topic.id, replay));
    if (topic.version > 0) {
      topic.replays.remove(step.queue());
      if (topic.archiveMillis > 0) {
        topic.replays.put(step.queue(), new NaiveReplay(versions, step.withEnd()));
      }
    }
  }

  private void endReplay(int queue) {
    NaiveTopic topic = topics.get(FIFO_TOPIC);
    run.define(topic.home, new TopicCrossing.RemoveReplay(topic.id, subscription(queue)));
    topic.replays.remove(queue);
  }

  /** Takes the next bodies that the home keeps, as its leader reads them. */
  private void advanceReplay(Step.AdvanceReplay step) {
    NaiveTopic topic = topics.get(FIFO_TOPIC);
    NaiveReplay replay = topic.replays.get(step.queue());
    if (replay == null) {
      return;
    }
    List<ReplayedMessage> messages = new ArrayList<>();
    Map<Long, Share> shares = new HashMap<>();
    long end = Math.max(topic.lastNumber, lastBody(topic));
    long upTo = Math.max(replay.next - 1, end);
    var archive = partition(topic).rows.bodies(topic.id).tailMap(replay.next, true);
    assertThat(archive.values()).as("a message is archived once").doesNotHaveDuplicates();
    for (Map.Entry<Long, Bytes> body : archive.entrySet()) {
      if (messages.size() == step.max()) {
        upTo = messages.getLast().number();
        break;
      }
      Share share = share(topic, step.queue(), -1, 0, NO_ID, "again");
      shares.put(body.getKey(), share);
      run.sends.publish(share.send(), body.getValue());
      messages.add(
          new ReplayedMessage(
              body.getKey(), target(share, step.queue()), "again", body.getValue()));
    }
    boolean ended = upTo >= end;
    Reply reply =
        ask(
            topic,
            new TopicCommand.AdvanceReplay(
                topic.id,
                subscription(step.queue()),
                replay.version,
                step.late() ? replay.next + 1 : replay.next,
                upTo,
                messages,
                ended));
    if (step.late() || !replay.isActive()) {
      assertThat(reply).isEqualTo(new Reply.Outdated());
      return;
    }
    replay.advanced(upTo, ended);
    assertThat(reply)
        .isInstanceOfSatisfying(
            ReplayStands.class,
            stands -> {
              assertThat(stands.replay().status()).isEqualTo(replay.status);
              assertThat(stands.replay().next()).isEqualTo(replay.next);
            });
    shares.values().forEach(share -> replayed(topic, share));
  }

  /** As the leader is told: what was carried back to the home may have taken numbers too. */
  private long lastBody(NaiveTopic topic) {
    return partition(topic).machine().image().topics().topics().stream()
        .filter(known -> known.topic().equals(topic.id))
        .mapToLong(known -> known.nextBody() - 1)
        .findFirst()
        .orElse(0);
  }

  private void replayed(NaiveTopic topic, Share share) {
    NaiveQueue queue = run.model.get(share.queue());
    run.alive.add(share.send());
    QueueId nothing = new QueueId(0);
    if (queue != null
        && run.places.partition(share.queue()).equals(topic.home)
        && !run.crossings.overtakes(topic.home, share.queue(), nothing)) {
      Clocks clocks = clocks(topic);
      queue.store(
          share.group(),
          share.send(),
          queue.settings.delayMillis(),
          clocks.wall(),
          clocks.retention(),
          clocks.now(),
          NaiveMessage.NaivePast.NONE);
    } else {
      run.crossings.replay(topic.home, new QueueId(topic.id.number()), share, run.wall);
    }
  }

  private static SubscriptionId subscription(int queue) {
    return new SubscriptionId(2_000 + queue);
  }

  private Partition partition(NaiveTopic topic) {
    return run.partitions.get(topic.home.number() - 1);
  }

  private Reply ask(NaiveTopic topic, Command command) {
    return run.apply(partition(topic), List.of(command)).replies().getFirst();
  }
}
