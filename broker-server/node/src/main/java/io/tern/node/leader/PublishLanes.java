package io.tern.node.leader;

import io.tern.node.raft.RaftFailure;
import io.tern.state.Command;
import io.tern.state.Reply;
import io.tern.state.TopicCommand;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.TopicId;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of published messages into the log of a led partition: matched first, on a pool of their
 * own, and matched again when the partition knows a newer topic than the matcher did. Calls about
 * one FIFO topic enter the log in the order they came; others wait a while where the way to other
 * partitions is full, so that publishers are slowed down before they are refused. {@link
 * LeaderTerm} has one for each term.
 */
final class PublishLanes {
  private static final int SAME_VERSION_TRIES = 3;

  /** More than an encoded target takes. */
  private static final int TARGET_BYTES = 128;

  private static final long FIRST_PAUSE_MILLIS = 50;

  private final PublishMatcher matcher;
  private final Executor pool;
  private final Function<List<Command>, CompletableFuture<List<Reply>>> submit;
  private final LongSupplier queueMillis;
  private final MoveTaskDriver.Alarm alarm;

  /** For each FIFO topic, what ends when its last call is on its way into the log. */
  private final ConcurrentHashMap<TopicId, CompletableFuture<Void>> lanes =
      new ConcurrentHashMap<>();

  private final AtomicInteger waitingCommands = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();

  /**
   * @param submit puts commands into the log, in one entry
   * @param queueMillis a clock that does not jump
   */
  PublishLanes(
      PublishMatcher matcher,
      Executor pool,
      Function<List<Command>, CompletableFuture<List<Reply>>> submit,
      LongSupplier queueMillis,
      MoveTaskDriver.Alarm alarm) {
    this.matcher = matcher;
    this.pool = pool;
    this.submit = submit;
    this.queueMillis = queueMillis;
    this.alarm = alarm;
  }

  /** Whether some of these must be matched first. */
  static boolean concerns(List<Command> commands) {
    for (Command command : commands) {
      if (command instanceof Publish publish && publish.version() == TopicCommand.NOT_MATCHED) {
        return true;
      }
    }
    return false;
  }

  /** Puts the commands into the log, in order; each has its reply. */
  CompletableFuture<List<Reply>> publish(List<Command> commands) {
    long bytes = 0;
    for (Command command : commands) {
      bytes += command instanceof Publish publish ? publish.content().size() : 0;
    }
    Call call = new Call(commands, queueMillis.getAsLong() + Limits.MATCHING_MILLIS, bytes);
    if (waitingCommands.addAndGet(commands.size()) > Limits.WAITING_COMMANDS
        || waitingBytes.addAndGet(bytes) > Limits.WAITING_BYTES) {
      call.leave();
      return CompletableFuture.failedFuture(
          RaftFailure.unavailable("Too many messages wait to be matched"));
    }
    TopicId lane = orderedTopic(commands);
    if (lane == null) {
      call.start();
    } else {
      CompletableFuture<Void> before = lanes.put(lane, call.entered);
      var _ = call.entered.whenComplete((_, _) -> lanes.remove(lane, call.entered));
      if (before == null) {
        call.start();
      } else {
        var _ = before.whenComplete((_, _) -> call.start());
      }
    }
    return call.answer;
  }

  /** Runs something while nothing is put into the log for the FIFO topic; what comes waits. */
  void during(TopicId topic, Supplier<CompletableFuture<?>> work) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    CompletableFuture<Void> before = lanes.put(topic, ended);
    var _ = ended.whenComplete((_, _) -> lanes.remove(topic, ended));
    CompletableFuture<Void> start =
        before == null ? CompletableFuture.completedFuture(null) : before;
    var _ =
        start.whenComplete((_, _) -> {
          var _ = work.get().whenComplete((_, _) -> ended.complete(null));
        });
  }

  /** The FIFO topic whose order counts; null for none. */
  private static @Nullable TopicId orderedTopic(List<Command> commands) {
    for (Command command : commands) {
      if (command instanceof Publish publish && publish.deduplication() != null) {
        return publish.topic();
      }
    }
    return null;
  }

  /** One call on its way. Its parts run one after the other, on the pool and on apply threads. */
  private final class Call {
    private final List<Command> commands;
    private final @Nullable Reply[] replies;

    /** Of each message's last matching, by place: those before were not the one that counted. */
    private final Runnable[] countings;

    /** Of each message that found the way full, by place; null for the others. */
    private final @Nullable Reply[] refusals;

    private final long deadlineMillis;
    private final long bytes;
    private final CompletableFuture<Void> entered = new CompletableFuture<>();
    private final CompletableFuture<List<Reply>> answer = new CompletableFuture<>();
    private boolean isCaughtUp;
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    Call(List<Command> commands, long deadlineMillis, long bytes) {
      this.commands = List.copyOf(commands);
      this.replies = new Reply[commands.size()];
      this.countings = new Runnable[commands.size()];
      this.refusals = new Reply[commands.size()];
      Arrays.fill(countings, (Runnable) () -> {});
      this.deadlineMillis = deadlineMillis;
      this.bytes = bytes;
    }

    void leave() {
      waitingCommands.addAndGet(-commands.size());
      waitingBytes.addAndGet(-bytes);
      entered.complete(null);
    }

    void start() {
      try {
        pool.execute(this::step);
      } catch (RejectedExecutionException stopping) {
        fail(RaftFailure.notLeader(null));
      }
    }

    /** Matches what has no reply yet and puts it into the log. */
    private void step() {
      try {
        List<Integer> places = new ArrayList<>(commands.size());
        for (int i = 0; i < replies.length; i++) {
          if (replies[i] == null) {
            places.add(i);
          }
        }
        List<Command> matched = match(places);
        if (matched.isEmpty()) {
          catchUp();
        } else {
          enter(places, matched);
        }
      } catch (RuntimeException failure) {
        fail(failure);
      }
    }

    /** Empty when the matcher had better learn first. */
    private List<Command> match(List<Integer> places) {
      List<Command> matched = new ArrayList<>(places.size());
      for (int tries = 1; ; tries++) {
        boolean doubtful = matchInto(places, matched);
        if (doubtful && !isCaughtUp) {
          return List.of();
        }
        if (haveOneVersion(matched) || tries == SAME_VERSION_TRIES) {
          return matched;
        }
      }
    }

    private boolean matchInto(List<Integer> places, List<Command> matched) {
      boolean doubtful = false;
      matched.clear();
      for (int place : places) {
        Command command = commands.get(place);
        if (command instanceof Publish publish) {
          PublishMatcher.Matched found = matcher.match(publish);
          doubtful |= found.doubtful();
          matched.add(found.publish());
          countings[place] = found.counting();
        } else {
          matched.add(command);
        }
      }
      return doubtful;
    }

    private void catchUp() {
      isCaughtUp = true;
      var _ =
          matcher
              .caughtUp()
              .whenComplete((_, failure) -> {
                if (failure == null) {
                  start();
                } else {
                  fail(RaftFailure.unavailable("The catalogue has no leader at the moment"));
                }
              });
    }

    private void enter(List<Integer> places, List<Command> matched) {
      List<CompletableFuture<List<Reply>>> parts = new ArrayList<>();
      List<List<Command>> split = parts(matched);
      for (List<Command> part : split) {
        parts.add(submit.apply(part));
      }
      leaveOnce();
      var _ =
          CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
              .whenComplete((_, failure) -> {
                int first = 0;
                for (int i = 0; i < parts.size(); i++) {
                  if (!parts.get(i).isCompletedExceptionally()) {
                    note(places.subList(first, places.size()), parts.get(i).join());
                  }
                  first += split.get(i).size();
                }
                ended(failure);
              });
    }

    /** Room and lane are free again once the messages are on their way. */
    private void leaveOnce() {
      if (!entered.isDone()) {
        leave();
      }
    }

    private void note(List<Integer> places, List<Reply> told) {
      for (int i = 0; i < told.size(); i++) {
        int place = places.get(i);
        Reply reply = told.get(i);
        boolean full = isFull(commands.get(place), reply);
        refusals[place] = full ? reply : null;
        boolean late = reply instanceof Reply.Outdated && commands.get(place) instanceof Publish;
        replies[place] = full || late ? null : reply;
        if (reply instanceof Reply.MessageAccepted) {
          countings[place].run();
        }
      }
    }

    private void ended(@Nullable Throwable failure) {
      if (failure != null) {
        fail(failure);
      } else if (queueMillis.getAsLong() < deadlineMillis && lacks(replies)) {
        goOn();
      } else {
        for (int i = 0; i < replies.length; i++) {
          replies[i] = replies[i] == null ? refusals[i] : replies[i];
        }
        answer();
      }
    }

    /** What is full needs time, what is late needs the catalogue. */
    private void goOn() {
      boolean full = false;
      for (int i = 0; i < replies.length; i++) {
        full |= replies[i] == null && refusals[i] != null;
      }
      if (full) {
        long pause = pauseMillis;
        pauseMillis = 2 * pause;
        try {
          alarm.after(pause, this::catchUp);
        } catch (RejectedExecutionException stopping) {
          fail(RaftFailure.notLeader(null));
        }
      } else {
        catchUp();
      }
    }

    private void answer() {
      List<Reply> all = new ArrayList<>(replies.length);
      for (Reply reply : replies) {
        if (reply != null) {
          all.add(reply);
        }
      }
      if (all.size() == replies.length) {
        answer.complete(all);
      } else {
        fail(RaftFailure.unavailable("The topic changes faster than its messages are matched"));
      }
    }

    /** A call of which a part was done must not be sent again as if nothing had been. */
    private void fail(Throwable failure) {
      leaveOnce();
      boolean begun = false;
      for (Reply reply : replies) {
        begun |= reply != null;
      }
      answer.completeExceptionally(
          begun ? RaftFailure.unknown("Some of the messages were published") : failure);
    }
  }

  private static boolean lacks(@Nullable Reply[] replies) {
    for (Reply reply : replies) {
      if (reply == null) {
        return true;
      }
    }
    return false;
  }

  /** Of a FIFO topic, a message that waited could be overtaken: it is refused at once. */
  private static boolean isFull(Command command, Reply reply) {
    return command instanceof Publish publish
        && publish.deduplication() == null
        && reply instanceof Reply.Rejected rejected
        && rejected.code() == ErrorCode.THROTTLED;
  }

  /** Messages of one call that were matched against different versions could change places. */
  private static boolean haveOneVersion(List<Command> matched) {
    long version = TopicCommand.NOT_MATCHED;
    for (Command command : matched) {
      if (command instanceof Publish publish) {
        if (version != TopicCommand.NOT_MATCHED && publish.version() != version) {
          return false;
        }
        version = publish.version();
      }
    }
    return true;
  }

  /** As few parts as entries hold; the targets of a whole batch may be more than one does. */
  private static List<List<Command>> parts(List<Command> matched) {
    List<List<Command>> parts = new ArrayList<>();
    List<Command> part = new ArrayList<>();
    long bytes = 0;
    for (Command command : matched) {
      long more =
          command instanceof Publish publish
              ? publish.content().size() + (long) TARGET_BYTES * publish.targets().size()
              : 0;
      if (!part.isEmpty() && bytes + more > Limits.ENTRY_BYTES / 2) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(command);
      bytes += more;
    }
    parts.add(part);
    return parts;
  }
}
