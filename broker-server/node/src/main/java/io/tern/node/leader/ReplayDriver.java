package io.tern.node.leader;

import io.tern.disk.StoredBody;
import io.tern.proto.content.NotificationContent;
import io.tern.proto.content.TopicMessage;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.EntryTime;
import io.tern.state.Reply;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicChange.ReplayChanged;
import io.tern.state.TopicCommand.AdvanceReplay;
import io.tern.state.TopicCommand.InspectTopic;
import io.tern.state.TopicId;
import io.tern.state.TopicReply;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.Replay;
import io.tern.state.topic.ReplayedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the replays of a partition's topics on, step by step: reads archived messages, asks who
 * they are for, has the machine deliver them. How far a replay is is state; this is a duty of the
 * term and forgets all. A replay has one step at most under way.
 */
final class ReplayDriver {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayDriver.class);
  private static final long PACE_MILLIS = 1_000;

  /** Lets something alone with a topic: nothing is published to it meanwhile. */
  @FunctionalInterface
  interface Exclusion {
    void during(TopicId topic, Supplier<CompletableFuture<?>> work);
  }

  private final Function<Command, CompletableFuture<Reply>> submit;
  private final Exclusion exclusion;
  private final TopicPorts ports;
  private final Executor diskReads;
  private final Supplier<EntryTime> clock;
  private final MoveTaskDriver.Alarm alarm;
  private final Map<SubscriptionId, ReplayRun> runs = new ConcurrentHashMap<>();
  private volatile boolean closed;

  ReplayDriver(
      Function<Command, CompletableFuture<Reply>> submit,
      Exclusion exclusion,
      TopicPorts ports,
      Executor diskReads,
      Supplier<EntryTime> clock,
      MoveTaskDriver.Alarm alarm) {
    this.submit = submit;
    this.exclusion = exclusion;
    this.ports = ports;
    this.diskReads = diskReads;
    this.clock = clock;
    this.alarm = alarm;
  }

  /**
   * Called by the apply thread: a replay began, went on or ended.
   *
   * @param nextBodies the number that a topic's next body gets
   */
  void changed(ReplayChanged change, ToLongFunction<TopicId> nextBodies) {
    Replay replay = change.replay();
    ReplayRun known = runs.get(replay.subscription());
    if (!replay.isActive()) {
      runs.remove(replay.subscription());
    } else if (known != null && known.replay().version() == replay.version()) {
      known.stands(replay);
    } else if (!closed) {
      ReplayRun run = new ReplayRun(change, nextBodies.applyAsLong(change.topic()));
      runs.put(replay.subscription(), run);
      later(run, 0);
    }
  }

  /** Called by the apply thread: the subscription has no replay any more. */
  void removed(SubscriptionId subscription) {
    runs.remove(subscription);
  }

  /** Called by the apply thread after each entry. */
  void entryApplied(ToLongFunction<TopicId> nextBodies) {
    for (ReplayRun run : runs.values()) {
      run.topicEndsAt(nextBodies.applyAsLong(run.topic()));
    }
  }

  void close() {
    closed = true;
    runs.clear();
  }

  private boolean isRunning(ReplayRun run) {
    return !closed && runs.get(run.replay().subscription()) == run;
  }

  private void later(ReplayRun run, long delayMillis) {
    if (isRunning(run)) {
      alarm.after(delayMillis, () -> begin(run));
    }
  }

  private void begin(ReplayRun run) {
    if (!isRunning(run)) {
      return;
    }
    if (run.isChasing()) {
      exclusion.during(run.topic(), () -> stepAlone(run));
    } else {
      var _ = step(run);
    }
  }

  /** Everything published before is applied first; then nothing can come in between. */
  private CompletableFuture<?> stepAlone(ReplayRun run) {
    return submit
        .apply(new InspectTopic(run.topic()))
        .handle((_, _) -> run)
        .thenCompose(this::step);
  }

  /** Ends when the step is on its way into the log, or came to nothing. */
  private CompletableFuture<?> step(ReplayRun run) {
    CompletableFuture<Void> entered = new CompletableFuture<>();
    try {
      diskReads.execute(() -> {
        try {
          advance(run);
        } catch (RuntimeException failure) {
          LOG.error("a replay stands still topic={}", run.topic().number(), failure);
          later(run, run.nextPauseMillis());
        } finally {
          entered.complete(null);
        }
      });
    } catch (RejectedExecutionException stopping) {
      entered.complete(null);
    }
    return entered;
  }

  private void advance(ReplayRun run) {
    Replay replay = run.replay();
    if (!ports.replays().knows(replay.subscription(), replay.version())) {
      later(run, run.nextPauseMillis());
      return;
    }
    long nextBody = run.nextBody();
    List<StoredBody> bodies =
        ports
            .bodies()
            .bodies(
                run.topic(),
                Math.max(1, replay.next()),
                Limits.REPLAY_STEP_MESSAGES,
                Limits.REPLAY_STEP_BYTES);
    List<ReplayedMessage> messages = new ArrayList<>(bodies.size());
    long upTo = bodies.isEmpty() ? nextBody - 1 : bodies.getLast().number();
    boolean over = false;
    for (StoredBody body : bodies) {
      if (replay.endMillis() >= 0 && body.sentMillis() > replay.endMillis()) {
        over = true;
        upTo = body.number() - 1;
        break;
      }
      if (body.sentMillis() >= replay.startMillis()) {
        message(run, body).ifPresent(messages::add);
      }
    }
    boolean exhausted = upTo >= nextBody - 1;
    boolean ended =
        over
            || (exhausted
                && (replay.endMillis() < 0 || clock.get().wallMillis() > replay.endMillis()));
    if (exhausted && !ended && messages.isEmpty()) {
      later(run, PACE_MILLIS);
      return;
    }
    AdvanceReplay step =
        new AdvanceReplay(
            run.topic(),
            replay.subscription(),
            replay.version(),
            replay.next(),
            Math.max(upTo, replay.next() - 1),
            messages,
            ended);
    var _ = submit.apply(step).whenComplete((reply, _) -> answered(run, reply, exhausted));
  }

  private Optional<ReplayedMessage> message(ReplayRun run, StoredBody body) {
    SubscriptionId subscription = run.replay().subscription();
    TopicMessage message = StoredNotifications.message(body.content());
    Optional<FanOutTarget> target = ports.replays().target(run.topic(), subscription, message);
    return target.map(found ->
        new ReplayedMessage(
            body.number(),
            found,
            message.getGroup(),
            Bytes.of(
                NotificationContent.newBuilder()
                    .setTopic(run.topic().number())
                    .setBody(body.number())
                    .setSubscription(subscription.number())
                    .setProtocol(found.protocol())
                    .setRaw(found.raw())
                    .setReplayed(true)
                    .setSequence(body.number())
                    .setMessage(message)
                    .build()
                    .toByteArray())));
  }

  /** No reply: the step may have been taken; the change that it made says so. */
  private void answered(ReplayRun run, @Nullable Reply reply, boolean exhausted) {
    switch (reply) {
      case TopicReply.ReplayStands stands -> {
        run.stands(stands.replay());
        run.advanced(exhausted);
        boolean waits = exhausted && stands.replay().endMillis() >= 0;
        later(run, waits ? PACE_MILLIS : 0);
      }
      case Reply.Rejected rejected when rejected.code() == ErrorCode.TOPIC_NOT_FOUND ->
          runs.remove(run.replay().subscription(), run);
      case null -> later(run, run.nextPauseMillis());
      case Reply _ -> later(run, run.nextPauseMillis());
    }
  }
}
