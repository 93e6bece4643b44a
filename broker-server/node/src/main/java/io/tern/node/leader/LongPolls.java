package io.tern.node.leader;

import io.tern.state.Command;
import io.tern.state.Delivery;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.queue.QueueGauge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Receivers of one partition, waiting for messages. An empty poll never enters the log: a receive
 * is submitted only when the gauge says that there is something, and n messages wake at most n
 * polls. Called by request threads, the timer, and the apply thread after each entry.
 */
final class LongPolls {
  private static final long AFTER_FAILURE_MILLIS = 100;
  private static final long AFTER_FRUITLESS_MILLIS = 500;
  private static final Reply NOTHING = new Reply.MessagesReceived(List.of());
  private static final Reply AT_LIMIT = new Reply.Rejected(ErrorCode.OVER_LIMIT, "");

  private final Function<Command, CompletableFuture<Reply>> submit;
  private final QueueGauges gauges;
  private final LongSupplier queueMillis;
  private final ScheduledExecutorService timer;
  private final Map<QueueId, WaitingPolls> waiting = new HashMap<>();
  private int parked;
  private boolean closed;

  LongPolls(
      Function<Command, CompletableFuture<Reply>> submit,
      QueueGauges gauges,
      LongSupplier queueMillis,
      ScheduledExecutorService timer) {
    this.submit = submit;
    this.gauges = gauges;
    this.queueMillis = queueMillis;
    this.timer = timer;
  }

  /**
   * Receives, waiting if need be. The reply is MessagesReceived (empty at the end of the wait) or
   * Rejected; the future fails when the term ends or the outcome is unknown, and may be cancelled.
   */
  CompletableFuture<Reply> receive(ReceiveRequest request) {
    Poll poll = new Poll(request, queueMillis.getAsLong() + request.waitMillis());
    boolean submitNow;
    synchronized (this) {
      WaitingPolls polls = waiting(request.queue());
      submitNow = closed || poll.isAttempt() || mayFind(poll, polls) || mustLook(request);
      if (submitNow) {
        polls.submitted++;
      } else if (request.waitMillis() == 0) {
        poll.answer.complete(isAtLimit(request.queue()) ? AT_LIMIT : NOTHING);
      } else if (parked >= Limits.PARKED_POLLS) {
        poll.refuse(ErrorCode.REQUEST_THROTTLED, "Too many requests wait for this partition.");
      } else {
        park(poll, polls);
      }
      forgetIfIdle(request.queue(), polls);
    }
    if (submitNow) {
      submit(poll);
    }
    return poll.answer;
  }

  /** The apply thread published a new gauge of the queue, or forgot it. */
  void gaugeChanged(QueueId queue) {
    List<Poll> woken;
    synchronized (this) {
      WaitingPolls polls = waiting.get(queue);
      if (polls == null || polls.parked.isEmpty()) {
        return;
      }
      woken = takeWoken(queue, polls);
    }
    woken.forEach(this::submit);
  }

  /** The term ended: every waiting poll is to find the next leader. */
  void close(Throwable reason) {
    List<Poll> all = new ArrayList<>();
    synchronized (this) {
      closed = true;
      for (WaitingPolls polls : waiting.values()) {
        all.addAll(polls.parked);
        polls.parked.clear();
        polls.clearAlarm();
      }
      waiting.clear();
      parked = 0;
    }
    for (Poll poll : all) {
      poll.answer.completeExceptionally(reason);
    }
  }

  /** Ends every wait with what there is: nothing. The node is about to stop. */
  void answerAll() {
    List<Poll> all = new ArrayList<>();
    synchronized (this) {
      for (WaitingPolls polls : waiting.values()) {
        all.addAll(polls.parked);
        parked -= polls.parked.size();
        polls.parked.clear();
      }
    }
    for (Poll poll : all) {
      poll.answer.complete(NOTHING);
    }
  }

  synchronized int parkedPolls() {
    return parked;
  }

  private void submit(Poll poll) {
    if (poll.answer.isDone()) {
      submitEnded(poll.request.queue());
      return;
    }
    poll.begin(gauge(poll.request.queue()));
    var _ =
        submit
            .apply(poll.command())
            .whenComplete((reply, failure) -> received(poll, reply, failure));
  }

  private void received(Poll poll, @Nullable Reply reply, @Nullable Throwable failure) {
    boolean again = false;
    boolean waits = false;
    List<Poll> woken;
    synchronized (this) {
      QueueId queue = poll.request.queue();
      WaitingPolls polls = waiting(queue);
      polls.submitted--;
      if (!closed && failure == null && reply != null && isEmpty(reply)) {
        polls.foundNothing(poll.gauge, gauge(queue));
        again = mayTryAgain(poll, polls, reply);
        waits = !again && hasTime(poll);
        if (again) {
          polls.submitted++;
        } else if (waits) {
          park(poll, polls);
        }
      }
      woken = wakeOthers(queue, polls, failure);
      forgetIfIdle(queue, polls);
    }
    woken.forEach(this::submit);
    if (again) {
      submit(poll);
    } else if (!waits) {
      answer(poll, reply, failure);
    }
  }

  private void answer(Poll poll, @Nullable Reply reply, @Nullable Throwable failure) {
    if (failure != null) {
      poll.answer.completeExceptionally(failure);
    } else if (reply != null) {
      boolean nothing = isOverLimit(reply) && poll.request.waitMillis() > 0;
      if (!poll.answer.complete(nothing ? NOTHING : reply)) {
        giveBack(poll.request, reply);
      }
    }
  }

  /**
   * A poll that came while this one was on its way left the messages to it. After a failure the
   * others wait a moment, so that they do not all fail with it.
   */
  private List<Poll> wakeOthers(QueueId queue, WaitingPolls polls, @Nullable Throwable failure) {
    if (closed || polls.parked.isEmpty()) {
      return List.of();
    }
    if (failure != null) {
      setAlarm(queue, polls, queueMillis.getAsLong() + AFTER_FAILURE_MILLIS);
      return List.of();
    }
    return takeWoken(queue, polls);
  }

  /**
   * A receive that got nothing although there is something took dead letters out of the way, or
   * came second. A poll without time must find what is there too, but not for ever.
   */
  private boolean mayTryAgain(Poll poll, WaitingPolls polls, Reply reply) {
    return !isOverLimit(reply)
        && !poll.answer.isDone()
        && (hasTime(poll) || poll.tries < Limits.SHORT_POLL_TRIES)
        && mayFind(poll, polls);
  }

  /**
   * The receiver has gone: its messages are for others at once. With an attempt id they wait for
   * it: it will ask again with the same id, and changed messages would be lost to it.
   */
  void giveBack(ReceiveRequest request, Reply reply) {
    if (request.attemptId().isEmpty() && reply instanceof Reply.MessagesReceived received) {
      for (Delivery delivery : received.deliveries()) {
        var _ =
            submit.apply(
                new Command.ChangeVisibility(
                    request.queue(), delivery.number(), delivery.receiveCount(), 0));
      }
    }
  }

  private void submitEnded(QueueId queue) {
    List<Poll> woken = List.of();
    synchronized (this) {
      WaitingPolls polls = waiting.get(queue);
      if (polls != null) {
        polls.submitted--;
        woken = wakeOthers(queue, polls, null);
        forgetIfIdle(queue, polls);
      }
    }
    woken.forEach(this::submit);
  }

  private void park(Poll poll, WaitingPolls polls) {
    long left = poll.deadlineMillis - queueMillis.getAsLong();
    poll.parked = true;
    polls.parked.add(poll);
    parked++;
    Future<?> end = poll.end;
    if (end == null || end.isDone()) {
      poll.end = timer.schedule(() -> waitEnded(poll), Math.max(1, left), TimeUnit.MILLISECONDS);
    }
    if (end == null) {
      var _ = poll.answer.whenComplete((_, _) -> unpark(poll));
    }
    scheduleNextLook(poll.request.queue(), polls);
  }

  /** A poll on its way to the machine is answered by its reply, so that no message is wasted. */
  private void waitEnded(Poll poll) {
    boolean answer;
    synchronized (this) {
      answer = poll.parked;
    }
    if (answer) {
      poll.answer.complete(NOTHING);
    }
  }

  private synchronized void unpark(Poll poll) {
    if (poll.end != null) {
      poll.end.cancel(false);
    }
    WaitingPolls polls = waiting.get(poll.request.queue());
    if (polls != null && polls.parked.remove(poll)) {
      parked--;
      forgetIfIdle(poll.request.queue(), polls);
    }
  }

  /** Takes as many polls as there are messages nobody is on the way to. */
  private List<Poll> takeWoken(QueueId queue, WaitingPolls polls) {
    List<Poll> woken = new ArrayList<>();
    while (!polls.parked.isEmpty() && polls.mayFind(gauge(queue), queueMillis.getAsLong())) {
      woken.add(polls.takeFirst());
      parked--;
    }
    scheduleNextLook(queue, polls);
    return woken;
  }

  private boolean mayFind(Poll poll, WaitingPolls polls) {
    return polls.mayFind(gauge(poll.request.queue()), queueMillis.getAsLong());
  }

  /**
   * Time has made messages visible, and it is not known how many: a short poll cannot wait for the
   * one that is on its way to find out.
   */
  private boolean mustLook(ReceiveRequest request) {
    QueueGauge gauge = gauge(request.queue());
    return request.waitMillis() == 0
        && gauge != null
        && gauge.nextVisibleAtMillis() <= queueMillis.getAsLong();
  }

  private boolean isAtLimit(QueueId queue) {
    QueueGauge gauge = gauge(queue);
    return gauge != null && gauge.overLimit();
  }

  private @Nullable QueueGauge gauge(QueueId queue) {
    return gauges.find(queue).orElse(null);
  }

  /** When time makes messages visible, unless a receive is on its way that will tell. */
  private void scheduleNextLook(QueueId queue, WaitingPolls polls) {
    QueueGauge gauge = gauge(queue);
    if (gauge == null || polls.parked.isEmpty() || closed) {
      return;
    }
    long now = queueMillis.getAsLong();
    long at = gauge.nextVisibleAtMillis();
    if (at != Long.MAX_VALUE && (at > now || polls.submitted == 0)) {
      setAlarm(queue, polls, at);
    }
    if (polls.isFruitless(gauge)) {
      setAlarm(queue, polls, now + AFTER_FRUITLESS_MILLIS);
    }
  }

  private void setAlarm(QueueId queue, WaitingPolls polls, long atMillis) {
    if (atMillis < polls.alarmAtMillis) {
      long delayMillis = Math.max(0, atMillis - queueMillis.getAsLong()) + 1;
      polls.setAlarm(
          atMillis,
          timer.schedule(() -> alarm(queue, atMillis), delayMillis, TimeUnit.MILLISECONDS));
    }
  }

  private void alarm(QueueId queue, long atMillis) {
    List<Poll> woken;
    synchronized (this) {
      WaitingPolls polls = waiting.get(queue);
      if (polls == null || polls.alarmAtMillis != atMillis) {
        return;
      }
      polls.clearAlarm();
      woken = takeWoken(queue, polls);
      QueueGauge gauge = gauge(queue);
      boolean isStuck = gauge != null && polls.isFruitless(gauge) && polls.submitted == 0;
      if (isStuck && !polls.parked.isEmpty()) {
        woken.add(polls.takeFirst());
        parked--;
      }
    }
    woken.forEach(this::submit);
  }

  private WaitingPolls waiting(QueueId queue) {
    return waiting.computeIfAbsent(queue, q -> new WaitingPolls());
  }

  private void forgetIfIdle(QueueId queue, WaitingPolls polls) {
    if (polls.isIdle()) {
      polls.clearAlarm();
      waiting.remove(queue, polls);
    }
  }

  private boolean hasTime(Poll poll) {
    return poll.request.waitMillis() > 0
        && !poll.answer.isDone()
        && poll.deadlineMillis > queueMillis.getAsLong();
  }

  private static boolean isOverLimit(Reply reply) {
    return reply instanceof Reply.Rejected rejected && rejected.code() == ErrorCode.OVER_LIMIT;
  }

  private static boolean isEmpty(Reply reply) {
    return isOverLimit(reply)
        || (reply instanceof Reply.MessagesReceived received && received.deliveries().isEmpty());
  }
}
